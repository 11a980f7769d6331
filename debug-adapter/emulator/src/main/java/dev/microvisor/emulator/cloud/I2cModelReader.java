package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.ClockRegisters;
import dev.microvisor.emulator.cloud.hardware.I2cModel;
import dev.microvisor.emulator.cloud.hardware.Quantity;
import dev.microvisor.emulator.cloud.hardware.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what a device does: the table of the device, and behind it that of a ready-made model,
 * whose keys count where the device says nothing.
 */
final class I2cModelReader {
    /** Largest memory, all that two bytes can number. */
    static final int MAX_BYTES = 1 << 16;

    private static final double MOST = 1e9;

    private final Section own;
    private final Optional<Section> ready;
    private final HardwareReader.Contents contents;

    I2cModelReader(Section own, Optional<Section> ready, HardwareReader.Contents contents) {
        this.own = own;
        this.ready = ready;
        this.contents = contents;
    }

    I2cModel read() {
        I2cModel.Numbers numbers = numbers();
        Map<Integer, Integer> registers = new TreeMap<>();
        int highest = numbers.size() / numbers.valueBytes() - 1;
        ready.ifPresent(
                r -> registers.putAll(r.registers("registers", highest, numbers.valueBytes())));
        registers.putAll(own.registers("registers", highest, numbers.valueBytes()));
        addFile(registers, numbers);
        List<Quantity> quantities = new ArrayList<>();
        List<Reply> replies = new ArrayList<>();
        for (Section table : tables()) {
            quantities.addAll(quantities(table, numbers));
            replies.addAll(replies(table, quantities.stream().map(Quantity::name).toList()));
        }
        return new I2cModel(
                numbers,
                registers,
                replies,
                with("word_crc").integer("word_crc", 0, 0xFF),
                quantities,
                writing(numbers),
                clock(numbers),
                with("shown").text("shown"));
    }

    /** The device's own table first. */
    private List<Section> tables() {
        return ready.map(r -> List.of(own, r)).orElse(List.of(own));
    }

    /** The table that says something about a key. */
    private Section with(String key) {
        return own.has(key) ? own : ready.orElse(own);
    }

    private I2cModel.Numbers numbers() {
        int numberBytes = with("register_bytes").integer("register_bytes", 0, 2).orElse(1);
        int valueBytes = with("value_bytes").integer("value_bytes", 1, 4).orElse(1);
        int highest = numberBytes == 2 ? 0xFFFF : 0xFF;
        int mask = with("number_mask").integer("number_mask", 1, highest).orElse(highest);
        int countUp = with("count_up_mask").integer("count_up_mask", 1, highest).orElse(0);
        int all = (highest + 1) * valueBytes;
        int size = with("size_bytes").integer("size_bytes", 1, all).orElse(all);
        return new I2cModel.Numbers(numberBytes, valueBytes, mask, countUp, size);
    }

    /** What a memory holds at first. */
    private void addFile(Map<Integer, Integer> registers, I2cModel.Numbers numbers) {
        if (own.has("file")) {
            Bytes bytes = contents.read(own, "", "file", Math.min(MAX_BYTES, numbers.size()));
            for (int i = 0; i < bytes.size(); i++) {
                registers.put(i, bytes.at(i));
            }
        }
    }

    private I2cModel.Writing writing(I2cModel.Numbers numbers) {
        Set<Integer> readOnly = new HashSet<>();
        for (int number : with("read_only").integers("read_only", 0, 0xFFFF)) {
            for (int i = 0; i < numbers.valueBytes(); i++) {
                readOnly.add(numbers.first(number) + i);
            }
        }
        return new I2cModel.Writing(
                readOnly,
                with("clearing").registers("clearing", 0xFFFF, numbers.valueBytes()),
                with("resets").registers("resets", 0xFFFF, numbers.valueBytes()),
                with("page_bytes").integer("page_bytes", 1, MAX_BYTES).orElse(0),
                with("busy_ms").integer("busy_ms", 1, 60_000).orElse(0),
                with("locked").flag("locked").orElse(false));
    }

    private Optional<ClockRegisters> clock(I2cModel.Numbers numbers) {
        Section table = with("clock_registers");
        List<Integer> places =
                table.integers("clock_registers", 0, 0xFF).stream().map(numbers::first).toList();
        int sunday = with("sunday").integer("sunday", 0, 7).orElse(7);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        if (places.size() != ClockRegisters.COUNT) {
            table.problem(
                    "clock_registers",
                    "clock_registers are those of second, minute, hour, weekday, day, month, year");
            return Optional.empty();
        }
        return Optional.of(new ClockRegisters(places, sunday));
    }

    // ---------------------------------------------------------------- quantities

    private static List<Quantity> quantities(Section device, I2cModel.Numbers numbers) {
        List<Quantity> all = new ArrayList<>();
        for (Section section : device.sections("quantity")) {
            Optional<String> name = section.text("name");
            OptionalInt register = section.integer("register", 0, 0xFFFF);
            Quantity.Layout layout = layout(section, numbers);
            List<Double> perUnit = section.decimals("per_unit", -MOST, MOST);
            Optional<Quantity.Field> scaledBy = field(section, "scaled_by", numbers);
            Optional<Quantity.Field> selectedBy = field(section, "selected_by", numbers);
            int selectedAs = section.integer("selected_as", 0, 0xFFFF).orElse(0);
            double zero = section.decimal("zero", -MOST, MOST).orElse(0);
            double start = section.decimal("start", -MOST, MOST).orElse(0);
            section.rejectOthers();
            if (name.isEmpty()) {
                section.problem("name is required, with the unit in it: name = \"temperature_c\"");
                continue;
            }
            OptionalInt place =
                    register.isPresent()
                            ? OptionalInt.of(numbers.first(register.getAsInt()))
                            : OptionalInt.empty();
            all.add(
                    new Quantity(
                            name.get(),
                            place,
                            layout,
                            perUnit.isEmpty() ? List.of(1.0) : perUnit,
                            zero,
                            scaledBy,
                            selectedBy,
                            selectedAs,
                            start));
        }
        return all;
    }

    private static Quantity.Layout layout(Section section, I2cModel.Numbers numbers) {
        int bytes =
                section.integer("bytes", 1, Integer.BYTES)
                        .orElse(Math.max(Short.BYTES, numbers.valueBytes()));
        int shift = section.integer("shift", 0, Byte.SIZE * bytes - 1).orElse(0);
        int most = Byte.SIZE * bytes - shift;
        return new Quantity.Layout(
                bytes,
                section.integer("bits", 1, most).orElse(most),
                shift,
                section.flag("signed").orElse(false),
                section.flag("low_byte_first").orElse(false));
    }

    private static Optional<Quantity.Field> field(
            Section quantity, String key, I2cModel.Numbers numbers) {
        return quantity.section(key)
                .flatMap(
                        section -> {
                            OptionalInt register = section.integer("register", 0, 0xFFFF);
                            OptionalInt mask = section.integer("mask", 1, 0xFFFF);
                            section.rejectOthers();
                            if (register.isEmpty() || mask.isEmpty()) {
                                section.problem("register and mask are required");
                                return Optional.empty();
                            }
                            return Optional.of(
                                    new Quantity.Field(
                                            numbers.first(register.getAsInt()),
                                            numbers.valueBytes(),
                                            mask.getAsInt()));
                        });
    }

    // ---------------------------------------------------------------- replies

    /**
     * What a device says after what.
     *
     * @param quantities that may be in a reply
     */
    static List<Reply> replies(Section device, List<String> quantities) {
        List<Reply> replies = new ArrayList<>();
        for (Section reply : device.sections("reply")) {
            Bytes request = reply.bytes("request");
            Bytes response = reply.bytes("response");
            List<String> measures = reply.texts("measures");
            int readyMs = reply.integer("ready_ms", 1, 60_000).orElse(0);
            reply.rejectOthers();
            for (String name : measures) {
                if (!quantities.contains(name)) {
                    reply.problem(
                            "measures",
                            "no [[i2c.quantity]] is called \""
                                    + name
                                    + "\""
                                    + Suggestion.of(name, quantities));
                }
            }
            if (request.isEmpty()) {
                reply.problem("request is required: request = [0x9F], response = [0xEF, 0x40]");
            } else {
                replies.add(new Reply(request, response, measures, readyMs));
            }
        }
        return replies;
    }
}
