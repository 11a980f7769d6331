package dev.microvisor.cli.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.analysis.Severity;
import java.io.PrintWriter;

/** One JSON object with everything, see {@link JsonShape}. */
final class JsonReport implements ReportWriter {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Override
    public void write(Report report, PrintWriter out) {
        JsonShape shape = new JsonShape(report);
        JsonObject json = new JsonObject();
        json.addProperty("version", JsonShape.VERSION);
        JsonObject tool = new JsonObject();
        tool.addProperty("name", "microvisor");
        tool.addProperty("version", report.version());
        json.add("tool", tool);
        JsonArray files = new JsonArray();
        report.result().files().forEach(file -> files.add(report.path(file)));
        json.add("files", files);
        JsonArray findings = new JsonArray();
        report.findings().forEach(finding -> findings.add(shape.finding(finding)));
        json.add("findings", findings);
        JsonArray problems = new JsonArray();
        report.result().problems().forEach(problem -> problems.add(shape.problem(problem)));
        json.add("problems", problems);
        JsonObject summary = new JsonObject();
        for (Severity severity : Severity.values()) {
            summary.addProperty(Words.of(severity), report.count(severity));
        }
        json.add("summary", summary);
        out.println(GSON.toJson(json));
    }
}
