package dev.microvisor.emulator.kernel.system;

import java.util.List;
import java.util.Map;

/** Which bit of RCC's reset registers resets which peripheral, of those that are emulated. */
final class PeripheralResets {
    /** By offset in RCC. */
    private static final Map<Integer, Map<Integer, String>> REGISTERS =
            Map.of(
                    0x60, Map.of(0, "GPDMA1", 12, "CRC", 17, "RAMCFG"),
                    0x64,
                            Map.ofEntries(
                                    Map.entry(0, "GPIOA"),
                                    Map.entry(1, "GPIOB"),
                                    Map.entry(2, "GPIOC"),
                                    Map.entry(3, "GPIOD"),
                                    Map.entry(4, "GPIOE"),
                                    Map.entry(5, "GPIOF"),
                                    Map.entry(6, "GPIOG"),
                                    Map.entry(7, "GPIOH"),
                                    Map.entry(8, "GPIOI"),
                                    Map.entry(10, "ADC1"),
                                    Map.entry(16, "AES"),
                                    Map.entry(17, "HASH"),
                                    Map.entry(18, "RNG")),
                    0x6C, Map.of(5, "ADC4", 6, "DAC1"),
                    0x74,
                            Map.ofEntries(
                                    Map.entry(0, "TIM2"),
                                    Map.entry(1, "TIM3"),
                                    Map.entry(2, "TIM4"),
                                    Map.entry(3, "TIM5"),
                                    Map.entry(4, "TIM6"),
                                    Map.entry(5, "TIM7"),
                                    Map.entry(14, "SPI2"),
                                    Map.entry(17, "USART2"),
                                    Map.entry(18, "USART3"),
                                    Map.entry(19, "UART4"),
                                    Map.entry(20, "UART5"),
                                    Map.entry(21, "I2C1"),
                                    Map.entry(22, "I2C2")),
                    0x78, Map.of(1, "I2C4", 5, "LPTIM2"),
                    0x7C,
                            Map.of(
                                    11, "TIM1", 12, "SPI1", 13, "TIM8", 14, "USART1", 16, "TIM15",
                                    17, "TIM16", 18, "TIM17"),
                    0x80,
                            Map.of(
                                    1, "SYSCFG", 5, "SPI3", 6, "LPUART1", 7, "I2C3", 11, "LPTIM1",
                                    12, "LPTIM3", 13, "LPTIM4", 20, "VREFBUF"));

    private PeripheralResets() {}

    /**
     * The peripherals that a change resets.
     *
     * @param offset of the register in RCC
     * @param set the bits that were 0 and are 1 now
     */
    static List<String> of(int offset, int set) {
        return REGISTERS.getOrDefault(offset, Map.of()).entrySet().stream()
                .filter(reset -> (set >>> reset.getKey() & 1) != 0)
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
