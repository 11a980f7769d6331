package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.LintResult;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FormatsTest {
    @TempDir Path temp;
    private CommandLineFixture cli;

    @BeforeEach
    void makeFindings() {
        cli = new CommandLineFixture(temp);
        Path file = cli.write("src/a b.c", "char tx[512];\nopen(tx, 100%);\n");
        cli.write("src/clean.c", "\n");
        SourceRange range = new SourceRange(file, 1, 5, 1, 7);
        SourceRange definition = new SourceRange(file, 0, 5, 0, 7);
        Finding finding =
                new Finding(
                        "buffer-alignment",
                        Severity.WARNING,
                        range,
                        "start",
                        "'tx' is <not> aligned, 100%: \"so\"",
                        "it is refused",
                        "align it",
                        List.of(new Note(definition, "defined here")),
                        List.of(
                                new Fix(
                                        "Align it",
                                        true,
                                        List.of(new TextEdit(definition, "tx2")))));
        Problem problem = new Problem(file, Optional.of(0), "header is missing", "name it", false);
        cli.analysis =
                (request, cancel) ->
                        new LintResult(
                                CommandLineFixture.files(request),
                                List.of(finding),
                                List.of(problem));
    }

    @Test
    void conciseIsOneLineAFinding() {
        assertThat(run("concise"))
                .isEqualTo(
                        "src/a b.c:2:6: warning: 'tx' is <not> aligned, 100%: \"so\""
                                + " [buffer-alignment]\n");
    }

    @Test
    void jsonLinesIsOneObjectAFinding() {
        List<String> lines = run("jsonl").lines().toList();
        assertThat(lines).hasSize(1);
        JsonObject finding = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertThat(finding.getAsJsonArray("path")).hasSize(1);
        assertThat(finding.getAsJsonArray("fixes")).hasSize(1);
    }

    @Test
    void sarifIsValidAgainstItsSchema() throws Exception {
        String report = run("sarif");
        try (InputStream stream =
                getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertThat(stream).isNotNull();
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                            .getSchema(
                                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                                            .replace(
                                                    "\"$id\": \"https://docs.oasis-open.org",
                                                    "\"comment\": \"https://docs.oasis-open.org"));
            assertThat(schema.validate(report, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate("{\"version\": \"2.1.0\"}", InputFormat.JSON)).isNotEmpty();
        }
    }

    @Test
    void sarifHoldsRulesPathsFingerprintsAndFixes() {
        JsonObject run =
                JsonParser.parseString(run("sarif"))
                        .getAsJsonObject()
                        .getAsJsonArray("runs")
                        .get(0)
                        .getAsJsonObject();
        JsonObject result = run.getAsJsonArray("results").get(0).getAsJsonObject();
        JsonArray rules =
                run.getAsJsonObject("tool").getAsJsonObject("driver").getAsJsonArray("rules");
        JsonObject rule = rules.get(result.get("ruleIndex").getAsInt()).getAsJsonObject();
        assertThat(rule.get("id").getAsString()).isEqualTo("buffer-alignment");
        assertThat(rule.getAsJsonObject("help").get("markdown").getAsString()).contains("Align it");
        assertThat(result.toString())
                .contains("\"uri\":\"src/a%20b.c\"")
                .contains("\"primaryLocationLineHash\"")
                .contains("\"insertedContent\":{\"text\":\"tx2\"}");
        JsonArray steps =
                result.getAsJsonArray("codeFlows")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("threadFlows")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("locations");
        assertThat(steps).hasSize(2);
    }

    @Test
    void githubCommandsAreQuoted() {
        assertThat(run("github"))
                .isEqualTo(
                        "::warning file=src/a b.c,line=2,endLine=2,col=6,endColumn=8,"
                                + "title=microvisor buffer-alignment::'tx' is <not> aligned, 100%25:"
                                + " \"so\"%0Ait is refused%0AHelp: align it\n");
    }

    @Test
    void gitlabHasWhatCodeQualityNeeds() {
        JsonObject issue =
                JsonParser.parseString(run("gitlab")).getAsJsonArray().get(0).getAsJsonObject();
        assertThat(issue.get("check_name").getAsString()).isEqualTo("buffer-alignment");
        assertThat(issue.get("severity").getAsString()).isEqualTo("major");
        assertThat(issue.get("fingerprint").getAsString()).hasSize(16);
        assertThat(issue.getAsJsonObject("location").get("path").getAsString())
                .isEqualTo("src/a b.c");
    }

    @Test
    void junitFailsATestForEachFindingAndPassesCleanFiles() throws Exception {
        Document report = xml(run("junit"));
        assertThat(report.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(report.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        Element failure = (Element) report.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("<not> aligned");
    }

    /** What Jenkins' junit-10.xsd knows; it refuses a report with anything else. */
    @Test
    void junitHasOnlyElementsAndAttributesOfItsSchema() throws Exception {
        Map<String, Set<String>> known =
                Map.of(
                        "testsuites", Set.of("name", "time", "tests", "failures", "errors"),
                        "testsuite", Set.of("name", "tests", "failures", "errors", "file", "time"),
                        "testcase", Set.of("name", "time", "classname", "group"),
                        "failure", Set.of("type", "message"),
                        "error", Set.of("type", "message"));
        NodeList elements = xml(run("junit")).getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            Set<String> allowed = known.get(element.getTagName());
            assertThat(allowed).as(element.getTagName()).isNotNull();
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                assertThat(allowed).contains(element.getAttributes().item(j).getNodeName());
            }
            if (element.getTagName().equals("testsuite")) {
                for (String needed : List.of("name", "tests", "failures", "errors")) {
                    assertThat(element.hasAttribute(needed)).as(needed).isTrue();
                }
            }
        }
    }

    @Test
    void checkstyleNamesPlaceAndRule() throws Exception {
        Element error = (Element) xml(run("checkstyle")).getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("line")).isEqualTo("2");
        assertThat(error.getAttribute("column")).isEqualTo("6");
        assertThat(error.getAttribute("source")).isEqualTo("microvisor.buffer-alignment");
    }

    @Test
    void statisticsCountByRule() {
        assertThat(cli.run("lint", "--statistics").out())
                .isEqualTo("     1  buffer-alignment (1 with a fix)\n     1  in 2 files\n");
    }

    @Test
    void aReportCanGoToAFile() {
        CommandLineFixture.Result result = cli.run("lint", "-f", "concise", "-o", "report.txt");
        assertThat(result.out()).isEmpty();
        assertThat(cli.read("report.txt")).contains("buffer-alignment");
        assertThat(cli.run("lint", "-o", "absent/report.txt").code()).isEqualTo(2);
    }

    private String run(String format) {
        CommandLineFixture.Result result = cli.run("lint", "--format", format);
        assertThat(result.code()).isEqualTo(1);
        return result.out();
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
