package dev.microvisor.analysis;

import dev.microvisor.analysis.rules.Report;
import dev.microvisor.analysis.rules.Rules;
import dev.microvisor.analysis.rules.SuppressionWithoutReason;
import dev.microvisor.analysis.rules.UnmatchedSuppression;
import dev.microvisor.analysis.rules.UnusedSuppression;
import dev.microvisor.analysis.settings.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What is to be said of suppressions once all findings are known. */
final class SuppressionReports {
    private final Suppressions suppressions;
    private final Path file;
    private final Predicate<String> active;

    /**
     * @param active the rules that had their say about this file in this run
     */
    SuppressionReports(Suppressions suppressions, Path file, Predicate<String> active) {
        this.suppressions = suppressions;
        this.file = file;
        this.active = active;
    }

    List<Finding> findings() {
        Set<String> known = new TreeSet<>();
        Rules.all().forEach(r -> known.add(r.info().id()));
        List<Finding> found = new ArrayList<>();
        for (Suppressions.Entry entry : suppressions.entries()) {
            if (entry.isForAll()) {
                continue;
            }
            boolean pattern = entry.rule().endsWith("*");
            if (!pattern && !known.contains(entry.rule())) {
                found.add(unknown(entry, known));
            } else if (!entry.used() && isActive(entry, known)) {
                found.add(unused(entry));
            }
            if (entry.reason() != null && entry.reason().isEmpty()) {
                found.add(
                        SuppressionWithoutReason.report(
                                        range(entry), "'" + entry.rule() + "' is allowed")
                                .finding());
            }
        }
        suppressions.unmatched().forEach(m -> found.add(unmatched(m)));
        return found;
    }

    private Finding unmatched(Suppressions.Mark mark) {
        Suppressions.Place place = mark.place();
        int line = place.comment().line();
        SourceRange range = new SourceRange(file, line, place.start(), line, place.stop());
        if (mark.begin()) {
            return UnmatchedSuppression.report(
                            range, "no NOLINTEND with the same list follows; this allows nothing")
                    .help("write NOLINTEND" + mark.words() + " where the stretch ends")
                    .finding();
        }
        return UnmatchedSuppression.report(
                        range, "no NOLINTBEGIN with the same list stands before this")
                .help(
                        "write NOLINTBEGIN"
                                + mark.words()
                                + " where the stretch begins, or remove it")
                .fix(new Fix("Remove the NOLINTEND", true, List.of(removal(place))))
                .finding();
    }

    private boolean isActive(Suppressions.Entry entry, Set<String> known) {
        if (!entry.rule().endsWith("*")) {
            return active.test(entry.rule());
        }
        return known.stream().allMatch(active);
    }

    private Finding unknown(Suppressions.Entry entry, Set<String> known) {
        Optional<String> meant = Suggestion.among(known, entry.rule());
        Report report =
                UnusedSuppression.report(
                        range(entry),
                        "there is no rule '" + entry.rule() + "'; the comment allows nothing",
                        meant.map(m -> "did you mean '" + m + "'?")
                                .orElse("microvisor rules lists them"));
        meant.ifPresent(m -> report.suggestion("Change it to '" + m + "'", name(entry), m));
        return report.finding();
    }

    private Finding unused(Suppressions.Entry entry) {
        Report report =
                UnusedSuppression.report(
                        range(entry),
                        "'" + entry.rule() + "' has nothing to say here",
                        "remove it, so that it cannot hide a later mistake");
        List<TextEdit> edits = new ArrayList<>();
        edits.add(removal(entry.place()));
        if (entry.end() != null) {
            edits.add(removal(entry.end()));
        }
        report.fix(new Fix("Remove the suppression of '" + entry.rule() + "'", true, edits));
        return report.finding();
    }

    /** The rule's name in its list. */
    private SourceRange range(Suppressions.Entry entry) {
        Suppressions.Place place = entry.place();
        int column = column(place);
        String id = place.ids().get(place.index());
        int blanks = id.length() - id.stripLeading().length();
        int line = place.comment().line();
        return new SourceRange(
                file, line, column + blanks, line, column + blanks + id.strip().length());
    }

    /** The same without the prefix of the {@code NOLINT} family. */
    private SourceRange name(Suppressions.Entry entry) {
        SourceRange range = range(entry);
        return new SourceRange(
                file,
                range.startLine(),
                range.endColumn() - entry.rule().length(),
                range.endLine(),
                range.endColumn());
    }

    private static int column(Suppressions.Place place) {
        int column = place.listStart();
        for (int i = 0; i < place.index(); i++) {
            column += place.ids().get(i).length() + 1;
        }
        return column;
    }

    private TextEdit removal(Suppressions.Place place) {
        Comments.Line comment = place.comment();
        int line = comment.line();
        if (place.ids().size() > 1) {
            // One of several: it goes with its comma.
            int column = column(place);
            int length = place.ids().get(place.index()).length();
            boolean first = place.index() == 0;
            return edit(line, first ? column : column - 1, line, column + length + (first ? 1 : 0));
        }
        boolean whole =
                comment.text().substring(0, place.start() - comment.startColumn()).strip().length()
                        <= "//".length();
        if (!whole) {
            return edit(line, place.start(), line, place.stop());
        }
        if (comment.alone() && closesItself(comment)) {
            return edit(line, 0, line + 1, 0);
        }
        if (!closesItself(comment)) {
            return edit(line, place.start(), line, place.stop());
        }
        int start = comment.startColumn();
        String text = suppressions.text().lineText(line);
        boolean last = text.substring(Math.min(text.length(), comment.endColumn())).isBlank();
        while (last && start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return edit(line, start, line, comment.endColumn());
    }

    private static boolean closesItself(Comments.Line comment) {
        return comment.text().startsWith("//")
                || (comment.text().startsWith("/*") && comment.text().endsWith("*/"));
    }

    private TextEdit edit(int startLine, int startColumn, int endLine, int endColumn) {
        return new TextEdit(new SourceRange(file, startLine, startColumn, endLine, endColumn), "");
    }
}
