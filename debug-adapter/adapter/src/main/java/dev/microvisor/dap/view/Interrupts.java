package dev.microvisor.dap.view;

import dev.microvisor.emulator.machine.Debuggee;
import java.util.ArrayList;
import java.util.List;

/** State of external interrupts, read from the interrupt controller's registers. */
public final class Interrupts {
    private static final int NVIC_ISER = 0xE000_E100;
    private static final int NVIC_ISPR = 0xE000_E200;
    private static final int NVIC_IABR = 0xE000_E300;

    private final Debuggee machine;

    public Interrupts(Debuggee machine) {
        this.machine = machine;
    }

    public boolean enabled(int irq) {
        return bit(NVIC_ISER, irq);
    }

    public boolean pending(int irq) {
        return bit(NVIC_ISPR, irq);
    }

    public boolean active(int irq) {
        return bit(NVIC_IABR, irq);
    }

    /** Such as {@code enabled, pending}; says so when the firmware has not enabled it. */
    public String text(int irq) {
        List<String> words = new ArrayList<>();
        words.add(enabled(irq) ? "enabled" : "not enabled");
        if (pending(irq)) {
            words.add("pending");
        }
        if (active(irq)) {
            words.add("active");
        }
        return String.join(", ", words);
    }

    private boolean bit(int registers, int irq) {
        byte[] word = machine.peek(registers + 4 * (irq / 32), 4);
        return word.length == 4 && (word[irq % 32 / 8] >> irq % 8 & 1) != 0;
    }
}
