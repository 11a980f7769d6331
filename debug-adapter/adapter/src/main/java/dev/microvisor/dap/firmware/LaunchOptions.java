package dev.microvisor.dap.firmware;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a launch configuration says. Attributes that are not listed here are ignored, because every
 * client adds its own.
 *
 * @param program the ELF file
 * @param cloud the cloud file; when absent, {@code cloud.toml} beside the program is used if it
 *     exists
 * @param workingFolder {@code cwd}: sources are looked for below it too
 * @param stopOnEntry stop at the first instruction after reset
 * @param stopAtMain stop when {@code main} is reached
 * @param noDebug run without breakpoints
 * @param trace write every system call to the debug console
 * @param showSecrets show values of secrets in the Microvisor scope
 * @param sourceMap path prefixes of the build machine and what stands for them here
 * @param seed of everything random; absent: as the cloud file says
 * @param historyMemoryMiB how much memory remembered states of the past may take
 */
public record LaunchOptions(
        Path program,
        Optional<Path> cloud,
        Optional<Path> workingFolder,
        boolean stopOnEntry,
        boolean stopAtMain,
        boolean noDebug,
        boolean trace,
        boolean showSecrets,
        Map<String, String> sourceMap,
        Optional<Long> seed,
        int historyMemoryMiB) {
    /** Most memory for the past that can be asked for, in MiB: 1 TiB. */
    private static final long MAX_HISTORY_MIB = 1L << 20;

    /** Least memory for the past, in MiB: less would hold too few states. */
    private static final long MIN_HISTORY_MIB = 4;

    private static final int DEFAULT_HISTORY_MIB = 256;

    public LaunchOptions {
        sourceMap = Map.copyOf(sourceMap);
    }

    /** For a run without a debugger. */
    public static LaunchOptions toRun(Path program, Optional<Path> cloud, Optional<Long> seed) {
        return new LaunchOptions(
                program,
                cloud,
                Optional.empty(),
                false,
                false,
                true,
                false,
                false,
                Map.of(),
                seed,
                DEFAULT_HISTORY_MIB);
    }

    /** Reads launch arguments; a wrong one is a {@link CannotRun} that names it. */
    public static LaunchOptions read(Map<String, Object> arguments) throws CannotRun {
        Optional<Path> folder = path(arguments, "cwd");
        Path program =
                path(arguments, "program")
                        .orElseThrow(
                                () ->
                                        new CannotRun(
                                                "the launch configuration has no \"program\": set"
                                                        + " it to the firmware's ELF file"));
        return new LaunchOptions(
                resolve(folder, program),
                path(arguments, "cloud").map(p -> resolve(folder, p)),
                folder,
                flag(arguments, "stopOnEntry", false),
                flag(arguments, "stopAtMain", true),
                flag(arguments, "noDebug", false),
                flag(arguments, "trace", false),
                flag(arguments, "showSecrets", false),
                sourceMap(arguments),
                seed(arguments),
                historyMemory(arguments));
    }

    private static Path resolve(Optional<Path> folder, Path path) {
        return folder.map(f -> f.resolve(path)).orElse(path).toAbsolutePath().normalize();
    }

    private static Optional<Path> path(Map<String, Object> arguments, String name)
            throws CannotRun {
        Object value = arguments.get(name);
        if (value == null || value.equals("")) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw wrong(name, "a path", value);
        }
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw wrong(name, "a path", value);
        }
    }

    private static boolean flag(Map<String, Object> arguments, String name, boolean otherwise)
            throws CannotRun {
        Object value = arguments.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Boolean flag)) {
            throw wrong(name, "true or false", value);
        }
        return flag;
    }

    private static Optional<Long> seed(Map<String, Object> arguments) throws CannotRun {
        Object value = arguments.get("seed");
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number)) {
            throw wrong("seed", "a number", value);
        }
        return Optional.of(number.longValue());
    }

    private static int historyMemory(Map<String, Object> arguments) throws CannotRun {
        Object value = arguments.get("historyMemory");
        if (value == null) {
            return DEFAULT_HISTORY_MIB;
        }
        boolean sound =
                value instanceof Number number
                        && number.doubleValue() >= MIN_HISTORY_MIB
                        && number.doubleValue() <= MAX_HISTORY_MIB;
        if (!sound) {
            throw wrong(
                    "historyMemory",
                    "a number of MiB from " + MIN_HISTORY_MIB + " to " + MAX_HISTORY_MIB,
                    value);
        }
        return ((Number) value).intValue();
    }

    private static Map<String, String> sourceMap(Map<String, Object> arguments) throws CannotRun {
        Object value = arguments.get("sourceMap");
        Map<String, String> result = new LinkedHashMap<>();
        if (value == null) {
            return result;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("sourceMap", "an object from path prefix to path prefix", value);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String from)
                    || !(entry.getValue() instanceof String to)) {
                throw wrong("sourceMap", "an object from path prefix to path prefix", value);
            }
            result.put(from, to);
        }
        return result;
    }

    private static CannotRun wrong(String name, String wanted, Object value) {
        return new CannotRun(
                "launch attribute \"" + name + "\" must be " + wanted + ", but is " + value);
    }
}
