package dev.microvisor.emulator.peripherals;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A DMA controller of the chip. Requests and triggers have numbers of each controller's own; the
 * bus knows them by those of GPDMA1.
 *
 * @param irqs of the channels
 * @param first2d first channel with two-dimensional addressing; as many as there are channels for
 *     none
 * @param firstEnd trigger that is the end of channel 0; the other channels follow
 * @param requests by number what they are at GPDMA1; empty where they are the same
 * @param triggers likewise
 * @param smartRun reaches SRAM4 and peripherals of the SmartRun domain only
 */
record DmaKind(
        String name,
        List<Integer> irqs,
        int first2d,
        int firstEnd,
        List<Integer> requests,
        List<Integer> triggers,
        boolean smartRun) {
    /** The controller of the large domain. */
    static final DmaKind GPDMA1 =
            new DmaKind(
                    "GPDMA1",
                    IntStream.concat(IntStream.rangeClosed(29, 36), IntStream.rangeClosed(80, 87))
                            .boxed()
                            .toList(),
                    12,
                    DmaTrigger.CHANNEL_ENDS,
                    List.of(),
                    List.of(),
                    false);

    /** No line of the bus, no trigger. */
    private static final int NONE = 63;

    /**
     * The one of the SmartRun domain: LPUART1, SPI3, I2C3, ADC4 and DAC1 ask it; EXTI lines 0 to 4,
     * LPTIM1, LPTIM4, the RTC and ends of channels trigger it.
     */
    static final DmaKind LPDMA1 =
            new DmaKind(
                    "LPDMA1",
                    List.of(114, 115, 116, 117),
                    4,
                    DmaTrigger.LOW_POWER_ENDS,
                    List.of(34, 35, 10, 11, 18, 19, NONE, 1, 2, 3),
                    List.of(
                            0, 1, 2, 3, 4, NONE, NONE, NONE, 11, 12, NONE, 15, NONE, NONE, 18, 19,
                            20, NONE, 38, 39, 40, 41, 22, 23, 26, 27, 28, 29),
                    true);

    private static final int SRAM4 = 0x2800_0000;
    private static final int SRAM4_BYTES = 0x4000;
    private static final int TRIGSEL_SHIFT = 16;
    private static final int TRIGSEL = 0x3F << TRIGSEL_SHIFT;

    DmaKind {
        irqs = List.copyOf(irqs);
        requests = List.copyOf(requests);
        triggers = List.copyOf(triggers);
    }

    int channels() {
        return irqs.size();
    }

    /** Number of a request at the bus. */
    int line(int request) {
        return translated(request, requests);
    }

    private static int translated(int number, List<Integer> numbers) {
        return numbers.isEmpty() ? number : number < numbers.size() ? numbers.get(number) : NONE;
    }

    /** The trigger that CTR2 selects. */
    DmaTrigger trigger(int settings) {
        int selected = translated((settings & TRIGSEL) >>> TRIGSEL_SHIFT, triggers);
        return new DmaTrigger((settings & ~TRIGSEL) | selected << TRIGSEL_SHIFT);
    }

    /** False for what is in another domain than the controller. */
    boolean reaches(int address) {
        return !smartRun
                || Integer.compareUnsigned(address - SRAM4, SRAM4_BYTES) < 0
                || address >>> 24 == 0x46;
    }
}
