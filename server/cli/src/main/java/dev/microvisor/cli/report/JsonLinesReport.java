package dev.microvisor.cli.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.microvisor.analysis.Finding;
import java.io.PrintWriter;

/** One finding a line, each an object as in {@link JsonShape}: for streams and {@code jq}. */
final class JsonLinesReport implements ReportWriter {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Override
    public void write(Report report, PrintWriter out) {
        JsonShape shape = new JsonShape(report);
        for (Finding finding : report.findings()) {
            out.println(GSON.toJson(shape.finding(finding)));
        }
    }
}
