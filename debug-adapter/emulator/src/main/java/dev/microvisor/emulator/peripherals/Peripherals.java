package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.guest.Peripheral;
import java.util.ArrayList;
import java.util.List;

/** All peripherals of one machine. */
public final class Peripherals {
    private final List<Peripheral> all = new ArrayList<>();
    private PeripheralListener listener = PeripheralListener.NONE;

    public Peripherals(Cloud cloud) {
        addTimers();
        addPorts();
        addSerial();
        all.add(new Exti(AddressMap.base("EXTI")));
        all.add(new HiddenRcc(AddressMap.base("RCC")));
        all.add(new FlashInterface(AddressMap.base("FLASH")));
        all.add(new Rng(AddressMap.base("RNG"), cloud.device().seed()));
        all.add(new Crc(AddressMap.base("CRC")));
        all.add(new IndependentWatchdog(AddressMap.base("IWDG")));
        all.add(new PowerControl(AddressMap.base("PWR")));
        all.add(new InstructionCache(AddressMap.base("ICACHE")));
        all.add(new PlainStorage());
    }

    private void addTimers() {
        for (int i = 0; i < 4; i++) {
            String name = "TIM" + (2 + i);
            all.add(new Timer(name, AddressMap.base(name), 45 + i, 32, false));
        }
        all.add(new Timer("TIM6", AddressMap.base("TIM6"), 49, 16, true));
        all.add(new Timer("TIM7", AddressMap.base("TIM7"), 50, 16, true));
        all.add(new Timer("TIM1", AddressMap.base("TIM1"), 42, 16, false));
        all.add(new Timer("TIM8", AddressMap.base("TIM8"), 52, 16, false));
    }

    private void addPorts() {
        for (char letter = 'A'; letter <= 'I'; letter++) {
            String name = "GPIO" + letter;
            int mode = letter == 'A' ? 0xABFF_FFFF : letter == 'B' ? 0xFFFF_FEBF : -1;
            int pull = letter == 'A' ? 0x6400_0000 : letter == 'B' ? 0x0000_0100 : 0;
            all.add(new Gpio(name, AddressMap.base(name), mode, pull, () -> listener));
        }
    }

    private void addSerial() {
        addUsart("USART1", 61);
        addUsart("USART2", 62);
        addUsart("USART3", 63);
        addUsart("UART4", 64);
        addUsart("UART5", 65);
        addUsart("LPUART1", 66);
        all.add(new I2c("I2C1", AddressMap.base("I2C1"), 55));
        all.add(new I2c("I2C2", AddressMap.base("I2C2"), 57));
        all.add(new I2c("I2C3", AddressMap.base("I2C3"), 88));
        all.add(new I2c("I2C4", AddressMap.base("I2C4"), 101));
    }

    private void addUsart(String name, int irq) {
        all.add(new Usart(name, AddressMap.base(name), irq, () -> listener));
    }

    /** To be given to the machine; the smaller of two that overlap answers. */
    public List<Peripheral> all() {
        return List.copyOf(all);
    }

    /** Who hears of serial output and pins from now on. */
    public void setListener(PeripheralListener newListener) {
        listener = newListener;
    }
}
