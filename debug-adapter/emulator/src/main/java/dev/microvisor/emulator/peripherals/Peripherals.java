package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.hardware.SerialInput;
import dev.microvisor.emulator.cloud.hardware.SpiDevice;
import dev.microvisor.emulator.guest.Peripheral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All peripherals of one machine, wired to each other and to what the cloud file describes. */
public final class Peripherals {
    /** RTC_TS is PC13. */
    private static final int TIME_STAMP_PIN = 13;

    private final List<Peripheral> all = new ArrayList<>();
    private final Map<String, Timer> timers = new TreeMap<>();
    private final Map<Character, Gpio> ports = new TreeMap<>();
    private final Map<String, Usart> serial = new TreeMap<>();
    private final List<I2c> i2cs = new ArrayList<>();
    private final List<PinI2c> pinBuses = new ArrayList<>();
    private final List<Spi> spis = new ArrayList<>();
    private final List<Adc> converters = new ArrayList<>();
    private final DmaBus dma = new DmaBus();
    private final SoftwareI2c softwareI2c = new SoftwareI2c();
    private final Dac dac = new Dac(AddressMap.base("DAC1"), dma::requestsChanged);
    private final Exti exti = new Exti(AddressMap.base("EXTI"), dma::pulse);
    private final Rtc rtc;
    private final Cloud cloud;
    private final Bench bench;
    private PeripheralListener listener = PeripheralListener.NONE;

    public Peripherals(Cloud cloud) {
        this.cloud = cloud;
        this.rtc = new Rtc(AddressMap.base("RTC"), cloud.device().wallClock(), dma::pulse);
        this.bench = new Bench(cloud.hardware(), cloud.device().wallClock());
        addTimers();
        addPorts();
        addSerial();
        addBuses();
        addPinBuses();
        addConverters();
        all.add(dac);
        for (int i = 0; i < Dac.CHANNELS; i++) {
            int channel = i;
            dma.connect(2 + i, () -> dac.wantsDma(channel), () -> dac.dmaServed(channel));
        }
        all.add(exti);
        all.add(new HiddenRcc(AddressMap.base("RCC")));
        all.add(new FlashInterface(AddressMap.base("FLASH")));
        all.add(new Rng(AddressMap.base("RNG"), cloud.device().seed()));
        all.add(new Hash(AddressMap.base("HASH")));
        all.add(new Aes(AddressMap.base("AES")));
        Cordic cordic = new Cordic(AddressMap.base("CORDIC"), dma::requestsChanged);
        all.add(cordic);
        dma.connect(Cordic.DMA_READ, cordic::wantsDmaRead);
        dma.connect(Cordic.DMA_WRITE, cordic::wantsDmaWrite);
        all.add(new Crc(AddressMap.base("CRC")));
        all.add(rtc);
        all.add(new BackupRegisters(AddressMap.base("TAMP")));
        all.add(new IndependentWatchdog(AddressMap.base("IWDG")));
        all.add(new WindowWatchdog(AddressMap.base("WWDG")));
        all.add(new PowerControl(AddressMap.base("PWR")));
        all.add(new InstructionCache(AddressMap.base("ICACHE")));
        all.add(new DataCache(AddressMap.base("DCACHE1")));
        all.add(new Syscfg(AddressMap.base("SYSCFG")));
        all.add(new VoltageReference(AddressMap.base("VREFBUF")));
        all.add(new RamSettings(AddressMap.base("RAMCFG")));
        all.add(new Dma(AddressMap.base("GPDMA1"), DmaKind.GPDMA1, dma));
        all.add(new Dma(AddressMap.base("LPDMA1"), DmaKind.LPDMA1, dma));
        all.add(new SystemMemory(cloud.device().sid()));
        all.add(new PlainStorage());
        dma.connect(all());
        bench.wire(new Wires());
        all.add(bench);
    }

    private void addTimers() {
        addTimer("TIM1", TimerKind.advanced(41));
        for (int i = 0; i < 4; i++) {
            addTimer("TIM" + (2 + i), TimerKind.general(45 + i));
        }
        addTimer("TIM6", TimerKind.basic(49));
        addTimer("TIM7", TimerKind.basic(50));
        addTimer("TIM8", TimerKind.advanced(51));
        addLowPowerTimers();
        addTimer("TIM15", TimerKind.small(69, 2));
        addTimer("TIM16", TimerKind.small(70, 1));
        addTimer("TIM17", TimerKind.small(71, 1));
    }

    private void addLowPowerTimers() {
        int msik = KernelClock.MSIK_HZ;
        addLowPowerTimer("LPTIM1", 67, new KernelClock(KernelClock.CCIPR3, 10, msik));
        addLowPowerTimer("LPTIM2", 68, new KernelClock(KernelClock.CCIPR1, 18, 0));
        addLowPowerTimer("LPTIM3", 98, new KernelClock(KernelClock.CCIPR3, 8, msik));
        addLowPowerTimer("LPTIM4", 110, new KernelClock(KernelClock.CCIPR3, 8, msik));
    }

    private void addLowPowerTimer(String name, int irq, KernelClock clock) {
        all.add(new LowPowerTimer(name, AddressMap.base(name), irq, clock, dma));
    }

    private void addTimer(String name, TimerKind kind) {
        Timer timer =
                new Timer(name, AddressMap.base(name), kind, dma::requestsChanged, new Triggers());
        timers.put(name, timer);
        all.add(timer);
        TimerRequests.of(name)
                .forEach(
                        (request, event) ->
                                dma.connect(
                                        request,
                                        () -> timer.events().wantsDma(event),
                                        () -> timer.events().dmaServed(event)));
    }

    private void addPorts() {
        for (char letter = 'A'; letter <= 'I'; letter++) {
            String name = "GPIO" + letter;
            int mode = letter == 'A' ? 0xABFF_FFFF : letter == 'B' ? 0xFFFF_FEBF : -1;
            int pull = letter == 'A' ? 0x6400_0000 : letter == 'B' ? 0x0000_0100 : 0;
            Gpio port =
                    new Gpio(
                            name,
                            AddressMap.base(name),
                            mode,
                            pull,
                            () -> listener,
                            bench,
                            cloud.hardware().outputs(),
                            new PortLevels());
            ports.put(letter, port);
            all.add(port);
        }
    }

    private void outputChanged(char port, int pin, boolean high) {
        exti.edge(port - 'A', pin, high);
        String name = "P" + port + pin;
        if (port == 'C' && pin == TIME_STAMP_PIN) {
            rtc.stampPin(high);
        }
        spis.forEach(spi -> spi.outputChanged(name));
        boolean wired = pinBuses.stream().anyMatch(bus -> bus.isAt(name));
        if (!wired && ports.get(port).isOpenDrainOutput(pin)) {
            softwareI2c.changed(name, high).ifPresent(lines -> warnOf(lines, ports.get(port)));
        }
    }

    private static void warnOf(SoftwareI2c.Lines lines, Gpio port) {
        port.warn(
                lines.data()
                        + " and "
                        + lines.clock()
                        + " are moved as SDA and SCL by the firmware itself: no device is there, so"
                        + " every address gets NACK. [[i2c]] with bus = \""
                        + lines.clock()
                        + "/"
                        + lines.data()
                        + "\" in the cloud file wires one to them");
    }

    private void addSerial() {
        String[] names = {"USART1", "USART2", "USART3", "UART4", "UART5", "LPUART1"};
        for (int i = 0; i < names.length; i++) {
            Usart port =
                    new Usart(
                            names[i],
                            61 + i,
                            serialClock(i),
                            () -> listener,
                            bench,
                            dma::requestsChanged);
            serial.put(names[i], port);
            all.add(port);
            dma.connect(24 + 2 * i, port::wantsDmaRead);
            dma.connect(25 + 2 * i, port::wantsDmaWrite);
        }
    }

    /** CCIPR1 has two bits for each of the first five, CCIPR3 three for LPUART1. */
    private static SerialClock serialClock(int index) {
        return index < 5
                ? new SerialClock(KernelClock.CCIPR1, 2 * index, false)
                : new SerialClock(KernelClock.CCIPR3, 0, true);
    }

    private void addBuses() {
        List<I2c.Irqs> i2cIrqs =
                List.of(
                        new I2c.Irqs(55, 56),
                        new I2c.Irqs(57, 58),
                        new I2c.Irqs(88, 89),
                        new I2c.Irqs(101, 100));
        for (int i = 0; i < i2cIrqs.size(); i++) {
            String name = "I2C" + (i + 1);
            I2c bus = new I2c(name, i2cIrqs.get(i), i2cBus(name), dma::requestsChanged);
            i2cs.add(bus);
            all.add(bus);
            dma.connect(12 + 3 * i, bus::wantsDmaRead);
            dma.connect(13 + 3 * i, bus::wantsDmaWrite);
        }
        int[] spiIrqs = {59, 60, 99};
        for (int i = 0; i < spiIrqs.length; i++) {
            String name = "SPI" + (i + 1);
            List<SpiDevice> devices =
                    cloud.hardware().spi().stream().filter(d -> d.bus().equals(name)).toList();
            Spi bus =
                    new Spi(
                            name,
                            AddressMap.base(name),
                            spiIrqs[i],
                            devices,
                            this::isLow,
                            dma::requestsChanged);
            spis.add(bus);
            all.add(bus);
            dma.connect(6 + 2 * i, bus::wantsDmaRead);
            dma.connect(7 + 2 * i, bus::wantsDmaWrite);
        }
    }

    private void addPinBuses() {
        for (String name : cloud.hardware().pinBuses()) {
            pinBuses.add(new PinI2c(name, i2cBus(name), this::isLow, bench));
        }
        all.addAll(pinBuses);
    }

    private I2cBus i2cBus(String name) {
        return new I2cBus(
                name,
                bench,
                (shown, text) -> listener.line(shown, text, bench.moment().instruction()));
    }

    private void addConverters() {
        int request = 0;
        for (AdcKind kind : AdcKind.values()) {
            Adc converter =
                    new Adc(AddressMap.base(kind.name()), kind, bench, dma::requestsChanged);
            converters.add(converter);
            all.add(converter);
            dma.connect(request++, converter::wantsDmaRead);
        }
    }

    private boolean isLow(String pin) {
        return ports.get(pin.charAt(1)).drivesLow(Integer.parseInt(pin.substring(2)));
    }

    /** To be given to the machine; the smaller of two that overlap answers. */
    public List<Peripheral> all() {
        return List.copyOf(all);
    }

    /** Who hears of serial output and pins from now on. */
    public void setListener(PeripheralListener newListener) {
        listener = newListener;
    }

    /**
     * Bytes come in at a serial port. Only between instructions, on the machine's thread.
     *
     * @param port one of {@link dev.microvisor.emulator.cloud.hardware.Hardware#SERIAL_PORTS}
     */
    public void receive(String port, Bytes content) {
        bench.addSerial(SerialInput.held(port, content));
    }

    /** Passes on what happens at pins. */
    private final class PortLevels implements Gpio.LevelWatch {
        @Override
        public void levelChanged(char port, int pin, boolean high) {
            outputChanged(port, pin, high);
        }

        @Override
        public void written() {
            pinBuses.forEach(PinI2c::look);
        }
    }

    /** TRGO of the timers, which converters and other timers listen to. */
    private final class Triggers implements TimerTriggers {
        @Override
        public boolean isHeard(String timer) {
            return dma.isTriggeredBy(DmaTrigger.ofTimer(timer))
                    || dac.listensTo(timer)
                    || converters.stream().anyMatch(converter -> converter.listensTo(timer))
                    || timers.values().stream().anyMatch(slave -> slave.listensTo(timer));
        }

        @Override
        public void pulse(String timer) {
            dma.pulse(DmaTrigger.ofTimer(timer));
            dac.trigger(timer);
            converters.forEach(converter -> converter.trigger(timer));
            timers.values().forEach(slave -> slave.triggeredBy(timer));
        }

        @Override
        public void level(String timer, boolean high) {
            timers.values().forEach(slave -> slave.gatedBy(timer, high));
        }

        @Override
        public boolean isLevel(String timer) {
            return timers.get(timer).sendsEnable();
        }

        @Override
        public boolean isHigh(String timer) {
            return timers.get(timer).isHigh();
        }
    }

    /** Passes on what changes at the bench. */
    private final class Wires implements Bench.Wiring {
        @Override
        public boolean idleLevel(String input) {
            return isPin(input)
                    && ports.get(input.charAt(1)).isPulledUp(Integer.parseInt(input.substring(2)));
        }

        @Override
        public void levelChanged(String input, boolean high) {
            if (isPin(input)) {
                ports.get(input.charAt(1)).driven(Integer.parseInt(input.substring(2)), high);
                return;
            }
            String[] parts = input.split("_", -1);
            int channel = Integer.parseInt(parts[1].substring("CH".length()));
            timers.get(parts[0].toUpperCase(Locale.ROOT)).edge(channel - 1, high);
        }

        @Override
        public void serialArrived(String port) {
            serial.get(port).listen();
        }

        @Override
        public void busesFreed() {
            i2cs.forEach(I2c::freed);
            pinBuses.forEach(PinI2c::look);
        }

        private boolean isPin(String input) {
            return input.startsWith("P");
        }
    }
}
