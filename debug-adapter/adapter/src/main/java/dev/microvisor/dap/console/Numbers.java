package dev.microvisor.dap.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Numbers and handles in commands. */
final class Numbers {
    private Numbers() {}

    static String hex(int value) {
        return String.format("0x%08x", value);
    }

    /** A 32-bit number, decimal or with 0x. */
    static Optional<Integer> word(String text) {
        boolean hex = text.matches("0[xX][0-9a-fA-F]{1,8}");
        if (!hex && !text.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        long value = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
        return value > 0xFFFF_FFFFL ? Optional.empty() : Optional.of((int) value);
    }

    /** One of the live handles, given by itself or by its place in the list. */
    static int choose(String what, String text, List<Integer> handles) throws BadCommand {
        Optional<Integer> number = word(text);
        if (number.isPresent() && handles.contains(number.get())) {
            return number.get();
        }
        if (number.isPresent() && number.get() >= 0 && number.get() < handles.size()) {
            return handles.get(number.get());
        }
        String known =
                handles.isEmpty()
                        ? "there is none now"
                        : "there are "
                                + handles.stream()
                                        .map(Numbers::hex)
                                        .collect(Collectors.joining(", "));
        throw new BadCommand("no " + what + " " + text + ": " + known);
    }
}
