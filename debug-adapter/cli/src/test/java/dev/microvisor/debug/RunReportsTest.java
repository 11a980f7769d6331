package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class RunReportsTest {
    private static final Path FRAGILE = Path.of("src/test/firmware/fragile.elf");

    @TempDir Path folder;

    private static int run(String... arguments) {
        PrintStream nowhere =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(
                new Main.Streams(new ByteArrayInputStream(new byte[0]), nowhere, nowhere),
                arguments);
    }

    private Element junit(String... more) throws Exception {
        Path file = folder.resolve("junit.xml");
        String[] arguments = new String[more.length + 4];
        arguments[0] = "run";
        arguments[1] = FRAGILE.toString();
        arguments[2] = "--junit";
        arguments[3] = file.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        run(arguments);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    @Test
    void aRunThatDoesItsWorkIsAPassedTestCase() throws Exception {
        Element suite = junit();
        assertThat(suite.getAttribute("tests")).isEqualTo("1");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(suite.getElementsByTagName("failure").getLength()).isZero();
        assertThat(suite.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("done");
    }

    @Test
    void aCrashIsAFailureThatSaysWhere() throws Exception {
        Element suite = junit("--inject", "mvGetPClk1=PARAMETERFAULT");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("crash");
        assertThat(failure.getAttribute("message")).contains("fragile.c:35 in crashes");
    }

    /** Counts of fragile.c, by what its functions do without a fault. */
    @Test
    void coverageCountsTheLinesOfTheSource() throws IOException {
        Path file = folder.resolve("lcov.info");
        assertThat(run("run", FRAGILE.toString(), "--coverage", file.toString())).isZero();
        List<String> all = Files.readAllLines(file);
        int start = indexOfEnd(all, "fragile.c");
        List<String> lines =
                all.subList(start, start + all.subList(start, all.size()).indexOf("end_of_record"));
        assertThat(all.get(0)).isEqualTo("TN:");
        assertThat(count(lines, line("while (mvSetupNotifications"))).isEqualTo(1);
        assertThat(count(lines, line("            wait_for_interrupt();"))).isZero();
        assertThat(count(lines, line("return depth == 0"))).isEqualTo(3);
        assertThat(count(lines, line("log_line(\"done\")"))).isEqualTo(1);
        long hit = lines.stream().filter(l -> l.matches("DA:\\d+,[1-9]\\d*")).count();
        assertThat(lines).contains("LH:" + hit);
        assertThat(lines).contains("FNDA:1,main", "FN:" + line("int main(void)") + ",main");
        long called = lines.stream().filter(l -> l.matches("FNDA:[1-9]\\d*,.*")).count();
        assertThat(lines).contains("FNH:" + called);
    }

    private static int indexOfEnd(List<String> lines, String end) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("SF:") && lines.get(i).endsWith(end)) {
                return i;
            }
        }
        throw new AssertionError("no SF: of " + end);
    }

    private static int line(String start) throws IOException {
        List<String> source = Files.readAllLines(Path.of("src/test/firmware/fragile.c"));
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).startsWith(start) || source.get(i).strip().startsWith(start)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line " + start);
    }

    private static long count(List<String> lines, int line) {
        return lines.stream()
                .filter(l -> l.startsWith("DA:" + line + ","))
                .mapToLong(l -> Long.parseLong(l.substring(l.indexOf(',') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no DA of line " + line));
    }
}
