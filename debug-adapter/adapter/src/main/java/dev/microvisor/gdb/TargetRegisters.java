package dev.microvisor.gdb;

import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.gdb.GuestTasks.SavedRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * The registers in the stub's numbering and the description of them that gdb reads. Sections
 * "Target Descriptions" and "ARM Features" of the GDB manual.
 */
final class TargetRegisters {
    private static final String CORE = "org.gnu.gdb.arm.m-profile";
    private static final String SYSTEM = "org.gnu.gdb.arm.m-system";
    private static final String FLOAT = "org.gnu.gdb.arm.vfp";
    private static final String OURS = "dev.microvisor.system";
    private static final int DOUBLE_REGISTERS = 16;

    private final Registers registers;
    private final List<Row> rows = new ArrayList<>();

    TargetRegisters(Registers registers) {
        this.registers = registers;
        for (int i = 0; i < 13; i++) {
            core("r" + i, i, "int");
        }
        core("sp", Registers.SP, "data_ptr");
        core("lr", Registers.LR, "int");
        core("pc", Registers.PC, "code_ptr");
        rows.add(
                new Row(
                        CORE,
                        "xpsr",
                        "int",
                        registers::xpsr,
                        value -> registers.setNamed("XPSR", value)));
        named(SYSTEM, "msp", "data_ptr");
        named(SYSTEM, "psp", "data_ptr");
        List<String> known = registers.names();
        for (String name : List.of("PRIMASK", "BASEPRI", "FAULTMASK", "CONTROL")) {
            named(SYSTEM, name.toLowerCase(java.util.Locale.ROOT), "int");
        }
        for (String name : List.of("MSPLIM", "PSPLIM")) {
            if (known.contains(name)) {
                named(OURS, name.toLowerCase(java.util.Locale.ROOT), "data_ptr");
            }
        }
        if (known.contains("FPSCR")) {
            for (int i = 0; i < 2 * DOUBLE_REGISTERS; i++) {
                named(FLOAT, "s" + i, "ieee_single");
            }
            named(FLOAT, "fpscr", "int");
        }
    }

    private void core(String name, int number, String type) {
        rows.add(
                new Row(
                        CORE,
                        name,
                        type,
                        () -> registers.get(number),
                        value -> registers.set(number, value)));
    }

    private void named(String feature, String name, String type) {
        String ours = name.toUpperCase(java.util.Locale.ROOT);
        rows.add(
                new Row(
                        feature,
                        name,
                        type,
                        () -> registers.named(ours),
                        value -> registers.setNamed(ours, value)));
    }

    int count() {
        return wire().size();
    }

    String read(int number) throws BadCommandException {
        return at(number).hex();
    }

    void write(int number, String hex) throws BadCommandException {
        at(number).write(hex);
    }

    /** A register of a task that is not on the core: what it did not save is not known. */
    String read(int number, SavedRegisters saved) throws BadCommandException {
        return at(number).hex(saved);
    }

    /** All registers of such a task. */
    String readAll(SavedRegisters saved) {
        return wire().stream().map(wire -> wire.hex(saved)).collect(Collectors.joining());
    }

    /** All registers of a {@code g} reply. */
    String readAll() {
        return wire().stream().map(Wire::hex).collect(Collectors.joining());
    }

    void writeAll(String hex) throws BadCommandException {
        int at = 0;
        for (Wire wire : wire()) {
            if (at + wire.digits() > hex.length()) {
                return;
            }
            wire.write(hex.substring(at, at + wire.digits()));
            at += wire.digits();
        }
    }

    private Wire at(int number) throws BadCommandException {
        List<Wire> wire = wire();
        if (number < 0 || number >= wire.size()) {
            throw new BadCommandException("no register " + number);
        }
        return wire.get(number);
    }

    /** What stands on the wire: gdb wants the double registers, each a pair of ours. */
    private List<Wire> wire() {
        List<Wire> wire = new ArrayList<>();
        Row low = null;
        for (Row row : rows) {
            if (!row.type.equals("ieee_single")) {
                wire.add(new Wire(row, null));
            } else if (low == null) {
                low = row;
            } else {
                wire.add(new Wire(low, row));
                low = null;
            }
        }
        return wire;
    }

    /** The {@code target.xml} that a client asks for. */
    String description() {
        StringBuilder xml =
                new StringBuilder(
                                "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n")
                        .append("<target version=\"1.0\">\n<architecture>arm</architecture>\n");
        String feature = "";
        int number = 0;
        int doubles = 0;
        for (Wire wire : wire()) {
            if (!wire.low.feature.equals(feature)) {
                xml.append(feature.isEmpty() ? "" : "</feature>\n");
                feature = wire.low.feature;
                xml.append("<feature name=\"").append(feature).append("\">\n");
            }
            String name = wire.high == null ? wire.low.name : "d" + doubles++;
            String type = wire.high == null ? wire.low.type : "ieee_double";
            xml.append("<reg name=\"")
                    .append(name)
                    .append("\" bitsize=\"")
                    .append(wire.digits() * 4)
                    .append("\" type=\"")
                    .append(type)
                    .append("\" regnum=\"")
                    .append(number++)
                    .append("\"/>\n");
        }
        return xml.append("</feature>\n</target>\n").toString();
    }

    /** Writes a register. */
    @FunctionalInterface
    private interface Setter {
        void set(int value);
    }

    private record Row(String feature, String name, String type, IntSupplier get, Setter set) {}

    /** One register of the protocol: one of ours, or two that make a double register. */
    private record Wire(Row low, Row high) {
        int digits() {
            return high == null ? 8 : 16;
        }

        String hex() {
            String first = Hex.word(low.get.getAsInt());
            return high == null ? first : first + Hex.word(high.get.getAsInt());
        }

        String hex(SavedRegisters saved) {
            String first = known(saved.get(low.name));
            return high == null ? first : first + known(saved.get(high.name));
        }

        private static String known(OptionalInt value) {
            return value.isPresent() ? Hex.word(value.getAsInt()) : "xxxxxxxx";
        }

        void write(String hex) throws BadCommandException {
            if (hex.length() != digits()) {
                throw new BadCommandException("a register of " + digits() + " digits, not " + hex);
            }
            low.set.set(Hex.word(hex.substring(0, 8)));
            if (high != null) {
                high.set.set(Hex.word(hex.substring(8)));
            }
        }
    }
}
