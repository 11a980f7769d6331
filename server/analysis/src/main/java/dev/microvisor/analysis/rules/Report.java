package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.util.ArrayList;
import java.util.List;

/** A finding in the making. */
public final class Report {
    /** Steps of a path that a reader can follow. */
    private static final int MAX_NOTES = 12;

    private final RuleInfo rule;
    private final SourceRange range;
    private final String function;
    private final String message;
    private final List<Note> notes = new ArrayList<>();
    private final List<Fix> fixes = new ArrayList<>();
    private Severity severity;
    private String why = "";
    private String help = "";

    private Report(RuleInfo rule, String function, SourceRange range, String message) {
        this.rule = rule;
        this.function = function;
        this.range = range;
        this.message = message;
        this.severity = rule.severity();
    }

    /**
     * @param function name of the enclosing function; empty at file scope
     */
    public static Report of(RuleInfo rule, String function, SourceRange range, String message) {
        return new Report(rule, function, range, message);
    }

    public Report severity(Severity other) {
        severity = other;
        return this;
    }

    public Report why(String text) {
        why = text;
        return this;
    }

    public Report help(String text) {
        help = text;
        return this;
    }

    public Report note(SourceRange where, String text) {
        if (where != null && notes.size() < MAX_NOTES) {
            notes.add(new Note(where, text));
        }
        return this;
    }

    public Report notes(List<Note> path) {
        path.forEach(n -> note(n.range(), n.message()));
        return this;
    }

    /** An edit that may be applied without asking. */
    public Report safeFix(String title, SourceRange place, String text) {
        fixes.add(new Fix(title, true, List.of(new TextEdit(place, text))));
        return this;
    }

    /** An edit that somebody should look at. */
    public Report suggestion(String title, SourceRange place, String text) {
        fixes.add(new Fix(title, false, List.of(new TextEdit(place, text))));
        return this;
    }

    public Report fix(Fix fix) {
        fixes.add(fix);
        return this;
    }

    /** The finished finding. */
    public Finding finding() {
        return new Finding(rule.id(), severity, range, function, message, why, help, notes, fixes);
    }
}
