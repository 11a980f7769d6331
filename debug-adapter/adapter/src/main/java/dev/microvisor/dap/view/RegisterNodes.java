package dev.microvisor.dap.view;

import dev.microvisor.emulator.machine.Registers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The core's registers: r0 to pc, then those that exist only by name. Names are small, as gdb has
 * them, because RTOS views look for {@code xpsr}.
 */
public final class RegisterNodes {
    static final List<String> CORE =
            List.of(
                    "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12",
                    "sp", "lr", "pc");

    private final Registers registers;

    public RegisterNodes(Registers registers) {
        this.registers = registers;
    }

    /** One row a register; floating-point registers are a group of their own. */
    public List<Node> nodes() {
        List<Node> rows = new ArrayList<>();
        for (int i = 0; i < CORE.size(); i++) {
            rows.add(row(CORE.get(i), registers.get(i)));
        }
        rows.add(row("xpsr", registers.xpsr()));
        rows.add(row("msp", registers.msp()));
        rows.add(row("psp", registers.psp()));
        List<Node> floats = new ArrayList<>();
        for (String name : registers.names()) {
            String small = name.toLowerCase(Locale.ROOT);
            if (small.matches("s\\d+")) {
                float value = Float.intBitsToFloat(registers.named(name));
                floats.add(row(small, registers.named(name)).named(small).typed("float " + value));
            } else if (!CORE.contains(small)
                    && !List.of("xpsr", "msp", "psp").contains(small)
                    && !small.matches("r\\d+")) {
                rows.add(row(small, registers.named(name)));
            }
        }
        if (!floats.isEmpty()) {
            rows.add(Node.group("floating point", "", floats));
        }
        return rows;
    }

    static Node row(String name, int value) {
        return Node.leaf(name, String.format("0x%08x", value))
                .typed("uint32_t")
                .evaluatedBy("$" + name)
                .ofKind(Node.Kind.DATA);
    }

    /** The row of a register that a person wrote; {@code $} in front is allowed. */
    public Optional<Node> node(String written) {
        return value(written).map(v -> row(written.replace("$", ""), v));
    }

    /** Number or name of a register that a person wrote; {@code $} in front is allowed. */
    public Optional<Integer> value(String written) {
        return find(written).map(Access::value);
    }

    /** False when there is no such register. */
    public boolean set(String written, int value) {
        Optional<Access> access = find(written);
        access.ifPresent(a -> a.set(value));
        return access.isPresent();
    }

    private interface Access {
        int value();

        void set(int value);
    }

    private Optional<Access> find(String written) {
        String name = written.replace("$", "").toLowerCase(Locale.ROOT);
        int number =
                switch (name) {
                    case "r13" -> Registers.SP;
                    case "r14" -> Registers.LR;
                    case "r15" -> Registers.PC;
                    default -> CORE.indexOf(name);
                };
        if (number >= 0) {
            return Optional.of(
                    new Access() {
                        @Override
                        public int value() {
                            return registers.get(number);
                        }

                        @Override
                        public void set(int value) {
                            registers.set(number, value);
                        }
                    });
        }
        return registers.names().stream()
                .filter(n -> n.equalsIgnoreCase(name))
                .findFirst()
                .map(this::named);
    }

    private Access named(String name) {
        return new Access() {
            @Override
            public int value() {
                return registers.named(name);
            }

            @Override
            public void set(int value) {
                registers.setNamed(name, value);
            }
        };
    }
}
