package dev.microvisor.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command reads and writes: the process' own streams, or those of a test.
 *
 * @param in standard input
 * @param out standard output, for results only
 * @param err standard error, for everything else
 * @param environment environment variables
 * @param folder the current folder
 * @param terminal whether {@code out} is read by a person
 * @param errTerminal whether {@code err} is
 */
public record Console(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Map<String, String> environment,
        Path folder,
        boolean terminal,
        boolean errTerminal) {

    /** Without a person at either end. */
    public Console(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Map<String, String> environment,
            Path folder) {
        this(in, out, err, environment, folder, false, false);
    }

    /**
     * Takes the process' streams. From here on whatever prints to {@code System.out} by accident
     * goes to standard error, so that it cannot spoil a result or a protocol.
     */
    static Console ofProcess() {
        OutputStream out = new ResultStream(new FileOutputStream(FileDescriptor.out));
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        System.setOut(new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Console(
                // Read as it comes: FileInputStream's own readAllBytes asks a pipe for its
                // position.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                out,
                err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                isTerminal(1),
                isTerminal(2));
    }

    /** Java 17 cannot ask about one stream alone, so Linux is asked itself. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.exists(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        return System.console() != null;
    }

    /** Whether to colour when the user gave no order: see no-color.org. */
    boolean wantsColour() {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        if (!environment.getOrDefault("FORCE_COLOR", "").isEmpty()) {
            return true;
        }
        return terminal && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether to show how far the work is. */
    boolean wantsProgress() {
        return terminal && errTerminal && !"dumb".equals(environment.get("TERM"));
    }

    /** Why results could not be written; empty when they could, or nobody wanted the rest. */
    Optional<String> lost() {
        return out instanceof ResultStream results ? results.problem() : Optional.empty();
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), false);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /** A path as the user wrote it, seen from the current folder. */
    Path resolve(Path path) {
        return folder.resolve(path).normalize();
    }
}
