package dev.microvisor.cli.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Severity;
import java.io.PrintWriter;

/** GitLab's code quality report. */
final class GitLabReport implements ReportWriter {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Override
    public void write(Report report, PrintWriter out) {
        Fingerprints fingerprints = new Fingerprints(report.base(), report.sources());
        JsonArray issues = new JsonArray();
        JsonArray categories = new JsonArray();
        categories.add("Bug Risk");
        for (Finding finding : report.findings()) {
            JsonObject lines = new JsonObject();
            lines.addProperty("begin", finding.range().startLine() + 1);
            lines.addProperty("end", finding.range().endLine() + 1);
            JsonObject location = new JsonObject();
            location.addProperty("path", report.path(finding.range().file()));
            location.add("lines", lines);
            JsonObject issue = new JsonObject();
            issue.addProperty("type", "issue");
            issue.add("categories", categories);
            issue.addProperty("description", finding.message());
            issue.addProperty("check_name", finding.rule());
            issue.addProperty("fingerprint", fingerprints.next(finding));
            issue.addProperty("severity", severity(finding.severity()));
            issue.add("location", location);
            issues.add(issue);
        }
        out.println(GSON.toJson(issues));
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "critical";
            case WARNING -> "major";
            case NOTE -> "minor";
            case HINT -> "info";
        };
    }
}
