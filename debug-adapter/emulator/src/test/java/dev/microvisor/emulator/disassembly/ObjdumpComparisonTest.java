package dev.microvisor.emulator.disassembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.emulator.core.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same text as {@code arm-none-eabi-objdump -d}, for the samples and for random encodings.
 * Unpredictable encodings, and those listed in {@link #objdumpIsWrong}, are left out.
 */
class ObjdumpComparisonTest {
    private static final Pattern LINE =
            Pattern.compile("^\\s*([0-9a-f]+):\\t([0-9a-f]{4})(?: ([0-9a-f]{4}))?\\s*\\t(.*)$");
    private static final Pattern REAL = Pattern.compile("@ 0x[0-9a-f]+ +(-?[0-9.]+)");
    private static final Path SAMPLES = Path.of("../../samples/firmware");
    private static final int RANDOM_WIDE = 40_000;
    private static final int FIRST_WIDE = 0xE800;

    @TempDir Path folder;

    private static void need(String tool) {
        boolean present = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            present |= Files.isExecutable(Path.of(place, tool));
        }
        assumeTrue(present, tool + " not found: apt-get install gcc-arm-none-eabi");
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "tool", ".out");
        int exit =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
        List<String> lines = Files.readAllLines(output);
        assertThat(exit)
                .as(String.join("\n", lines.subList(0, Math.min(5, lines.size()))))
                .isZero();
        return lines;
    }

    /** One line of objdump's, brought to our form. */
    private record Theirs(int address, int first, int second, String text, boolean unpredictable) {
        static Optional<Theirs> of(String line) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String text = matcher.group(4);
            String plain =
                    text.replaceAll("\\s*[@;].*", "")
                            .replaceAll("<.*>", "")
                            .replaceAll("\\s+", " ")
                            .strip();
            Matcher real = REAL.matcher(text);
            if (plain.startsWith("vmov.f32") && real.find()) {
                plain = plain.replaceAll("#.*", "#" + Float.parseFloat(real.group(1)));
            }
            return Optional.of(
                    new Theirs(
                            Integer.parseUnsignedInt(matcher.group(1), 16),
                            Integer.parseInt(matcher.group(2), 16),
                            matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3), 16),
                            plain,
                            text.contains("UNPREDICTABLE")));
        }

        boolean isWide() {
            return first >= FIRST_WIDE;
        }
    }

    /** Our lines that differ from theirs; {@code inSequence} follows IT blocks. */
    private static List<String> differences(List<String> listing, boolean inSequence) {
        List<String> differences = new ArrayList<>();
        ItBlock it = ItBlock.NONE;
        int compared = 0;
        for (String line : listing) {
            Optional<Theirs> found = Theirs.of(line);
            if (found.isEmpty() || found.get().text().startsWith(".")) {
                continue; // Data, by its mapping symbols.
            }
            Theirs theirs = found.get();
            DisassembledInstruction ours =
                    Disassembler.one(theirs.address(), theirs.first(), theirs.second(), it);
            boolean comparable = isPredictable(theirs, it) && !objdumpIsWrong(theirs);
            it = inSequence ? Disassembler.after(ours, it) : ItBlock.NONE;
            if (comparable) {
                compared++;
                String text = ours.text().replaceAll("\\b0x([0-9a-f]+)$", "$1");
                if (!text.equals(theirs.text().replaceAll("\\b0x([0-9a-f]+)$", "$1"))) {
                    differences.add(line + "   ours: " + ours.text());
                }
            }
        }
        assertThat(compared).as("instructions compared").isGreaterThan(100);
        return differences;
    }

    private static boolean isPredictable(Theirs theirs, ItBlock it) {
        Optional<Encoding> encoding =
                theirs.isWide()
                        ? Encoding.wide(theirs.first() << 16 | theirs.second())
                        : Encoding.narrow(theirs.first());
        return !theirs.unpredictable()
                && encoding.isPresent()
                && encoding.get().validity(it.isInside()) == Encoding.Validity.DEFINED;
    }

    /**
     * Encodings that the manual writes otherwise than this objdump: hints of other profiles,
     * special registers of other profiles, an offset of 0 with write-back or a minus, TT taken for
     * STREX of the PC, user-mode loads from the PC, operands that must be equal but are not.
     */
    private static boolean objdumpIsWrong(Theirs theirs) {
        boolean zeroOffset = theirs.isWide() && (theirs.second() & 0xFF) == 0;
        boolean unequalOperands =
                theirs.isWide() && (theirs.first() & 15) != (theirs.second() & 15);
        return (!theirs.isWide() && theirs.text().matches("(nop|sevl).*"))
                || theirs.text().matches("m(rs|sr).*[A-Z]+_[a-z].*")
                || (zeroOffset && theirs.text().matches("(ld|st)r.*"))
                || theirs.text().matches("strex .*, pc, .*")
                || theirs.text().matches("ldr\\w*t .*\\[pc.*")
                || (unequalOperands && theirs.text().matches("(clz|rev\\w*|rbit).*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-fetch", "http-request"})
    void samplesReadAsObjdumpReadsThem(String sample) throws IOException, InterruptedException {
        need("arm-none-eabi-objdump");
        Path elf = SAMPLES.resolve(sample).resolve(sample + ".elf");
        assumeTrue(Files.isRegularFile(elf), "no " + elf);
        List<String> listing =
                run("arm-none-eabi-objdump", "-d", "-M", "reg-names-std", elf.toString());
        assertThat(differences(listing, true)).isEmpty();
    }

    @Test
    void everyHalfwordAndRandomWideInstructionsReadAsObjdumpReadsThem()
            throws IOException, InterruptedException {
        need("arm-none-eabi-as");
        need("arm-none-eabi-objdump");
        StringBuilder source =
                new StringBuilder(
                        ".syntax unified\n.cpu cortex-m33\n.fpu fpv5-sp-d16\n.thumb\nnop\n");
        for (int halfword = 0; halfword < FIRST_WIDE; halfword++) {
            boolean it = (halfword & 0xFF00) == 0xBF00 && (halfword & 15) != 0;
            source.append(it ? "" : String.format(".inst.n 0x%04x%n", halfword));
        }
        Random random = new Random(20260101);
        for (int i = 0; i < RANDOM_WIDE; i++) {
            int first = FIRST_WIDE | random.nextInt(0x1_0000 - FIRST_WIDE);
            source.append(String.format(".inst.w 0x%04x%04x%n", first, random.nextInt(0x1_0000)));
        }
        Path assembly = Files.writeString(folder.resolve("random.s"), source);
        Path object = folder.resolve("random.o");
        run("arm-none-eabi-as", "-o", object.toString(), assembly.toString());
        List<String> listing =
                run("arm-none-eabi-objdump", "-d", "-M", "reg-names-std", object.toString());
        assertThat(differences(listing, false)).isEmpty();
    }
}
