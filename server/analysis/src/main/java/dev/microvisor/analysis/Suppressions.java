package dev.microvisor.analysis;

import dev.microvisor.analysis.frontend.SourceText;
import dev.microvisor.analysis.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments of one file that allow findings: clang-tidy's {@code NOLINT} family with ids such as
 * {@code microvisor-unchecked-status}, and {@code microvisor: allow(unchecked-status) reason},
 * which speaks of its own line, or of the next line of code when it stands alone.
 */
final class Suppressions {
    private static final Pattern NOLINT =
            Pattern.compile("NOLINT(NEXTLINE|BEGIN|END)?(?:\\(([^)]*)\\))?(?![A-Za-z])");
    private static final Pattern ALLOW =
            Pattern.compile("microvisor:\\s*allow\\(([^)]*)\\)\\s*(.*)");
    private static final String PREFIX = "microvisor-";

    /** Bare {@code NOLINT} allows everything and may be meant for another tool. */
    private static final String EVERYTHING = "*";

    private final SourceText text;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Mark> unmatched = new ArrayList<>();

    Suppressions(SourceText text) {
        this.text = text;
        if (!text.mentions("NOLINT") && !text.mentions("microvisor:")) {
            return;
        }
        List<Comments.Line> comments = Comments.of(text);
        List<Mark> open = new ArrayList<>();
        for (Comments.Line comment : comments) {
            nolint(comment, open);
            allow(comment, comments);
        }
        open.stream().filter(Mark::isOurs).forEach(unmatched::add);
    }

    /**
     * A {@code NOLINTBEGIN} or {@code NOLINTEND}. As for clang-tidy the two are a pair when their
     * lists are the same and no stretch begins or ends between them without its other half; what
     * has no partner allows nothing.
     *
     * @param place of the whole directive
     * @param list the names in its list, sorted; null for none, which means all
     * @param entries our rules among them
     */
    record Mark(boolean begin, Place place, SortedSet<String> list, List<Entry> entries) {
        /** False when only other tools' checks are named. */
        private boolean isOurs() {
            return !entries.isEmpty();
        }

        private boolean isPairOf(Mark end) {
            return Objects.equals(list, end.list);
        }

        /** The list in its parentheses, as it should stand in the other half. */
        String words() {
            return list == null ? "" : "(" + String.join(", ", list) + ")";
        }
    }

    /** One rule that one comment allows. */
    static final class Entry {
        private final Place place;
        private final String rule;
        private final String reason;
        private final int first;
        private int last;
        private Place end;
        private boolean used;

        private Entry(Place place, String rule, String reason, int first, int last) {
            this.place = place;
            this.rule = Rules.idOf(rule);
            this.reason = reason;
            this.first = first;
            this.last = last;
        }

        /** The id of the rule, or a pattern with a star at its end. */
        String rule() {
            return rule;
        }

        boolean used() {
            return used;
        }

        Place place() {
            return place;
        }

        /** Where the same rule is named at the end of a stretch; null when there is none. */
        Place end() {
            return end;
        }

        /** What an {@code allow} says of why; null for others. */
        String reason() {
            return reason;
        }

        /** True for a bare {@code NOLINT} or a star: it may be meant for another tool. */
        boolean isForAll() {
            return rule.equals(EVERYTHING);
        }

        private boolean covers(Finding finding) {
            int line = finding.range().startLine();
            return line >= first && line <= last && matches(finding.rule());
        }

        private boolean matches(String id) {
            return rule.equals(id)
                    || (rule.endsWith("*") && id.startsWith(rule.substring(0, rule.length() - 1)));
        }
    }

    /**
     * Where a rule is named in a comment.
     *
     * @param start of the directive in its line, such as of {@code NOLINT}
     * @param stop after the directive; for an {@code allow} after its reason
     * @param ids the names in its list, as written
     * @param index of this one
     * @param listStart column of the list
     */
    record Place(
            Comments.Line comment,
            int start,
            int stop,
            List<String> ids,
            int index,
            int listStart) {}

    private void nolint(Comments.Line comment, List<Mark> open) {
        Matcher match = NOLINT.matcher(comment.text());
        while (match.find()) {
            String kind = match.group(1) == null ? "" : match.group(1);
            int line = comment.line();
            switch (kind) {
                case "NEXTLINE" -> entries.addAll(entries(comment, match, line + 1, line + 1));
                case "BEGIN" -> open.add(mark(true, comment, match));
                case "END" -> end(mark(false, comment, match), open);
                default -> entries.addAll(entries(comment, match, line, line));
            }
        }
    }

    private static Mark mark(boolean begin, Comments.Line comment, Matcher match) {
        SortedSet<String> list = null;
        if (match.group(2) != null) {
            list = new TreeSet<>();
            for (String id : match.group(2).split(",")) {
                list.add(id.strip());
            }
        }
        int line = comment.line();
        return new Mark(
                begin,
                place(comment, match, List.of(), 0, match.end()),
                list,
                entries(comment, match, line, line));
    }

    private void end(Mark end, List<Mark> open) {
        if (open.isEmpty() || !open.get(open.size() - 1).isPairOf(end)) {
            if (end.isOurs()) {
                unmatched.add(end);
            }
            return;
        }
        for (Entry entry : open.remove(open.size() - 1).entries()) {
            entry.last = end.place().comment().line();
            end.entries().stream()
                    .filter(e -> e.rule.equals(entry.rule))
                    .findFirst()
                    .ifPresent(e -> entry.end = e.place);
            entries.add(entry);
        }
    }

    /** Other tools' ids allow nothing of ours. */
    private static List<Entry> entries(Comments.Line comment, Matcher match, int first, int last) {
        List<Entry> made = new ArrayList<>();
        if (match.group(2) == null) {
            Place place = place(comment, match, List.of(), 0, match.end());
            made.add(new Entry(place, EVERYTHING, null, first, last));
            return made;
        }
        List<String> ids = List.of(match.group(2).split(",", -1));
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i).strip();
            Place place = place(comment, match, ids, i, match.start(2));
            if (id.startsWith(PREFIX)) {
                String rule = id.substring(PREFIX.length());
                made.add(new Entry(place, rule, null, first, last));
            } else if (id.equals(EVERYTHING)) {
                made.add(new Entry(place, EVERYTHING, null, first, last));
            }
        }
        return made;
    }

    private static Place place(
            Comments.Line comment, Matcher match, List<String> ids, int index, int list) {
        int column = comment.startColumn();
        return new Place(
                comment, column + match.start(), column + match.end(), ids, index, column + list);
    }

    private void allow(Comments.Line comment, List<Comments.Line> comments) {
        Matcher match = ALLOW.matcher(comment.text());
        if (!match.find()) {
            return;
        }
        List<String> ids = List.of(match.group(1).split(",", -1));
        String reason = match.group(2).replaceFirst("\\*/\\s*$", "").strip();
        int last = comment.alone() ? nextCode(comment.line(), comments) : comment.line();
        for (int i = 0; i < ids.size(); i++) {
            Place place = place(comment, match, ids, i, match.start(1));
            String id = ids.get(i).strip();
            String rule = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
            entries.add(new Entry(place, rule, reason, comment.line(), last));
        }
    }

    /** The next line that is more than a comment. */
    private int nextCode(int line, List<Comments.Line> comments) {
        int next = line + 1;
        for (Comments.Line comment : comments) {
            if (comment.line() == next && comment.alone()) {
                next++;
            }
        }
        return Math.min(next, text.lineCount() - 1);
    }

    boolean allow(Finding finding) {
        boolean allowed = false;
        for (Entry entry : entries) {
            if (entry.covers(finding)) {
                entry.used = true;
                allowed = true;
            }
        }
        return allowed;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Begins and ends of stretches that lack their other half. */
    List<Mark> unmatched() {
        return unmatched;
    }

    SourceText text() {
        return text;
    }
}
