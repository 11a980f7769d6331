package dev.microvisor.emulator.peripherals;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Names of the peripherals of the STM32U585 by their non-secure base addresses. */
final class AddressMap {
    /** Larger than any gap within a peripheral, smaller than those between buses. */
    private static final int MAX_DISTANCE = 0x1000;

    private static final NavigableMap<Integer, String> NAMES = new TreeMap<>();

    static {
        put(0x4000_0000, "TIM2", "TIM3", "TIM4", "TIM5", "TIM6", "TIM7");
        put(0x4000_2C00, "WWDG", "IWDG");
        put(0x4000_3800, "SPI2");
        put(0x4000_4400, "USART2", "USART3", "UART4", "UART5", "I2C1", "I2C2");
        put(0x4000_6000, "CRS");
        put(0x4000_8400, "I2C4");
        put(0x4000_9400, "LPTIM2");
        put(0x4000_A400, "FDCAN1", "FDCAN1", "FDCAN1 message RAM");
        put(0x4000_DC00, "UCPD1");
        put(0x4001_2C00, "TIM1", "SPI1", "TIM8", "USART1");
        put(0x4001_4000, "TIM15", "TIM16", "TIM17");
        put(0x4001_5400, "SAI1", "SAI2");
        put(0x4002_0000, "GPDMA1");
        put(0x4002_1000, "CORDIC", "FMAC");
        put(0x4002_2000, "FLASH");
        put(0x4002_3000, "CRC");
        put(0x4002_4000, "TSC");
        put(0x4002_5000, "MDF1");
        put(0x4002_6000, "RAMCFG");
        put(0x4002_B000, "DMA2D");
        put(0x4003_0400, "ICACHE");
        put(0x4003_1400, "DCACHE1");
        put(0x4003_2400, "GTZC1_TZSC", "GTZC1_TZIC", "GTZC1_MPCBB1", "GTZC1_MPCBB2");
        put(0x4003_3400, "GTZC1_MPCBB3");
        put(0x4003_6400, "BKPSRAM");
        put(0x4202_0000, "GPIOA", "GPIOB", "GPIOC", "GPIOD", "GPIOE", "GPIOF", "GPIOG", "GPIOH");
        put(0x4202_2000, "GPIOI");
        put(0x4202_8000, "ADC1");
        put(0x4202_C000, "DCMI", "PSSI");
        put(0x4204_0000, "OTG_FS");
        put(0x420C_0000, "AES", "HASH", "RNG", "SAES");
        put(0x420C_2000, "PKA");
        put(0x420C_4000, "OCTOSPIM");
        put(0x420C_5000, "OTFDEC1", "OTFDEC2");
        put(0x420C_8000, "SDMMC1");
        put(0x420C_8C00, "SDMMC2");
        put(0x420D_0400, "FMC");
        put(0x420D_1400, "OCTOSPI1");
        put(0x420D_2400, "OCTOSPI2");
        put(0x4600_0400, "SYSCFG");
        put(0x4600_2000, "SPI3", "LPUART1", "I2C3");
        put(0x4600_4400, "LPTIM1", "LPTIM3", "LPTIM4", "OPAMP", "COMP");
        put(0x4600_7400, "VREFBUF", "RTC", "TAMP");
        put(0x4602_0000, "LPGPIO1");
        put(0x4602_0800, "PWR", "RCC");
        put(0x4602_1000, "ADC4");
        put(0x4602_1800, "DAC1");
        put(0x4602_2000, "EXTI");
        put(0x4602_3000, "GTZC2_TZSC", "GTZC2_TZIC", "GTZC2_MPCBB4");
        put(0x4602_4000, "ADF1");
        put(0x4602_5000, "LPDMA1");
    }

    private AddressMap() {}

    /** Neighbours of 1 KiB each. */
    private static void put(int base, String... names) {
        for (int i = 0; i < names.length; i++) {
            NAMES.put(base + i * Block.SIZE, names[i]);
        }
    }

    /** Base address of a peripheral that the map names once. */
    static int base(String name) {
        return NAMES.entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peripheral " + name));
    }

    /** Name of what is at an address, with the address when nothing is. */
    static String describe(int address) {
        Map.Entry<Integer, String> entry = NAMES.floorEntry(address);
        if (entry == null || address - entry.getKey() >= MAX_DISTANCE) {
            return String.format("the peripheral at 0x%08x", address & -MAX_DISTANCE);
        }
        return entry.getValue();
    }
}
