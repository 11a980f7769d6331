package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.I2cEvent;
import dev.microvisor.emulator.cloud.hardware.I2cFault;
import dev.microvisor.emulator.cloud.hardware.I2cModel;
import dev.microvisor.emulator.cloud.hardware.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what a cloud file says about I2C buses: devices, their changes, and faults. */
final class I2cReader {
    private static final List<String> BUSES = List.of("I2C1", "I2C2", "I2C3", "I2C4");

    /** A bus that firmware moves by itself, SCL first. */
    private static final Pattern PINS = Pattern.compile("P[A-I](\\d|1[0-5])/P[A-I](\\d|1[0-5])");

    private static final double MOST = 1e9;
    private static final int MAX_10_BITS = 0x3FF;

    private final HardwareReader.Contents contents;
    private final I2cModels models = I2cModels.read();

    I2cReader(HardwareReader.Contents contents) {
        this.contents = contents;
    }

    /**
     * A device.
     *
     * @param before those that are there already
     */
    Optional<I2cDevice> device(Section own, List<I2cDevice> before) {
        Optional<String> bus = bus(own);
        Optional<Section> ready = model(own);
        if (own.has("model") && ready.isEmpty()) {
            return Optional.empty();
        }
        I2cModelReader reader = new I2cModelReader(own, ready, contents);
        I2cModel model = reader.read();
        if (models.isContradicted()) {
            own.problem("model", "this table and the model contradict each other");
        }
        int address = address(own, ready);
        Map<String, Double> measured = new HashMap<>();
        measured(own, model).forEach((name, values) -> measured.put(name, values.get(0)));
        own.rejectOthers();
        if (!own.has("bus") || (!own.has("address") && ready.isEmpty())) {
            own.problem("bus and address are required: bus = \"I2C1\", address = 0x48");
            return Optional.empty();
        }
        if (bus.filter(I2cReader::isAtPins).isPresent() && own.has("ten_bits")) {
            own.problem("ten_bits", "devices at two pins have addresses of 7 bits");
        }
        if (bus.isPresent() && find(before, bus.get(), address).isPresent()) {
            own.problem("address", "two devices have this address on this bus");
        }
        return bus.filter(b -> address >= 0).map(b -> new I2cDevice(b, address, model, measured));
    }

    private Optional<Section> model(Section own) {
        Optional<String> name = own.text("model");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String wanted = name.get().toUpperCase(Locale.ROOT);
        if (!models.names().contains(wanted)) {
            own.problem(
                    "model",
                    "model \""
                            + name.get()
                            + "\" is not there"
                            + Suggestion.of(wanted, models.names())
                            + "; I2C.md lists all");
            return Optional.empty();
        }
        return models.section(wanted);
    }

    private static boolean isAtPins(String bus) {
        return bus.contains("/");
    }

    private static Optional<String> bus(Section section) {
        Optional<String> bus = section.text("bus").map(b -> b.toUpperCase(Locale.ROOT));
        if (bus.isPresent() && !PINS.matcher(bus.get()).matches() && !BUSES.contains(bus.get())) {
            section.problem(
                    "bus",
                    "bus \""
                            + bus.get()
                            + "\" is unknown"
                            + Suggestion.of(bus.get(), BUSES)
                            + "; a bus that firmware moves by itself is named by its pins, SCL"
                            + " first: \"PB8/PB9\"");
            return Optional.empty();
        }
        return bus;
    }

    private static int address(Section own, Optional<Section> ready) {
        if (own.flag("ten_bits").orElse(false)) {
            return own.integer("address", 0, MAX_10_BITS).orElse(-1 - I2cDevice.TEN_BITS)
                    + I2cDevice.TEN_BITS;
        }
        return own.has("address") || ready.isEmpty() ? address(own) : address(ready.get());
    }

    /** 7 bits; those below 0x08 and above 0x77 have other meanings on the bus. */
    private static int address(Section section) {
        int address = section.integer("address", 0, MAX_10_BITS).orElse(-1);
        if (address > 0x77 && address <= 0xFF && (address & 0x80) != 0 && address >>> 1 <= 0x77) {
            section.problem(
                    "address",
                    String.format(
                            "address 0x%02x is one with the bit for reading in it: give its upper 7"
                                    + " bits, 0x%02x (or ten_bits = true)",
                            address, address >>> 1));
            return -1;
        }
        if (address >= 0 && (address < 0x08 || address > 0x77)) {
            section.problem(
                    "address",
                    String.format(
                            "address must be from 0x08 to 0x77, not 0x%02x; one of 10 bits needs"
                                    + " ten_bits = true",
                            address));
            return -1;
        }
        return address;
    }

    /** Values of quantities, by their names as keys. */
    private static Map<String, List<Double>> measured(Section section, I2cModel model) {
        Map<String, List<Double>> all = new TreeMap<>();
        for (var quantity : model.quantities()) {
            List<Double> values = section.decimals(quantity.name(), -MOST, MOST);
            if (!values.isEmpty()) {
                all.put(quantity.name(), values);
            }
        }
        return all;
    }

    private static Optional<I2cDevice> find(List<I2cDevice> devices, String bus, int address) {
        return devices.stream()
                .filter(d -> d.address() == address && d.bus().equals(bus))
                .findFirst();
    }

    /** A change of one of the devices. */
    Optional<I2cEvent> event(Section section, List<I2cDevice> devices) {
        Optional<String> bus = bus(section);
        Optional<I2cDevice> device = eventDevice(section, bus, devices);
        boolean present = section.flag("present").orElse(true);
        int valueBytes = device.map(d -> d.model().numbers().valueBytes()).orElse(1);
        Map<Integer, Integer> registers = section.registers("registers", 0xFFFF, valueBytes);
        List<Reply> replies = I2cModelReader.replies(section, List.of());
        Map<String, List<Double>> measured =
                device.map(d -> measured(section, d.model())).orElse(Map.of());
        var when = HardwareReader.schedule(section);
        if (device.isEmpty()) {
            return Optional.empty();
        }
        section.rejectOthers();
        I2cDevice d = device.get();
        return Optional.of(
                new I2cEvent(d.bus(), d.address(), present, registers, replies, measured, when));
    }

    private static Optional<I2cDevice> eventDevice(
            Section section, Optional<String> bus, List<I2cDevice> devices) {
        int address = address(section, Optional.empty());
        Optional<I2cDevice> device = bus.flatMap(b -> find(devices, b, address));
        if (device.isEmpty()) {
            section.problem(
                    "address", "no [[i2c]] describes a device with this address on this bus");
        }
        return device;
    }

    /** Something that goes wrong on a bus. */
    Optional<I2cFault> fault(Section section) {
        Optional<String> bus = bus(section);
        List<String> words =
                List.of("nack-address", "nack-data", "arbitration", "bus", "stuck", "stretch");
        Optional<I2cFault.Error> error =
                section.word("error", words)
                        .map(
                                word ->
                                        I2cFault.Error.valueOf(
                                                word.toUpperCase(Locale.ROOT).replace('-', '_')));
        long forUs = HardwareReader.time(section, "for", 1);
        var when = HardwareReader.schedule(section);
        section.rejectOthers();
        if (!section.has("bus") || !section.has("error")) {
            section.problem("bus and error are required: bus = \"I2C1\", error = \"nack-data\"");
        }
        if (error.isPresent() && error.get().lasts() != (forUs > 0)) {
            section.problem(
                    error.get().lasts()
                            ? "\"stuck\" and \"stretch\" need a time: for_ms = 200"
                            : "only \"stuck\" and \"stretch\" last for a time");
        }
        if (bus.filter(I2cReader::isAtPins).isPresent()
                && error.filter(e -> !e.happensAtPins()).isPresent()) {
            section.problem(
                    "error",
                    "a bus that firmware moves by itself has \"nack-address\", \"nack-data\" and"
                            + " \"stuck\" only");
        }
        return bus.filter(b -> error.isPresent())
                .map(b -> new I2cFault(b, error.get(), forUs, when));
    }
}
