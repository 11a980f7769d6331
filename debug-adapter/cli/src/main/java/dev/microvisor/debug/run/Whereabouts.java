package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.symbols.frame.Frame;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where firmware is, in words, for runs that end while it is at something. */
public final class Whereabouts {
    /** Callers that are named; enough to lead from a loop for ever to who gave up. */
    private static final int CALLERS = 6;

    private Whereabouts() {}

    /** Such as {@code syscalls.c:71 in _exit, called by abort, __assert_func}. */
    public static String of(Target target) {
        List<Frame> frames = new StackView(target).frames();
        List<String> names = frames.stream().map(Frame::name).toList();
        String callers =
                IntStream.range(1, names.size())
                        // One function in pieces, or one that calls itself, need not be said twice.
                        .filter(i -> !names.get(i).equals(names.get(i - 1)))
                        .mapToObj(names::get)
                        .filter(name -> !name.isEmpty())
                        .limit(CALLERS)
                        .collect(Collectors.joining(", "));
        return target.describe(target.machine().registers().get(Registers.PC))
                + (callers.isEmpty() ? "" : ", called by " + callers);
    }
}
