package dev.microvisor.emulator.peripherals;

import java.util.Map;

/** Which converter it is, and what differs. */
enum AdcKind {
    ADC1(
            37,
            14,
            3,
            5,
            Map.of(
                    4, "TIM3", 7, "TIM8", 9, "TIM1", 11, "TIM2", 12, "TIM4", 13, "TIM6", 14,
                    "TIM15"),
            Map.of(0, "TIM1", 2, "TIM2", 5, "TIM4", 9, "TIM8", 12, "TIM3", 14, "TIM6", 15, "TIM15"),
            Map.of(0, Inner.VREFINT, 18, Inner.VBAT, 19, Inner.TEMPERATURE)),
    ADC4(
            113,
            12,
            1,
            6,
            Map.of(2, "TIM2", 3, "TIM15", 4, "TIM6"),
            Map.of(),
            Map.of(0, Inner.VREFINT, 12, Inner.VCORE, 13, Inner.TEMPERATURE, 14, Inner.VBAT));

    /** Voltages inside the chip, and the bit of CCR that connects each. */
    enum Inner {
        VREFINT(22, (3000L * SystemMemory.VREFINT_CALIBRATION) >> 14),
        /** The sensor at 30 degrees. */
        TEMPERATURE(23, (3000L * SystemMemory.CALIBRATION_AT_30_DEGREES) >> 14),
        /** A quarter of 3.3 V. */
        VBAT(24, 825),
        VCORE(26, 1200);

        private final int enableBit;
        private final int millivolts;

        Inner(int enableBit, long millivolts) {
            this.enableBit = enableBit;
            this.millivolts = (int) millivolts;
        }

        boolean isConnected(int ccr) {
            return (ccr >>> enableBit & 1) != 0;
        }

        int millivolts() {
            return millivolts;
        }
    }

    private final int irq;
    private final int bits;
    private final int dmaMask;
    private final int triggerShift;
    private final Map<Integer, String> triggers;
    private final Map<Integer, String> injectedTriggers;
    private final Map<Integer, Inner> inner;

    /**
     * @param dmaMask what of CFGR1 asks for DMA
     * @param triggerShift where EXTSEL begins in CFGR1; it ends below EXTEN
     * @param triggers timers whose TRGO EXTSEL selects
     * @param injectedTriggers timers whose TRGO JEXTSEL selects
     * @param inner channels that lead to voltages inside the chip
     */
    AdcKind(
            int irq,
            int bits,
            int dmaMask,
            int triggerShift,
            Map<Integer, String> triggers,
            Map<Integer, String> injectedTriggers,
            Map<Integer, Inner> inner) {
        this.irq = irq;
        this.bits = bits;
        this.dmaMask = dmaMask;
        this.triggerShift = triggerShift;
        this.triggers = triggers;
        this.injectedTriggers = injectedTriggers;
        this.inner = inner;
    }

    int irq() {
        return irq;
    }

    int bits() {
        return bits;
    }

    int dmaMask() {
        return dmaMask;
    }

    int triggerShift() {
        return triggerShift;
    }

    Map<Integer, String> triggers() {
        return triggers;
    }

    Map<Integer, String> injectedTriggers() {
        return injectedTriggers;
    }

    Map<Integer, Inner> inner() {
        return inner;
    }

    /** Conversions that make one result, as CFGR2 says. */
    int oversampling(int cfgr2) {
        if (this == ADC1) {
            return (cfgr2 >>> 16 & 0x3FF) + 1;
        }
        return 2 << (cfgr2 >>> 2 & 7);
    }
}
