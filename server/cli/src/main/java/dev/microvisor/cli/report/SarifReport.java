package dev.microvisor.cli.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0, as GitHub code scanning reads it: rules with their pages, the path as a code flow,
 * fingerprints that survive moved lines, fixes, and problems as notifications.
 */
final class SarifReport implements ReportWriter {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "SRCROOT";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Override
    public void write(Report report, PrintWriter out) {
        JsonObject log = new JsonObject();
        log.addProperty("$schema", SCHEMA);
        log.addProperty("version", "2.1.0");
        log.add("runs", array(new Run(report).json()));
        out.println(GSON.toJson(log));
    }

    private static JsonArray array(JsonObject... elements) {
        JsonArray array = new JsonArray();
        List.of(elements).forEach(array::add);
        return array;
    }

    private static JsonObject text(String text) {
        JsonObject json = new JsonObject();
        json.addProperty("text", text);
        return json;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE, HINT -> "note";
        };
    }

    /** One run of the tool. */
    private static final class Run {
        private final Report report;
        private final Fingerprints fingerprints;
        private final Map<String, Integer> ruleIndex = new HashMap<>();

        Run(Report report) {
            this.report = report;
            this.fingerprints = new Fingerprints(report.base(), report.sources());
        }

        JsonObject json() {
            JsonObject run = new JsonObject();
            JsonObject tool = new JsonObject();
            tool.add("driver", driver());
            run.add("tool", tool);
            run.addProperty("columnKind", "utf16CodeUnits");
            JsonObject root = new JsonObject();
            root.addProperty("uri", folderUri(report.base()));
            JsonObject bases = new JsonObject();
            bases.add(ROOT, root);
            run.add("originalUriBaseIds", bases);
            run.add("invocations", array(invocation()));
            JsonArray results = new JsonArray();
            report.findings().forEach(finding -> results.add(result(finding)));
            run.add("results", results);
            return run;
        }

        private static String folderUri(Path folder) {
            String uri = folder.toUri().toString();
            return uri.endsWith("/") ? uri : uri + "/";
        }

        private JsonObject driver() {
            JsonObject driver = new JsonObject();
            driver.addProperty("name", "microvisor");
            driver.addProperty("fullName", "Microvisor contract linter");
            driver.addProperty("version", report.version());
            JsonArray rules = new JsonArray();
            for (RulePage page : report.rules()) {
                ruleIndex.put(page.id(), rules.size());
                rules.add(rule(page));
            }
            driver.add("rules", rules);
            return driver;
        }

        private static JsonObject rule(RulePage page) {
            JsonObject rule = new JsonObject();
            rule.addProperty("id", page.id());
            rule.add("shortDescription", text(page.summary()));
            rule.add("fullDescription", text(page.summary()));
            JsonObject help = text(page.markdown());
            help.addProperty("markdown", page.markdown());
            rule.add("help", help);
            JsonObject configuration = new JsonObject();
            configuration.addProperty("level", level(page.severity()));
            rule.add("defaultConfiguration", configuration);
            JsonObject properties = new JsonObject();
            JsonArray tags = new JsonArray();
            page.tags().forEach(tags::add);
            properties.add("tags", tags);
            properties.addProperty("precision", precision(page.severity()));
            properties.addProperty("problem.severity", problemSeverity(page.severity()));
            rule.add("properties", properties);
            return rule;
        }

        /** Only errors are certain; see the severities in the README. */
        private static String precision(Severity severity) {
            return switch (severity) {
                case ERROR -> "very-high";
                case WARNING -> "high";
                case NOTE, HINT -> "medium";
            };
        }

        private static String problemSeverity(Severity severity) {
            return switch (severity) {
                case ERROR -> "error";
                case WARNING -> "warning";
                case NOTE, HINT -> "recommendation";
            };
        }

        private JsonObject invocation() {
            JsonObject invocation = new JsonObject();
            List<Problem> problems = report.result().problems();
            invocation.addProperty(
                    "executionSuccessful", problems.stream().noneMatch(Problem::fatal));
            JsonArray notifications = new JsonArray();
            for (Problem problem : problems) {
                JsonObject notification = new JsonObject();
                notification.addProperty("level", problem.fatal() ? "error" : "warning");
                notification.add("message", text(problem.what() + "; " + problem.advice()));
                JsonObject physical = new JsonObject();
                physical.add("artifactLocation", artifact(problem.where()));
                problem.line()
                        .ifPresent(
                                line -> {
                                    JsonObject region = new JsonObject();
                                    region.addProperty("startLine", line + 1);
                                    physical.add("region", region);
                                });
                JsonObject location = new JsonObject();
                location.add("physicalLocation", physical);
                notification.add("locations", array(location));
                notifications.add(notification);
            }
            invocation.add("toolExecutionNotifications", notifications);
            return invocation;
        }

        private JsonObject result(Finding finding) {
            JsonObject result = new JsonObject();
            result.addProperty("ruleId", finding.rule());
            Integer index = ruleIndex.get(finding.rule());
            if (index != null) {
                result.addProperty("ruleIndex", index);
            }
            result.addProperty("level", level(finding.severity()));
            result.add("message", text(message(finding)));
            JsonObject location = location(finding.range());
            if (!finding.function().isEmpty()) {
                JsonObject logical = new JsonObject();
                logical.addProperty("name", finding.function());
                logical.addProperty("kind", "function");
                location.add("logicalLocations", array(logical));
            }
            result.add("locations", array(location));
            JsonObject prints = new JsonObject();
            String print = fingerprints.next(finding);
            prints.addProperty("primaryLocationLineHash", print + ":1");
            prints.addProperty("microvisor/v1", print);
            result.add("partialFingerprints", prints);
            addPath(result, finding);
            if (!finding.fixes().isEmpty()) {
                JsonArray fixes = new JsonArray();
                finding.fixes().forEach(fix -> fixes.add(fix(fix)));
                result.add("fixes", fixes);
            }
            return result;
        }

        private static String message(Finding finding) {
            StringBuilder message = new StringBuilder(finding.message());
            if (!finding.why().isEmpty()) {
                message.append(": ").append(finding.why());
            }
            if (!finding.help().isEmpty()) {
                message.append(". Help: ").append(finding.help());
            }
            return message.toString();
        }

        private void addPath(JsonObject result, Finding finding) {
            if (finding.path().isEmpty()) {
                return;
            }
            JsonArray steps = new JsonArray();
            JsonArray related = new JsonArray();
            for (Note note : finding.path()) {
                JsonObject step = new JsonObject();
                step.add("location", noted(note));
                steps.add(step);
                JsonObject location = noted(note);
                location.addProperty("id", related.size() + 1);
                related.add(location);
            }
            JsonObject last = new JsonObject();
            last.add("location", noted(new Note(finding.range(), finding.message())));
            steps.add(last);
            JsonObject thread = new JsonObject();
            thread.add("locations", steps);
            JsonObject flow = new JsonObject();
            flow.add("threadFlows", array(thread));
            result.add("codeFlows", array(flow));
            result.add("relatedLocations", related);
        }

        private JsonObject noted(Note note) {
            JsonObject location = location(note.range());
            location.add("message", text(note.message()));
            return location;
        }

        private JsonObject fix(Fix fix) {
            Map<Path, JsonArray> replacements = new LinkedHashMap<>();
            for (TextEdit edit : fix.edits()) {
                JsonObject replacement = new JsonObject();
                replacement.add("deletedRegion", region(edit.range()));
                replacement.add("insertedContent", text(edit.newText()));
                replacements
                        .computeIfAbsent(edit.range().file(), f -> new JsonArray())
                        .add(replacement);
            }
            JsonArray changes = new JsonArray();
            replacements.forEach(
                    (file, edits) -> {
                        JsonObject change = new JsonObject();
                        change.add("artifactLocation", artifact(file));
                        change.add("replacements", edits);
                        changes.add(change);
                    });
            JsonObject json = new JsonObject();
            json.add("description", text(fix.title()));
            json.add("artifactChanges", changes);
            JsonObject properties = new JsonObject();
            properties.addProperty("safe", fix.safe());
            json.add("properties", properties);
            return json;
        }

        private JsonObject location(SourceRange range) {
            JsonObject physical = new JsonObject();
            physical.add("artifactLocation", artifact(range.file()));
            physical.add("region", region(range));
            JsonObject location = new JsonObject();
            location.add("physicalLocation", physical);
            return location;
        }

        private static JsonObject region(SourceRange range) {
            JsonObject region = new JsonObject();
            region.addProperty("startLine", range.startLine() + 1);
            region.addProperty("startColumn", range.startColumn() + 1);
            region.addProperty("endLine", range.endLine() + 1);
            region.addProperty("endColumn", range.endColumn() + 1);
            return region;
        }

        private JsonObject artifact(Path file) {
            Path absolute = file.toAbsolutePath().normalize();
            JsonObject artifact = new JsonObject();
            if (absolute.startsWith(report.base())) {
                artifact.addProperty("uri", relativeUri(report.path(file)));
                artifact.addProperty("uriBaseId", ROOT);
            } else {
                artifact.addProperty("uri", absolute.toUri().toString());
            }
            return artifact;
        }

        private static String relativeUri(String path) {
            try {
                return new URI(null, null, path, null).toASCIIString();
            } catch (URISyntaxException e) {
                throw new IllegalStateException("every path can be quoted: " + path, e);
            }
        }
    }
}
