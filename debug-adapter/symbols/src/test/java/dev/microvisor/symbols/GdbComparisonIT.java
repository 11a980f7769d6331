package dev.microvisor.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.RecordedStop.GdbFrame;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.scope.Variable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares backtraces, lines and the values of all variables with gdb, at many stops of programs
 * that run in QEMU.
 */
class GdbComparisonIT {
    private static final int STOPS = 120;

    private int compared;

    @ParameterizedTest
    @CsvSource({
        "flow.c,-O0,-gdwarf-5",
        "flow.c,-O0,-gdwarf-4",
        "flow.c,-Og,-gdwarf-5",
        "flow.c,-Og,-gdwarf-4",
        "flow.c,-O2,-gdwarf-5",
        "flow.c,-O2,-gdwarf-4",
        "flow.c,-Os,-gdwarf-5",
        "flow.c,-Os,-gdwarf-4",
        "types.c,-O0,-gdwarf-5",
        "types.c,-O0,-gdwarf-4",
        "types.c,-Og,-gdwarf-5",
        "types.c,-O2,-gdwarf-5",
        "types.c,-O2,-gdwarf-4",
        "types.c,-Os,-gdwarf-4",
        "classes.cpp,-O0,-gdwarf-5",
        "classes.cpp,-Og,-gdwarf-4",
        "classes.cpp,-O2,-gdwarf-5",
        "classes.cpp,-Os,-gdwarf-4",
    })
    void framesAndValuesAreThoseOfGdb(String source, String optimisation, String dwarf)
            throws IOException {
        Toolchain.need("gdb-multiarch", "gdb-multiarch");
        Toolchain.need("qemu-system-arm", "qemu-system-arm");
        Path elf = Toolchain.compile(source, "-g3", dwarf, optimisation);
        Program program = Program.open(elf);
        List<RecordedStop> stops = RecordedStop.read(record(elf), program);
        assertTrue(stops.size() >= 5, "gdb recorded only " + stops.size() + " stops");
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < stops.size(); i++) {
            compare(program, stops.get(i), "stop " + i, differences);
        }
        assertEquals(List.of(), program.problems());
        assertEquals("", String.join("\n", differences));
        assertTrue(compared > 5 * stops.size(), "compared only " + compared + " values");
    }

    private static Path record(Path elf) throws IOException {
        Path output = Path.of(elf + ".stops");
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Process qemu =
                new ProcessBuilder(
                                "qemu-system-arm",
                                "-M",
                                "mps2-an505",
                                "-nographic",
                                "-monitor",
                                "none",
                                "-serial",
                                "none",
                                "-kernel",
                                elf.toString(),
                                "-S",
                                "-gdb",
                                "tcp:127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            Files.deleteIfExists(output);
            // gdb tries again until QEMU listens.
            Toolchain.run(
                    List.of(
                            "gdb-multiarch",
                            "-batch",
                            "-nx",
                            elf.toString(),
                            "-ex",
                            "set tcp connect-timeout 20",
                            "-ex",
                            "source " + Toolchain.PROGRAMS.resolve("oracle.py"),
                            "-ex",
                            "python run(" + port + ", " + STOPS + ", 1, '" + output + "')"));
        } finally {
            qemu.destroy();
        }
        return output;
    }

    private void compare(
            Program program, RecordedStop stop, String where, List<String> differences) {
        List<Frame> ours = withoutJustEntered(program.backtrace(stop).frames(), stop.frames);
        List<GdbFrame> theirs = stop.frames;
        String ourStack = stack(ours);
        String theirStack = stackOf(theirs, ours);
        if (!ourStack.equals(theirStack)) {
            differences.add(where + ": stack\n  ours " + ourStack + "\n  gdb  " + theirStack);
            return;
        }
        for (int i = 0; i < ours.size(); i++) {
            Map<String, String> values = collapsed(values(program, ours.get(i)));
            Map<String, String> expected = collapsed(theirs.get(i).leaves);
            Set<String> names = new HashSet<>(expected.keySet());
            names.addAll(values.keySet());
            for (String name : names) {
                compared++;
                String our = values.getOrDefault(name, "absent");
                String their = expected.getOrDefault(name, "absent");
                if (!our.equals(their)) {
                    differences.add(
                            String.format(
                                    "%s: frame %d %s pc 0x%08x: %s ours %s, gdb %s",
                                    where,
                                    i,
                                    ours.get(i).name(),
                                    ours.get(i).pc(),
                                    name,
                                    our,
                                    their));
                }
            }
        }
    }

    /** A variable of which nothing is known is one "?", whatever its parts. */
    private static Map<String, String> collapsed(Map<String, String> leaves) {
        Map<String, String> result = new LinkedHashMap<>(leaves);
        Set<String> known = new HashSet<>();
        leaves.forEach(
                (path, text) -> {
                    if (!text.equals("?")) {
                        known.add(path.split("[.\\[]")[0]);
                    }
                });
        for (String path : leaves.keySet()) {
            String name = path.split("[.\\[]")[0];
            if (!known.contains(name)) {
                result.remove(path);
                result.put(name, "?");
            }
        }
        return result;
    }

    /** After a step to the first instruction of an inlined call gdb shows its caller first. */
    private static List<Frame> withoutJustEntered(List<Frame> ours, List<GdbFrame> theirs) {
        int inlined = 0;
        while (ours.get(inlined).kind() == Frame.Kind.INLINED) {
            inlined++;
        }
        int hidden = Math.max(0, Math.min(inlined, ours.size() - theirs.size()));
        return ours.subList(hidden, ours.size());
    }

    private static String stack(List<Frame> frames) {
        StringBuilder text = new StringBuilder();
        for (Frame frame : frames) {
            boolean hasLine = frame.kind() != Frame.Kind.EXCEPTION;
            text.append(frame.kind() == Frame.Kind.EXCEPTION ? "exception" : nameOf(frame));
            if (frame.kind() != Frame.Kind.TAIL_CALL && hasLine) {
                text.append(':').append(frame.position().map(at -> at.line()).orElse(0));
            }
            text.append(' ');
        }
        return text.toString();
    }

    /** The functions of libgcc, in assembly, have several names each: any of them will do. */
    private static String nameOf(Frame frame) {
        boolean library = frame.function().isEmpty() || frame.name().startsWith("__");
        String name = library ? "?" : frame.name();
        return name.replaceAll("\\(.*", "").replace("short int", "short").replace(' ', '_');
    }

    private static String stackOf(List<GdbFrame> frames, List<Frame> ours) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frames.size(); i++) {
            GdbFrame frame = frames.get(i);
            boolean exception = frame.kind.equals("exception");
            boolean nameless = i < ours.size() && nameOf(ours.get(i)).equals("?");
            String name = nameless ? "?" : frame.name.replaceAll("\\(.*", "");
            text.append(exception ? "exception" : name);
            if (!exception && !frame.kind.equals("tail")) {
                text.append(':').append(frame.line);
            }
            text.append(' ');
        }
        return text.toString();
    }

    private static Map<String, String> values(Program program, Frame frame) {
        Map<String, String> leaves = new LinkedHashMap<>();
        List<Variable> variables = new ArrayList<>(program.parameters(frame));
        variables.addAll(program.locals(frame));
        for (Variable variable : variables) {
            if (!variable.shadowed()) {
                ValueLeaves.add(variable.name(), program.value(variable, frame), leaves);
            }
        }
        return leaves;
    }
}
