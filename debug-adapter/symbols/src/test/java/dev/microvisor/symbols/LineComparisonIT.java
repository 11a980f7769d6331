package dev.microvisor.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.stop.BreakpointPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares lines, breakpoint addresses and symbols with gdb, readelf and nm. */
class LineComparisonIT {
    private static final Pattern DECODED_ROW =
            Pattern.compile("^(\\S+)\\s+(\\d+|-)\\s+(0x[0-9a-f]+|0)(\\s+.*)?$");

    private static final Pattern BREAKPOINT =
            Pattern.compile("Breakpoint \\d+ at 0x([0-9a-f]+)(?::.*line (\\d+)\\.)?.*");

    @ParameterizedTest
    @CsvSource({
        "flow.c,-O0,-gdwarf-4",
        "flow.c,-O2,-gdwarf-5",
        "types.c,-Og,-gdwarf-5",
        "types.c,-Os,-gdwarf-4",
        "classes.cpp,-O2,-gdwarf-5",
    })
    void everyRowThatReadelfDecodesIsAPlaceOfItsLine(String source, String level, String dwarf)
            throws IOException {
        Path elf = Toolchain.compile(source, "-g", dwarf, level);
        Program program = Program.open(elf);
        String text =
                Toolchain.run(
                        List.of(
                                "arm-none-eabi-readelf",
                                "--debug-dump=decodedline",
                                "-W",
                                elf.toString()));
        int compared = 0;
        for (String row : text.split("\n")) {
            Matcher matcher = DECODED_ROW.matcher(row);
            if (!matcher.matches() || matcher.group(2).equals("-")) {
                continue;
            }
            long address = Long.decode(matcher.group(3));
            boolean isStatement = row.matches(".*\\bx(\\s+END)?$");
            if (!isStatement || row.endsWith("END")) {
                continue;
            }
            int line = Integer.parseInt(matcher.group(2));
            SourceFile file = fileNamed(program, matcher.group(1));
            boolean found =
                    program.breakpointLocations(file, line, line).stream()
                            .anyMatch(location -> location.address() == address);
            // gdb's rules leave out rows that repeat a line, and those of a file that another
            // file's row at the same address hides.
            boolean leftOut =
                    program.lineAt(address)
                            .filter(at -> !at.file().equals(file) || at.line() == line)
                            .isPresent();
            assertTrue(found || leftOut, row);
            compared++;
        }
        assertTrue(compared > 30, "compared " + compared + " rows");
    }

    private static SourceFile fileNamed(Program program, String name) {
        return program.sourceFiles().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "flow.c,-O0,-gdwarf-5",
        "flow.c,-Og,-gdwarf-4",
        "flow.c,-O2,-gdwarf-5",
        "flow.c,-Os,-gdwarf-4",
        "types.c,-O0,-gdwarf-4",
        "types.c,-O2,-gdwarf-5",
        "classes.cpp,-O0,-gdwarf-5",
        "classes.cpp,-Os,-gdwarf-4",
    })
    void breakpointsOnEveryLineAreWhereGdbPutsThem(String source, String level, String dwarf)
            throws IOException {
        Toolchain.need("gdb-multiarch", "gdb-multiarch");
        Path elf = Toolchain.compile(source, "-g", dwarf, level);
        Program program = Program.open(elf);
        SourceFile file = fileNamed(program, source);
        List<String> command = new ArrayList<>(List.of("gdb-multiarch", "-batch", "-nx"));
        command.add(elf.toString());
        int lines = Files.readAllLines(Toolchain.PROGRAMS.resolve(source)).size();
        for (int line = 1; line <= lines; line++) {
            command.addAll(List.of("-ex", "echo line " + line + "\\n"));
            command.addAll(
                    List.of("-ex", "break " + source + ":" + line, "-ex", "info breakpoints"));
            command.addAll(List.of("-ex", "delete"));
        }
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (String part : Toolchain.run(command).split("(?m)^line ")) {
            Matcher start = Pattern.compile("^(\\d+)\n").matcher(part);
            if (!start.find()) {
                continue;
            }
            TreeSet<String> theirs = new TreeSet<>();
            Matcher address = Pattern.compile("(?m)^[0-9.]+ .*?\\b(0x[0-9a-f]{8}) ").matcher(part);
            while (address.find()) {
                theirs.add(address.group(1));
            }
            TreeSet<String> ours = new TreeSet<>();
            int line = Integer.parseInt(start.group(1));
            for (BreakpointPlace place : program.breakpointsOnLine(file, line)) {
                ours.add(String.format("0x%08x", place.address()));
            }
            compared += theirs.size();
            if (!ours.equals(theirs)) {
                differences.add("line " + line + ": ours " + ours + ", gdb " + theirs);
            }
        }
        assertEquals("", String.join("\n", differences));
        assertTrue(compared > 40, "compared " + compared + " breakpoints");
    }

    @ParameterizedTest
    @CsvSource({
        "flow.c,-O0,-gdwarf-5",
        "flow.c,-Og,-gdwarf-4",
        "flow.c,-O2,-gdwarf-5",
        "types.c,-O0,-gdwarf-4",
        "types.c,-Os,-gdwarf-5",
    })
    void breakpointsOnFunctionsAreWhereGdbPutsThem(String source, String level, String dwarf)
            throws IOException {
        Toolchain.need("gdb-multiarch", "gdb-multiarch");
        Path elf = Toolchain.compile(source, "-g", dwarf, level);
        Program program = Program.open(elf);
        List<String> names = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("gdb-multiarch", "-batch", "-nx"));
        command.add(elf.toString());
        for (Symbol symbol : program.symbols().functions().values()) {
            if (program.functionAt(symbol.address()).isPresent()) {
                names.add(symbol.name());
                command.addAll(List.of("-ex", "break *0", "-ex", "break " + symbol.name()));
            }
        }
        List<String> answers =
                Toolchain.run(command)
                        .lines()
                        .filter(line -> line.startsWith("Breakpoint") && !line.endsWith("at 0x0"))
                        .toList();
        assertEquals(names.size(), answers.size());
        for (int i = 0; i < names.size(); i++) {
            Matcher matcher = BREAKPOINT.matcher(answers.get(i));
            assertTrue(matcher.matches(), answers.get(i));
            long expected = Long.parseLong(matcher.group(1), 16);
            long actual = program.breakpointsOnFunction(names.get(i)).get(0).address();
            assertEquals(Long.toHexString(expected), Long.toHexString(actual), names.get(i));
            // Of a weak function and the strong one in its place, the linker knows the strong one.
            BreakpointPlace linked = program.startOfLinked(names.get(i)).orElseThrow();
            assertTrue(
                    program.breakpointsOnFunction(names.get(i)).stream()
                            .anyMatch(place -> place.address() == linked.address()),
                    names.get(i));
        }
    }

    @Test
    void addressesHaveTheLinesThatGdbGivesThem() throws IOException {
        Toolchain.need("gdb-multiarch", "gdb-multiarch");
        for (String level : List.of("-O0", "-O2")) {
            Path elf = Toolchain.compile("flow.c", "-g", "-gdwarf-5", level);
            Program program = Program.open(elf);
            List<Long> addresses = new ArrayList<>();
            List<String> command = new ArrayList<>(List.of("gdb-multiarch", "-batch", "-nx"));
            command.add(elf.toString());
            Symbol main = program.symbols().named("main").orElseThrow();
            Symbol sum = program.symbols().named("sum").orElseThrow();
            for (Symbol function : List.of(main, sum)) {
                for (long at = function.address();
                        at < program.symbols().endOf(function);
                        at += 2) {
                    addresses.add(at);
                    command.addAll(List.of("-ex", String.format("info line *0x%x", at)));
                }
            }
            List<String> answers =
                    Toolchain.run(command)
                            .lines()
                            .filter(line -> line.startsWith("Line "))
                            .toList();
            assertEquals(addresses.size(), answers.size());
            for (int i = 0; i < addresses.size(); i++) {
                Optional<SourceLine> line = program.lineAt(addresses.get(i));
                String expected = answers.get(i).split(" ")[1];
                String end = answers.get(i).replaceAll(".*ends at 0x([0-9a-f]+) .*", "$1");
                assertEquals(expected, String.valueOf(line.get().line()), answers.get(i));
                assertEquals(end, Long.toHexString(line.get().end()), answers.get(i));
            }
        }
    }

    @Test
    void symbolsAreThoseOfNm() throws IOException {
        Path elf = Toolchain.compile("flow.c", "-g", "-gdwarf-5", "-O2");
        Program program = Program.open(elf);
        String text = Toolchain.run(List.of("arm-none-eabi-nm", "--defined-only", elf.toString()));
        int functions = 0;
        for (String row : text.split("\n")) {
            String[] parts = row.split(" ");
            if (parts[1].equalsIgnoreCase("t") && !parts[2].startsWith("$")) {
                long address = Long.parseLong(parts[0], 16) & ~1L;
                Symbol symbol = program.symbols().named(parts[2]).orElseThrow();
                assertEquals(address, symbol.value() & ~1L, row);
                functions++;
            }
        }
        assertTrue(functions > 15, "compared " + functions + " functions");
    }
}
