package dev.microvisor.analysis.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What arm-none-eabi-gcc brings along: its predefined macros, and small versions of the C library's
 * headers, so that a machine without a toolchain reads the same program.
 */
public final class ArmToolchain {
    /** The folder that the bundled headers seem to live in. No real file has this name. */
    public static final String INCLUDE_FOLDER = "/microvisor-bundled/include";

    private static final String RESOURCES = "/dev/microvisor/analysis/toolchain/";
    private static final Map<String, String> MACROS = readMacros();

    private ArmToolchain() {}

    /** Macros as {@code arm-none-eabi-gcc -mcpu=cortex-m33 -mthumb -dM -E} prints them. */
    public static Map<String, String> macros() {
        return MACROS;
    }

    /** The text of a bundled header, by its name in an include directive. */
    public static Optional<String> header(String name) {
        if (name.contains("..") || name.startsWith("/")) {
            return Optional.empty();
        }
        return resource("include/" + name);
    }

    private static Optional<String> resource(String name) {
        try (InputStream in = ArmToolchain.class.getResourceAsStream(RESOURCES + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " from this program's jar", e);
        }
    }

    private static Map<String, String> readMacros() {
        Map<String, String> macros = new LinkedHashMap<>();
        String text = resource("arm-none-eabi.macros").orElseThrow();
        for (String line : text.lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                int space = line.indexOf(' ');
                String name = space < 0 ? line : line.substring(0, space);
                macros.put(name, space < 0 ? "" : line.substring(space + 1));
            }
        }
        return Map.copyOf(macros);
    }
}
