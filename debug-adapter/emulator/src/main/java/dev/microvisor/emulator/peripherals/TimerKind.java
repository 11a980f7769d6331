package dev.microvisor.emulator.peripherals;

/**
 * What a timer has.
 *
 * @param counterBits 16 or 32
 * @param channels that capture and compare, 0 to 4
 * @param repeats true when it counts repetitions, has a break input and complementary outputs
 * @param irqs of update, capture and compare, trigger, break; the same number where they share one
 */
record TimerKind(int counterBits, int channels, boolean repeats, Irqs irqs) {
    /** Interrupts of a timer. */
    record Irqs(int update, int captureCompare, int trigger, int brk) {}

    /** TIM6 and TIM7. */
    static TimerKind basic(int irq) {
        return new TimerKind(16, 0, false, new Irqs(irq, irq, irq, irq));
    }

    /** TIM2 to TIM5. */
    static TimerKind general(int irq) {
        return new TimerKind(32, 4, false, new Irqs(irq, irq, irq, irq));
    }

    /** TIM1 and TIM8: break, update, trigger, capture and compare follow each other. */
    static TimerKind advanced(int brk) {
        return new TimerKind(16, 4, true, new Irqs(brk + 1, brk + 3, brk + 2, brk));
    }

    /** TIM15 to TIM17. */
    static TimerKind small(int irq, int channels) {
        return new TimerKind(16, channels, true, new Irqs(irq, irq, irq, irq));
    }

    /** Value of auto-reload after reset, and the bits that a counter has. */
    int maximum() {
        return counterBits == 32 ? -1 : 0xFFFF;
    }
}
