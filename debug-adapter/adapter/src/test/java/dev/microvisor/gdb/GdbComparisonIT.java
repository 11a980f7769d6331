package dev.microvisor.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * gdb is attached to our stub and moves through a program; at each stop its backtrace, lines,
 * arguments, locals and globals are compared with ours. The machine is one and the same, so every
 * difference is one of opinion.
 */
class GdbComparisonIT {
    private static final int STOPS = 45;

    private static final long FLASH = 0x0800_0000;

    /** A sample is stopped so often in each of its functions, and as often again a little later. */
    private static final int HITS_EACH = 2;

    @TempDir Path folder;
    private int compared;

    @ParameterizedTest
    @CsvSource({
        "flow.c,-O0,-gdwarf-5",
        "flow.c,-Og,-gdwarf-4",
        "flow.c,-O2,-gdwarf-5",
        "flow.c,-Os,-gdwarf-4",
        "types.c,-O0,-gdwarf-4",
        "types.c,-Og,-gdwarf-5",
        "types.c,-O2,-gdwarf-4",
        "types.c,-Os,-gdwarf-5",
        "pieces.c,-O0,-gdwarf-5",
        "pieces.c,-Og,-gdwarf-5",
        "pieces.c,-O2,-gdwarf-4",
        "pieces.c,-O2,-gdwarf-5",
        "pieces.c,-Os,-gdwarf-4",
        "pieces.c,-Os,-gdwarf-5",
        "classes.cpp,-O0,-gdwarf-4",
        "classes.cpp,-Og,-gdwarf-5",
        "classes.cpp,-O2,-gdwarf-4",
        "classes.cpp,-Os,-gdwarf-5",
        "sensors.cpp,-O0,-gdwarf-5",
        "sensors.cpp,-Og,-gdwarf-5",
        "sensors.cpp,-O2,-gdwarf-4",
        "sensors.cpp,-Os,-gdwarf-5",
        "scopes.cpp,-O0,-gdwarf-5",
        "scopes.cpp,-Og,-gdwarf-4",
        "scopes.cpp,-O2,-gdwarf-5",
        "scopes.cpp,-Os,-gdwarf-4",
    })
    void programsLookAsInGdb(String source, String optimisation, String dwarf) throws Exception {
        GdbClient.need();
        Path elf = ComparedPrograms.program(source, folder, "-g3", dwarf, optimisation);
        // The C++ programs are short once they are optimised.
        int most = source.endsWith(".cpp") ? 4 : 17;
        compare(elf, "step(%d, " + STOPS + ", " + most + ", '%s')", 10);
    }

    /**
     * What the debug information of other builds looks like: other flags of compiler and linker.
     */
    @ParameterizedTest
    @CsvSource({
        "layout.cpp,-O0 -gdwarf-5",
        "layout.cpp,-Og -gdwarf-4",
        "layout.cpp,-O2 -gdwarf-5",
        "layout.cpp,-Os -gdwarf-4",
        "layout.cpp,-O2 -gdwarf-5 -flto",
        "classes.cpp,-O0 -gdwarf-4 -gz",
        "types.c,-O2 -gdwarf-5 -flto -gz",
        "flow.c,-Os -gdwarf-4 -flto",
    })
    void otherBuildsLookAsInGdb(String source, String flags) throws Exception {
        GdbClient.need();
        List<String> all = new ArrayList<>(List.of("-g3"));
        all.addAll(List.of(flags.split(" ")));
        // Assembly calls main, which the optimiser of the whole program does not see.
        all.add("-Wl,-u,main");
        Path elf = ComparedPrograms.program(source, folder, all.toArray(String[]::new));
        int most = source.endsWith(".cpp") ? 4 : 17;
        compare(elf, "step(%d, " + STOPS + ", " + most + ", '%s')", 10);
    }

    @ParameterizedTest
    @CsvSource({
        "config-fetch,-O0,-gdwarf-5",
        "config-fetch,-Og,-gdwarf-4",
        "config-fetch,-O2,-gdwarf-5",
        "config-fetch,-Os,-gdwarf-4",
        "mistakes,-O0,-gdwarf-5",
        "mistakes,-O2,-gdwarf-5",
        "http-request,-O0,-gdwarf-4",
        "http-request,-Og,-gdwarf-5",
        "http-request,-O2,-gdwarf-4",
        "http-request,-Os,-gdwarf-5",
    })
    void samplesLookAsInGdb(String sample, String optimisation, String dwarf) throws Exception {
        GdbClient.need();
        Path elf = ComparedPrograms.sample(sample, folder, "-g3", dwarf, optimisation);
        String functions =
                String.join("', '", ComparedPrograms.functionsOf(elf, "/" + sample + "/"));
        compare(
                elf,
                "visit(%d, " + STOPS + ", " + HITS_EACH + ", '%s', ['" + functions + "'])",
                20);
    }

    private void compare(Path elf, String script, int fewestStops) throws Exception {
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(elf, Optional.empty(), Optional.empty()),
                        EmulatedBoard::new);
        OpinionOfOurs ours = new OpinionOfOurs(target);
        List<Opinion> our = new ArrayList<>();
        Path said = folder.resolve("gdb.txt");
        GdbClient.run(
                target,
                command -> {
                    our.add(ours.now());
                    return "noted";
                },
                elf,
                port -> script.formatted(port, said));
        List<Opinion> their = Opinion.read(said);
        assertEquals(their.size(), our.size());
        assertTrue(our.size() >= fewestStops, "only " + our.size() + " stops");
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < our.size(); i++) {
            compare("stop " + i, our.get(i), their.get(i), differences);
        }
        assertEquals(List.of(), target.program().problems());
        Files.deleteIfExists(said);
        assertEquals("", String.join("\n", differences));
        assertTrue(compared > 5 * our.size(), "compared only " + compared + " values");
    }

    private void compare(String where, Opinion our, Opinion their, List<String> differences) {
        List<Opinion.Seen> ours = withoutJustEntered(our.frames, their.frames);
        String ourStack = stack(ours, ours);
        String theirStack = stack(their.frames, ours);
        if (!ourStack.equals(theirStack)) {
            differences.add(where + ": stack\n  ours " + ourStack + "\n  gdb  " + theirStack);
            return;
        }
        for (int i = 0; i < ours.size(); i++) {
            compare(
                    where + ": frame " + i + " " + ours.get(i).name,
                    ours.get(i).leaves,
                    their.frames.get(i).leaves,
                    differences);
        }
        compare(where + ": global", our.globals, their.globals, differences);
    }

    private void compare(
            String where,
            Map<String, String> our,
            Map<String, String> their,
            List<String> differences) {
        Map<String, String> values = collapsed(our);
        Map<String, String> expected = collapsed(their);
        Set<String> names = new HashSet<>(expected.keySet());
        names.addAll(values.keySet());
        for (String name : names) {
            compared++;
            String ourValue = values.getOrDefault(name, "absent");
            String theirValue = expected.getOrDefault(name, "absent");
            if (!ourValue.equals(theirValue)
                    && !isPointerToMember(name)
                    && !isRightAgainstGdb(where, name, ourValue)) {
                differences.add(where + ": " + name + " ours " + ourValue + ", gdb " + theirValue);
            }
        }
    }

    /**
     * gdb 13 gives the parameter {@code url} of {@code exchange}, known by its value at entry, an
     * address on the stack when there are frames below it. It is a text in flash, as ours says.
     */
    private static boolean isRightAgainstGdb(String where, String name, String our) {
        return where.endsWith(" exchange")
                && name.equals("url")
                && Long.parseLong(our) >>> 20 == FLASH >>> 20;
    }

    /** gdb's script leaves them out; ours are plain numbers. The one in these programs. */
    private static boolean isPointerToMember(String name) {
        return name.equals("measure");
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
    private static List<Opinion.Seen> withoutJustEntered(
            List<Opinion.Seen> ours, List<Opinion.Seen> theirs) {
        int inlined = 0;
        while (ours.get(inlined).kind.equals("inline")) {
            inlined++;
        }
        int hidden = Math.max(0, Math.min(inlined, ours.size() - theirs.size()));
        return ours.subList(hidden, ours.size());
    }

    /** Frames without a name of ours have any name in gdb. */
    private static String stack(List<Opinion.Seen> frames, List<Opinion.Seen> ours) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frames.size(); i++) {
            Opinion.Seen frame = frames.get(i);
            if (frame.kind.equals("exception")) {
                text.append("exception ");
                continue;
            }
            boolean nameless = i < ours.size() && ours.get(i).name.equals("?");
            text.append(nameless ? "?" : name(frame));
            if (!frame.kind.equals("tail")) {
                text.append(':').append(frame.line);
            }
            text.append(' ');
        }
        return text.toString();
    }

    private static String name(Opinion.Seen frame) {
        return frame.name
                .replaceAll("\\(.*", "")
                .replaceAll("(\\d)u>", "$1>")
                .replace("short int", "short")
                .replace("short_int", "short")
                .replace(' ', '_');
    }
}
