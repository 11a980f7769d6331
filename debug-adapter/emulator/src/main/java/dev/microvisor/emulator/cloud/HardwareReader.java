package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.AnalogEvent;
import dev.microvisor.emulator.cloud.hardware.Hardware;
import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.I2cEvent;
import dev.microvisor.emulator.cloud.hardware.I2cFault;
import dev.microvisor.emulator.cloud.hardware.PinEvent;
import dev.microvisor.emulator.cloud.hardware.Reply;
import dev.microvisor.emulator.cloud.hardware.Schedule;
import dev.microvisor.emulator.cloud.hardware.SerialInput;
import dev.microvisor.emulator.cloud.hardware.SpiDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the tables of a cloud file that say what is wired to the device. */
final class HardwareReader {
    /** Largest serial input. */
    static final int MAX_SERIAL_BYTES = 1 << 20;

    private static final int MAX_DEVICES = 64;
    private static final Pattern PIN = Pattern.compile("P[A-I](\\d|1[0-5])");
    private static final Pattern TIMER_INPUT =
            Pattern.compile("TIM([1-5]|8)_CH[1-4]|TIM15_CH[12]|TIM1[67]_CH1");
    private static final List<String> SPI_BUSES = List.of("SPI1", "SPI2", "SPI3");
    private static final List<String> CONVERTERS = List.of("ADC1", "ADC4");

    private final Section file;
    private final Contents contents;

    HardwareReader(Section file, Contents contents) {
        this.file = file;
        this.contents = contents;
    }

    /** Reads a text written in the cloud file, or the bytes of another file. */
    interface Contents {
        Bytes read(Section section, String inlineKey, String fileKey, int maxBytes);
    }

    Hardware read() {
        List<PinEvent> pins = new ArrayList<>();
        List<AnalogEvent> analog = new ArrayList<>();
        List<SerialInput> serial = new ArrayList<>();
        List<I2cDevice> i2c = new ArrayList<>();
        List<I2cEvent> i2cEvents = new ArrayList<>();
        List<SpiDevice> spi = new ArrayList<>();
        file.sections("pin").forEach(s -> pin(s).ifPresent(pins::add));
        file.sections("analog").forEach(s -> analog(s).ifPresent(analog::add));
        file.sections("serial").forEach(s -> serial(s).ifPresent(serial::add));
        List<I2cFault> i2cFaults = new ArrayList<>();
        I2cReader i2cReader = new I2cReader(contents);
        limited("i2c").forEach(s -> i2cReader.device(s, i2c).ifPresent(i2c::add));
        file.sections("i2c_event").forEach(s -> i2cReader.event(s, i2c).ifPresent(i2cEvents::add));
        file.sections("i2c_fault").forEach(s -> i2cReader.fault(s).ifPresent(i2cFaults::add));
        limited("spi").forEach(s -> spi(s).ifPresent(spi::add));
        Map<String, String> outputs = new TreeMap<>();
        file.sections("output").forEach(s -> output(s, outputs));
        return new Hardware(pins, analog, serial, i2c, i2cEvents, i2cFaults, spi, outputs);
    }

    private List<Section> limited(String key) {
        List<Section> found = file.sections(key);
        if (found.size() > MAX_DEVICES) {
            found.get(MAX_DEVICES).problem("more than " + MAX_DEVICES + " devices");
            return found.subList(0, MAX_DEVICES);
        }
        return found;
    }

    /** {@code at_ms} or {@code at_us}, and {@code every_ms} or {@code every_us}. */
    static Schedule schedule(Section section) {
        return new Schedule(time(section, "at", 0), time(section, "every", 1));
    }

    /** {@code NAME_ms} or {@code NAME_us}, in microseconds; 0 when neither is there. */
    static long time(Section section, String name, int least) {
        String ms = name + "_ms";
        String us = name + "_us";
        if (section.has(ms) && section.has(us)) {
            section.problem(us, ms + " and " + us + " exclude each other");
        }
        long most = CloudFile.MAX_DELAY_MS;
        return section.number(us, least, most * 1000)
                .orElse(section.number(ms, least, most).orElse(0) * 1000);
    }

    private Optional<PinEvent> pin(Section section) {
        Optional<String> input = section.text("pin").map(p -> p.toUpperCase(Locale.ROOT));
        Optional<String> level = section.word("level", List.of("high", "low", "toggle"));
        Schedule when = schedule(section);
        section.rejectOthers();
        if (input.isEmpty() || !section.has("level")) {
            section.problem("pin and level are required: pin = \"PB11\", level = \"high\"");
            return Optional.empty();
        }
        if (!PIN.matcher(input.get()).matches() && !TIMER_INPUT.matcher(input.get()).matches()) {
            section.problem(
                    "pin",
                    "pin \""
                            + input.get()
                            + "\" is unknown: write a pin such as \"PB11\" or the input of a timer"
                            + " such as \"TIM2_CH1\"");
            return Optional.empty();
        }
        return level.map(
                l ->
                        new PinEvent(
                                input.get(),
                                PinEvent.Level.valueOf(l.toUpperCase(Locale.ROOT)),
                                when));
    }

    /** What an output pin drives: its changes are shown. */
    private static void output(Section section, Map<String, String> outputs) {
        Optional<String> pin = section.text("pin").map(p -> p.toUpperCase(Locale.ROOT));
        String name = section.text("name").or(() -> pin).orElse("");
        section.rejectOthers();
        if (pin.isEmpty() || !PIN.matcher(pin.get()).matches()) {
            section.problem("pin is required, an output such as \"PA5\"");
        } else if (outputs.putIfAbsent(pin.get(), name) != null) {
            section.problem("pin", "pin " + pin.get() + " is there twice");
        }
    }

    private Optional<AnalogEvent> analog(Section section) {
        Optional<String> converter = section.word("converter", CONVERTERS);
        int channel = section.integer("channel", 0, 23).orElse(-1);
        int millivolts =
                section.integer("millivolts", 0, AnalogEvent.REFERENCE_MILLIVOLTS).orElse(-1);
        Schedule when = schedule(section);
        section.rejectOthers();
        if (!section.has("converter") || !section.has("channel") || !section.has("millivolts")) {
            section.problem(
                    "converter, channel and millivolts are required: converter = \"ADC1\", channel"
                            + " = 5, millivolts = 1650");
        }
        return converter
                .filter(c -> channel >= 0 && millivolts >= 0)
                .map(c -> new AnalogEvent(c, channel, millivolts, when));
    }

    private Optional<SerialInput> serial(Section section) {
        Optional<String> port = section.word("port", Hardware.SERIAL_PORTS);
        Bytes content = contents.read(section, "text", "file", MAX_SERIAL_BYTES);
        Optional<String> error = section.word("error", List.of("parity", "framing", "noise"));
        boolean held = section.flag("waits").orElse(false);
        Schedule when = schedule(section);
        section.rejectOthers();
        if (!section.has("port") || content.isEmpty()) {
            section.problem(
                    "port and text (or file) are required: port = \"USART2\", text ="
                            + " \"hello\\n\"");
            return Optional.empty();
        }
        return port.map(
                p ->
                        new SerialInput(
                                p,
                                content,
                                error.map(
                                                e ->
                                                        SerialInput.Error.valueOf(
                                                                e.toUpperCase(Locale.ROOT)))
                                        .orElse(SerialInput.Error.NONE),
                                held,
                                when));
    }

    private Optional<SpiDevice> spi(Section section) {
        Optional<String> bus = section.word("bus", SPI_BUSES);
        Optional<String> select = section.text("select").map(p -> p.toUpperCase(Locale.ROOT));
        if (select.isPresent() && !PIN.matcher(select.get()).matches()) {
            section.problem("select", "select must be a pin such as \"PA4\"");
        }
        boolean loopback = section.flag("loopback").orElse(false);
        int readMask = section.integer("read_mask", 0, 0xFF).orElse(0);
        int numberMask = section.integer("number_mask", 1, 0xFF).orElse(0xFF & ~readMask);
        Map<Integer, Integer> registers = section.registers("registers", 0xFF, 1);
        if (!registers.isEmpty() && readMask == 0) {
            section.problem(
                    "registers",
                    "registers need read_mask, the bits that are set in a first byte that reads:"
                            + " read_mask = 0x80");
        }
        List<Reply> replies = I2cModelReader.replies(section, List.of());
        section.rejectOthers();
        if (!section.has("bus")) {
            section.problem("bus is required: bus = \"SPI1\"");
        }
        return bus.map(
                b -> new SpiDevice(b, select, loopback, replies, readMask, numberMask, registers));
    }
}
