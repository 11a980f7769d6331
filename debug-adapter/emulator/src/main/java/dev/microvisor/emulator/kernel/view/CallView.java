package dev.microvisor.emulator.kernel.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A system call that was made.
 *
 * @param number counts all calls from 1
 * @param callSite address in the firmware that it returns to
 * @param function name of the function that made it, when the firmware has symbols
 * @param arguments decoded when the call was made
 * @param status what it answered
 * @param statusName name of the {@code MvStatus} constant
 * @param injected true when a scripted fault answered instead of Microvisor
 * @param inInterrupt true when an exception handler made it
 */
public record CallView(
        long number,
        long instruction,
        long microseconds,
        int slot,
        String name,
        int callSite,
        Optional<String> function,
        List<ArgumentView> arguments,
        int status,
        String statusName,
        boolean injected,
        boolean inInterrupt) {
    public CallView {
        arguments = List.copyOf(arguments);
    }

    /** One line: {@code mvCloseChannel(handle=0x20000010 {0x5e1f0b42}) -> MV_STATUS_OKAY}. */
    public String text() {
        return name
                + arguments.stream()
                        .map(ArgumentView::text)
                        .collect(Collectors.joining(", ", "(", ")"))
                + " -> "
                + statusName
                + (injected ? " (injected)" : "");
    }

    /**
     * An argument or a field of a structure that an argument points at.
     *
     * @param type C type
     * @param name empty for a plain value that an argument points at
     * @param value in words: a number, a constant's name, an address, a quoted string
     * @param fields what it points at, when that is a structure
     */
    public record ArgumentView(String name, String type, String value, List<ArgumentView> fields) {
        public ArgumentView {
            fields = List.copyOf(fields);
        }

        public String text() {
            String pointee =
                    fields.isEmpty()
                            ? ""
                            : fields.stream()
                                    .map(ArgumentView::text)
                                    .collect(Collectors.joining(", ", " {", "}"));
            return (name.isEmpty() ? "" : name + "=") + value + pointee;
        }
    }
}
