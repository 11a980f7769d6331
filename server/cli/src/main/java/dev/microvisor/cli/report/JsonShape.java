package dev.microvisor.cli.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;

/**
 * The shape of the JSON formats, as {@code server/cli/README.md} promises it. Lines and columns
 * start at 1, columns count UTF-16 units, ends are exclusive.
 */
final class JsonShape {
    /** Raised when a field changes its meaning or goes away; new fields do not raise it. */
    static final int VERSION = 1;

    private final Report report;
    private final Fingerprints fingerprints;

    JsonShape(Report report) {
        this.report = report;
        this.fingerprints = new Fingerprints(report.base(), report.sources());
    }

    JsonObject finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("rule", finding.rule());
        json.addProperty("severity", Words.of(finding.severity()));
        place(json, finding.range());
        json.addProperty("function", finding.function());
        json.addProperty("message", finding.message());
        json.addProperty("why", finding.why());
        json.addProperty("help", finding.help());
        JsonArray path = new JsonArray();
        for (Note note : finding.path()) {
            JsonObject step = new JsonObject();
            place(step, note.range());
            step.addProperty("message", note.message());
            path.add(step);
        }
        json.add("path", path);
        JsonArray fixes = new JsonArray();
        finding.fixes().forEach(fix -> fixes.add(fix(fix)));
        json.add("fixes", fixes);
        json.addProperty("fingerprint", fingerprints.next(finding));
        return json;
    }

    private JsonObject fix(Fix fix) {
        JsonObject json = new JsonObject();
        json.addProperty("title", fix.title());
        json.addProperty("safe", fix.safe());
        JsonArray edits = new JsonArray();
        for (TextEdit edit : fix.edits()) {
            JsonObject change = new JsonObject();
            place(change, edit.range());
            change.addProperty("newText", edit.newText());
            edits.add(change);
        }
        json.add("edits", edits);
        return json;
    }

    JsonObject problem(Problem problem) {
        JsonObject json = new JsonObject();
        json.addProperty("file", report.path(problem.where()));
        problem.line().ifPresent(line -> json.addProperty("line", line + 1));
        json.addProperty("what", problem.what());
        json.addProperty("advice", problem.advice());
        json.addProperty("fatal", problem.fatal());
        return json;
    }

    private void place(JsonObject json, SourceRange range) {
        json.addProperty("file", report.path(range.file()));
        JsonObject place = new JsonObject();
        place.add("start", position(range.startLine(), range.startColumn()));
        place.add("end", position(range.endLine(), range.endColumn()));
        json.add("range", place);
    }

    private static JsonObject position(int line, int column) {
        JsonObject json = new JsonObject();
        json.addProperty("line", line + 1);
        json.addProperty("column", column + 1);
        return json;
    }
}
