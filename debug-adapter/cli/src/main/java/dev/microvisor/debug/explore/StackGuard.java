package dev.microvisor.debug.explore;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.symbols.elf.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Notices stacks that go beyond their end, where the processor itself has no limit to check: the
 * main stack by what the linker script reserves for it, the others by the functions that an RTOS
 * and the compiler call when they have noticed.
 */
final class StackGuard {
    private static final List<String> END_OF_STACK = List.of("_estack", "__StackTop", "__stack");
    private static final List<String> STACK_SIZE = List.of("_Min_Stack_Size", "_min_stack_size");
    private static final List<String> HOOKS =
            List.of("vApplicationStackOverflowHook", "__stack_chk_fail");
    private static final int GUARD_BYTES = 32;
    private static final int WATCH_ID = 1;

    private final Target target;
    private final OptionalInt lowest;

    StackGuard(Target target) {
        this.target = target;
        Optional<Symbol> end = first(END_OF_STACK);
        Optional<Symbol> size = first(STACK_SIZE);
        lowest =
                end.isPresent() && size.isPresent()
                        ? OptionalInt.of((int) (end.get().value() - size.get().value()))
                        : OptionalInt.empty();
    }

    private Optional<Symbol> first(List<String> names) {
        return names.stream()
                .flatMap(name -> target.program().symbols().named(name).stream())
                .findFirst();
    }

    /** Breakpoints and a watchpoint that the firmware does not notice. */
    void arm() {
        Set<Integer> hooks = new HashSet<>();
        for (String name : HOOKS) {
            target.program()
                    .symbols()
                    .named(name)
                    .filter(Symbol::isFunction)
                    .ifPresent(symbol -> hooks.add((int) symbol.address()));
        }
        target.machine().setBreakpoints(hooks);
        lowest.ifPresent(
                address ->
                        target.machine()
                                .setWatchpoints(
                                        Set.of(
                                                new Debuggee.Watch(
                                                        WATCH_ID,
                                                        address - GUARD_BYTES,
                                                        GUARD_BYTES,
                                                        false,
                                                        true))));
    }

    /** Whether a stop means an overflow; a heap may use the memory below the stack, too. */
    boolean overflowed(StopReason reason) {
        return reason instanceof StopReason.Breakpoint
                || (reason instanceof StopReason.Watchpoint
                        && Integer.compareUnsigned(
                                        target.machine().registers().msp(), lowest.orElseThrow())
                                < 0);
    }

    String text(StopReason reason) {
        if (reason instanceof StopReason.Breakpoint breakpoint) {
            return "the firmware noticed it: " + target.functionName(breakpoint.address());
        }
        return String.format(
                "the main stack is at 0x%08x, below the 0x%08x that the linker script keeps for it,"
                        + " in %s",
                target.machine().registers().msp(),
                lowest.orElseThrow(),
                target.describe(target.machine().registers().get(15)));
    }
}
