package dev.microvisor.emulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.kernel.CoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of CLOUD.md, changed at random, either describe a world in which firmware runs or
 * are refused with a message that names the file. More: {@code -Ddamaged.clouds=100000}.
 */
class DamagedCloudFileTest {
    private static final int CASES = Integer.getInteger("damaged.clouds", 400);
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```toml\n(.*?)```");
    private static final Pattern VALUE = Pattern.compile("(?<== ?)[^\n#\\[{]+");

    private static final String[] VALUES = {
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "1e308",
        "nan",
        "true",
        "\"\"",
        "\"*\"",
        "[]",
        "{}",
        "[[]]",
        "2026-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "\"ÿ\"",
        "\"" + "x".repeat(5000) + "\"",
        "4294967296",
        "0x7FFFFFFF",
        "[1, \"two\"]",
        "'\\'"
    };

    @TempDir Path folder;

    @Test
    void aDamagedFileIsRefusedOrRuns() throws IOException {
        List<String> examples = examples();
        int refused = 0;
        int ran = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            String text = damaged(examples, random);
            try {
                Cloud cloud = CloudFile.parse(text, "cloud.toml", folder);
                new CoreFixture(cloud).await(50);
                ran++;
            } catch (CloudFileException e) {
                assertThat(e.getMessage()).as("seed %d", seed).contains("cloud.toml");
                refused++;
            } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
                throw new AssertionError("seed " + seed + " of\n" + text, e);
            }
        }
        assertThat(refused).as("refused").isPositive();
        assertThat(ran).as("ran").isPositive();
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("CLOUD.md")));
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        assertThat(examples).hasSizeGreaterThan(5);
        return examples;
    }

    private static String damaged(List<String> examples, Random random) {
        String text = pick(examples, random);
        if (random.nextBoolean()) {
            text += pick(examples, random);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            text =
                    switch (random.nextInt(4)) {
                        case 0 -> withoutLine(text, random);
                        case 1 -> withOtherByte(text, random);
                        default -> withOtherValue(text, random);
                    };
        }
        return text;
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static String withoutLine(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (!lines.isEmpty()) {
            lines.remove(random.nextInt(lines.size()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String withOtherByte(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(96)));
        return changed.toString();
    }

    private static String withOtherValue(String text, Random random) {
        Matcher matcher = VALUE.matcher(text);
        List<int[]> places = new ArrayList<>();
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        if (places.isEmpty()) {
            return text;
        }
        int[] place = places.get(random.nextInt(places.size()));
        String value = VALUES[random.nextInt(VALUES.length)];
        return text.substring(0, place[0]) + value + text.substring(place[1]);
    }
}
