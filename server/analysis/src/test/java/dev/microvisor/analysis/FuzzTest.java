package dev.microvisor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sources with tokens taken out, doubled and exchanged: whatever comes of them, nothing is thrown
 * and nothing takes long.
 *
 * <p>{@code -Dfuzz.seeds=N} takes more seeds, {@code -Dfuzz.from=N} others, {@code
 * -Dfuzz.tree=FOLDER} the sources of another folder. A failure names the seed and the file.
 */
class FuzzTest {
    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z_]\\w*|\\d\\w*|->|[^\\s\\w]");

    /** What issue 3 allows one file. */
    private static final long LIMIT_MS = 10_000;

    private static final int SEEDS = Integer.getInteger("fuzz.seeds", 30);
    private static final long FROM = Long.getLong("fuzz.from", 1);

    private final List<String> swallowed = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.microvisor.analysis");
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord event) {
                    if (event.getThrown() != null) {
                        synchronized (swallowed) {
                            swallowed.add(described(event.getThrown()));
                        }
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.FINE);
        handler.setLevel(Level.FINE);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    @Test
    void spoiltSourcesNeitherThrowNorHang() throws IOException {
        List<Path> files = sources();
        assertThat(files).isNotEmpty();
        Linter linter = new Linter(Catalog.bundled());
        List<String> slow = new ArrayList<>();
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            Random random = new Random(seed);
            Path file = files.get(random.nextInt(files.size()));
            String text = spoil(Files.readString(file, StandardCharsets.ISO_8859_1), random);
            String what = "seed " + seed + ", " + file;
            long start = System.nanoTime();
            try {
                linter.lint(
                        new LintRequest(
                                List.of(file),
                                Optional.empty(),
                                Map.of(file, text),
                                LintRequest.Depth.FULL,
                                1),
                        CancelToken.NEVER);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(what, e);
            }
            assertThat(swallowed).as(what).isEmpty();
            if ((System.nanoTime() - start) / 1_000_000 > LIMIT_MS) {
                slow.add(what);
            }
        }
        assertThat(slow).as("took longer than " + LIMIT_MS + " ms").isEmpty();
    }

    /** CDT's own failures on broken sources are told as problems; ours would be mistakes. */
    private static String described(Throwable e) {
        return e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
    }

    private static List<Path> sources() throws IOException {
        String tree = System.getProperty("fuzz.tree", "");
        Path root =
                tree.isEmpty()
                        ? Path.of(System.getProperty("microvisor.root", "../.."))
                                .resolve("samples/firmware")
                        : Path.of(tree);
        try (Stream<Path> files = Files.walk(root.toAbsolutePath().normalize())) {
            return files.filter(f -> f.toString().matches(".*\\.(c|cpp)")).sorted().toList();
        }
    }

    private static String spoil(String text, Random random) {
        String spoilt = text;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            spoilt = once(spoilt, random);
        }
        return spoilt;
    }

    private static String once(String text, Random random) {
        List<int[]> tokens = new ArrayList<>();
        Matcher match = TOKEN.matcher(text);
        while (match.find()) {
            tokens.add(new int[] {match.start(), match.end()});
        }
        if (tokens.size() < 2) {
            return text;
        }
        int[] a = tokens.get(random.nextInt(tokens.size()));
        int[] b = tokens.get(random.nextInt(tokens.size()));
        String word = text.substring(a[0], a[1]);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, a[0]) + text.substring(a[1]);
            case 1 -> text.substring(0, a[1]) + " " + word + text.substring(a[1]);
            case 2 -> text.substring(0, b[0]) + word + text.substring(b[1]);
            default ->
                    text.substring(0, Math.max(a[0], b[1])) + text.substring(Math.min(a[0], b[1]));
        };
    }
}
