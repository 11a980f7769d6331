package dev.microvisor.catalog;

/**
 * An interrupt of the STM32U585.
 *
 * @param number as in the NVIC and in {@code MvNotificationSetup.irq}
 * @param name such as {@code TIM8_BRK}
 */
public record Interrupt(int number, String name) {
    /** Name that the vector table gives its handler. */
    public String handlerName() {
        return name + "_IRQHandler";
    }

    /** Name of its number in the device headers. */
    public String numberName() {
        return name + "_IRQn";
    }
}
