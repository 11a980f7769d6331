package dev.microvisor.emulator.system;

import static dev.microvisor.emulator.system.ExceptionNumbers.FIRST_IRQ;
import static dev.microvisor.emulator.system.ExceptionNumbers.IRQ_COUNT;

import java.util.function.IntConsumer;

/**
 * The registers of the interrupt controller, NVIC_ISER0 to NVIC_IPRn, by their offset in the system
 * control space. All they show and change is in the exception model.
 *
 * @param pend pends an exception by its number
 */
record Nvic(ExceptionModel exceptions, IntConsumer pend) {
    /** NVIC_ISER0. */
    static final int FIRST = 0x100;

    /** Behind NVIC_IPRn. */
    static final int END = 0x600;

    private static final int PRIORITIES = 0x400;

    int peek(int offset) {
        if (offset >= PRIORITIES) {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                int irq = offset - PRIORITIES + i;
                value |= irq < IRQ_COUNT ? exceptions.priority(FIRST_IRQ + irq) << (8 * i) : 0;
            }
            return value;
        }
        int first = (offset & 0x7F) / 4 * 32;
        int value = 0;
        for (int i = 0; i < 32 && first + i < IRQ_COUNT; i++) {
            int number = FIRST_IRQ + first + i;
            boolean set =
                    switch (offset & ~0x7F) {
                        case 0x100, 0x180 -> exceptions.isEnabled(number);
                        case 0x200, 0x280 -> exceptions.isPending(number);
                        case 0x300 -> exceptions.isActive(number);
                        default -> false; // ITNS reads as zero from the non-secure side.
                    };
            value |= set ? 1 << i : 0;
        }
        return value;
    }

    void write(int offset, int value) {
        if (offset >= PRIORITIES) {
            for (int i = 0; i < 4; i++) {
                int irq = offset - PRIORITIES + i;
                if (irq < IRQ_COUNT) {
                    exceptions.setPriority(FIRST_IRQ + irq, value >>> (8 * i) & 0xFF);
                }
            }
            return;
        }
        int first = (offset & 0x7F) / 4 * 32;
        for (int i = 0; i < 32 && first + i < IRQ_COUNT; i++) {
            if ((value >>> i & 1) == 1) {
                int number = FIRST_IRQ + first + i;
                switch (offset & ~0x7F) {
                    case 0x100 -> exceptions.setEnabled(number, true);
                    case 0x180 -> exceptions.setEnabled(number, false);
                    case 0x200 -> pend.accept(number);
                    case 0x280 -> exceptions.clearPending(number);
                    default -> {
                        // Read-only from here.
                    }
                }
            }
        }
    }
}
