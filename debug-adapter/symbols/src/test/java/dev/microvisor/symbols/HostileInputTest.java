package dev.microvisor.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.elf.ElfBytes;
import dev.microvisor.symbols.elf.ElfFormatException;
import dev.microvisor.symbols.expression.ExpressionException;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.scope.Variable;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.value.ValueFormat;
import dev.microvisor.symbols.value.ValueNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files end in messages: never in another exception, an endless loop, or all memory. */
class HostileInputTest {
    private static final int MUTATIONS = 150;
    private static final long SEED = 20261121;

    /** Asks a program for everything it knows. */
    private static void exercise(byte[] bytes) {
        Program program;
        try {
            program = Program.parse(bytes, "damaged.elf");
        } catch (ElfFormatException e) {
            assertTrue(e.getMessage().contains("damaged.elf"), e.getMessage());
            return;
        }
        for (SourceFile file : program.sourceFiles()) {
            program.breakpointsOnLine(file, 10);
        }
        program.breakpointsOnFunction("use");
        program.startOfLinked("use");
        FrameContext registers = registersAt(program, "use");
        for (Frame frame : program.backtrace(registers).frames()) {
            for (Variable variable : program.parameters(frame)) {
                show(program, program.value(variable, frame).type().toString());
                node(program, variable, frame);
            }
            for (Variable variable : program.locals(frame)) {
                node(program, variable, frame);
            }
        }
        for (Variable global : program.globals()) {
            ValueNode node =
                    program.renderer(ValueFormat.NATURAL)
                            .node(
                                    global.name(),
                                    program.value(global, program::storedBytes),
                                    global.name());
            show(program, node.text());
            node.children(0, 20).forEach(child -> show(program, child.text()));
        }
        for (String expression : List.of("first_node.next->at[1].x", "(node_t *)8", "BLUE + 1")) {
            try {
                program.evaluate(expression, registers);
            } catch (ExpressionException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }

    private static void node(Program program, Variable variable, Frame frame) {
        ValueNode node =
                program.renderer(ValueFormat.HEXADECIMAL)
                        .node(variable.name(), program.value(variable, frame), variable.name());
        show(program, node.text());
        node.children(0, 20).forEach(child -> show(program, child.text()));
    }

    private static void show(Program program, String text) {
        assertFalse(text.isEmpty(), program.name());
    }

    private static FrameContext registersAt(Program program, String function) {
        long pc = program.symbols().named(function).map(symbol -> symbol.address() + 8).orElse(16L);
        return new FrameContext() {
            @Override
            public OptionalInt register(int number) {
                return OptionalInt.of(number == PC ? (int) pc : 0x3800_1000 + 16 * number);
            }

            @Override
            public OptionalInt named(String name) {
                return OptionalInt.of(0);
            }

            @Override
            public byte[] read(long address, int sizeBytes) {
                return program.storedBytes(address, sizeBytes);
            }
        };
    }

    @Test
    void flippedBytesNeverEscapeAsOtherExceptions() throws IOException {
        for (String dwarf : List.of("-gdwarf-4", "-gdwarf-5")) {
            byte[] good =
                    Files.readAllBytes(Toolchain.compileAnywhere("types.c", "-g", dwarf, "-O2"));
            Random random = new Random(SEED);
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] bad = good.clone();
                int changes = 1 + random.nextInt(12);
                for (int j = 0; j < changes; j++) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                String which = dwarf + " mutation " + i + ", seed " + SEED;
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> exercise(bad), which);
            }
        }
    }

    @Test
    void truncatedFilesAreRefusedOrPartlyRead() throws IOException {
        byte[] good =
                Files.readAllBytes(Toolchain.compileAnywhere("types.c", "-g", "-gdwarf-5", "-O2"));
        for (int size = 0; size < good.length; size += good.length / 40) {
            byte[] bad = new byte[size];
            System.arraycopy(good, 0, bad, 0, size);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> exercise(bad), "size " + size);
        }
    }

    @Test
    void aProgramWithoutDebugInformationSaysHowToGetIt() throws IOException {
        Program program = Program.parse(new ElfBytes().bytes(), "plain.elf");
        assertFalse(program.hasDebugInformation());
        assertEquals(1, program.problems().size());
        assertTrue(program.problems().get(0).contains("build with -g"));
    }

    private static ByteBuffer unit(int version) {
        ByteBuffer unit = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        return unit.putInt(60).putShort((short) version);
    }

    @Test
    void aUnitOfUnknownVersionIsNamedAndSkipped() throws IOException {
        byte[] bytes = new ElfBytes().section(".debug_info", 0, unit(9).array()).bytes();
        Program program = Program.parse(bytes, "future.elf");
        assertTrue(
                program.problems().get(0).contains("DWARF version 9"),
                program.problems()::toString);
    }

    @Test
    void anUnknownFormIsNamedAndItsUnitSkipped() throws IOException {
        ByteBuffer unit = unit(4).putInt(0).put((byte) 4).put((byte) 1);
        byte[] abbreviations = {1, 0x11, 0, 0x03, 0x7E, 0, 0, 0};
        byte[] bytes =
                new ElfBytes()
                        .section(".debug_info", 0, unit.array())
                        .section(".debug_abbrev", 0, abbreviations)
                        .bytes();
        Program program = Program.parse(bytes, "form.elf");
        assertTrue(
                program.problems().get(0).contains("unknown attribute form 0x7e"),
                program.problems()::toString);
    }

    @Test
    void aUnitThatIsLongerThanItsSectionIsRefused() throws IOException {
        ByteBuffer unit = unit(4);
        unit.putInt(0, 0x7FFF_0000);
        byte[] bytes = new ElfBytes().section(".debug_info", 0, unit.array()).bytes();
        Program program = Program.parse(bytes, "long.elf");
        assertTrue(
                program.problems().get(0).contains("wanted at offset"),
                program.problems()::toString);
    }
}
