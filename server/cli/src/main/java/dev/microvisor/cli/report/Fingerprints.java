package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Gives a finding a name that survives lines moving above it: rule, file, function and the text of
 * the line without its white space, and a number for equal ones. Ask for the findings in order.
 */
public final class Fingerprints {
    private static final int HEX_DIGITS = 16;

    private final Path base;
    private final Sources sources;
    private final Map<String, Integer> seen = new HashMap<>();

    /**
     * @param base folder that file names are taken relative to
     */
    public Fingerprints(Path base, Sources sources) {
        this.base = base;
        this.sources = sources;
    }

    public String next(Finding finding) {
        Path file = finding.range().file().toAbsolutePath().normalize();
        String name = (file.startsWith(base) ? base.relativize(file) : file).toString();
        String line = sources.of(finding.range().file()).line(finding.range().startLine());
        String key =
                String.join(
                        "\n",
                        finding.rule(),
                        name.replace('\\', '/'),
                        finding.function(),
                        line.replaceAll("\\s+", ""));
        int number = seen.merge(key, 1, Integer::sum);
        return digest(key + "\n" + number);
    }

    static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
