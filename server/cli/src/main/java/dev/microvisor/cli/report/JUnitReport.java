package dev.microvisor.cli.report;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JUnit's XML: a suite for each file, a failed test for each finding, a test that passes for a
 * clean file, and an error for a file that could not be analysed.
 */
final class JUnitReport implements ReportWriter {
    @Override
    public void write(Report report, PrintWriter out) {
        Map<Path, List<XmlElement>> suites = new TreeMap<>();
        report.result().files().forEach(file -> suites.put(file, new ArrayList<>()));
        for (Problem problem : report.result().problems()) {
            if (problem.fatal()) {
                suites.computeIfAbsent(problem.where(), f -> new ArrayList<>())
                        .add(test("analysis", report, problem.where()).add(error(problem)));
            }
        }
        for (Finding finding : report.findings()) {
            Path file = finding.range().file();
            String name = finding.rule() + " at line " + (finding.range().startLine() + 1);
            suites.computeIfAbsent(file, f -> new ArrayList<>())
                    .add(test(name, report, file).add(failure(finding)));
        }
        XmlElement root = new XmlElement("testsuites").with("name", "microvisor lint");
        suites.forEach((file, tests) -> root.add(suite(report, file, tests)));
        root.writeDocument(out);
    }

    private static XmlElement suite(Report report, Path file, List<XmlElement> tests) {
        long errors =
                report.result().problems().stream()
                        .filter(p -> p.fatal() && p.where().equals(file))
                        .count();
        XmlElement suite =
                new XmlElement("testsuite")
                        .with("name", report.path(file))
                        .with("tests", Math.max(1, tests.size()))
                        .with("failures", tests.size() - errors)
                        .with("errors", errors)
                        // Jenkins' schema knows it here and not at the test case.
                        .with("file", report.path(file));
        if (tests.isEmpty()) {
            suite.add(test("no findings", report, file));
        }
        tests.forEach(suite::add);
        return suite;
    }

    private static XmlElement test(String name, Report report, Path file) {
        return new XmlElement("testcase").with("name", name).with("classname", report.path(file));
    }

    private static XmlElement failure(Finding f) {
        return new XmlElement("failure")
                .with("message", f.message())
                .with("type", Words.of(f.severity()))
                .text(String.join("\n", f.message(), f.why(), f.help()).strip());
    }

    private static XmlElement error(Problem problem) {
        return new XmlElement("error")
                .with("message", problem.what())
                .with("type", "problem")
                .text(problem.what() + "; " + problem.advice());
    }
}
