package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Edits of one source file, in terms of its statements. Where an edit cannot be placed so that the
 * file surely still compiles there is none.
 */
final class Edits {
    private final StatementText text;

    private Edits(StatementText text) {
        this.text = text;
    }

    /** Edits of the file that a range is in; empty when it cannot be read. */
    static Optional<Edits> in(SourceRange range, Check check) {
        return Optional.ofNullable(range)
                .flatMap(r -> check.source(r.file()))
                .map(s -> new Edits(s));
    }

    /** Empty range at the beginning of another. */
    static SourceRange before(SourceRange range) {
        return new SourceRange(
                range.file(),
                range.startLine(),
                range.startColumn(),
                range.startLine(),
                range.startColumn());
    }

    /** Empty range at the end of another. */
    static SourceRange after(SourceRange range) {
        return new SourceRange(
                range.file(),
                range.endLine(),
                range.endColumn(),
                range.endLine(),
                range.endColumn());
    }

    static Fix suggestion(String title, TextEdit... edits) {
        return new Fix(title, false, List.of(edits));
    }

    /** Suggests {@code (void)} before a call that is a statement of its own. */
    static void ignoreOnPurpose(Instr.Call call, Report report) {
        SourceRange at = before(call.range());
        if (call.statement().filter(s -> before(s).equals(at)).isPresent()) {
            report.suggestion("Ignore it on purpose with (void)", at, "(void)");
        }
    }

    private int start(SourceRange range) {
        return text.offset(range.startLine(), range.startColumn());
    }

    private int end(SourceRange range) {
        return text.offset(range.endLine(), range.endColumn());
    }

    /** A statement on a line of its own before the one that holds a range. */
    Optional<TextEdit> statementBefore(SourceRange place, String statement) {
        return text.before(start(place))
                .map(
                        at ->
                                new TextEdit(
                                        text.range(at, at),
                                        statement + text.newline() + text.indent(at)));
    }

    /**
     * Statements on lines of their own after the one that a range ends in; empty when that is the
     * only statement of a test without braces.
     */
    Optional<TextEdit> statementAfter(SourceRange place, List<String> lines) {
        Optional<Integer> begin = text.before(start(place));
        Optional<Integer> at = text.after(end(place));
        if (begin.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder added = new StringBuilder();
        for (String line : lines) {
            added.append(text.newline()).append(text.indent(begin.get())).append(line);
        }
        return Optional.of(new TextEdit(text.range(at.get(), at.get()), added.toString()));
    }

    /** Takes a statement away, its line too; leaves an empty one where one must be. */
    Optional<TextEdit> remove(SourceRange place) {
        Optional<Integer> end = text.after(start(place));
        if (end.isEmpty()) {
            return Optional.empty();
        }
        boolean own = text.isStart(start(place));
        return Optional.of(
                own
                        ? new TextEdit(text.withLine(start(place), end.get()), "")
                        : new TextEdit(text.range(start(place), end.get()), ";"));
    }

    /** Replaces a {@code return} by statements and the same return. */
    Optional<TextEdit> beforeReturn(SourceRange place, List<String> lines, String result) {
        boolean own = text.isStart(start(place));
        StringBuilder added = new StringBuilder();
        String indent = text.indent(start(place));
        if (own) {
            lines.forEach(l -> added.append(l).append(text.newline()).append(indent));
            added.append(result);
        } else {
            added.append("{ ").append(String.join(" ", lines)).append(' ').append(result);
            added.append(" }");
        }
        return text.after(start(place))
                .map(e -> new TextEdit(text.range(start(place), e), added.toString()));
    }

    /** Statements before the brace that ends a body. */
    TextEdit beforeBrace(SourceRange brace, List<String> lines) {
        int at = start(brace);
        String indent = text.indent(at);
        StringBuilder added = new StringBuilder();
        lines.forEach(l -> added.append("    ").append(l).append(text.newline()).append(indent));
        return new TextEdit(text.range(at, at), added.toString());
    }

    /** A statement that opens the braces after a test. */
    Optional<TextEdit> atBodyStart(SourceRange test, String statement) {
        return text.bodyAfter(end(test))
                .map(
                        at ->
                                new TextEdit(
                                        text.range(at, at),
                                        text.newline()
                                                + text.indent(start(test))
                                                + "    "
                                                + statement));
    }

    /** Takes a word and the space after it out of a range. */
    Optional<TextEdit> withoutWord(SourceRange range, String word) {
        String written = slice(range);
        int at = written.indexOf(word + " ");
        int from = start(range) + at;
        return at < 0
                ? Optional.empty()
                : Optional.of(new TextEdit(text.range(from, from + word.length() + 1), ""));
    }

    /** {@code volatile} before the type of a declaration, after {@code static} and its like. */
    TextEdit qualify(SourceRange declaration) {
        int at = start(declaration);
        int end = end(declaration);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (String word : List.of("static", "extern", "inline", "\"C\"")) {
                int next = at + word.length();
                if (next < end
                        && text.slice(at, next).equals(word)
                        && Character.isWhitespace(text.slice(next, next + 1).charAt(0))) {
                    at = next;
                    while (at < end && Character.isWhitespace(text.slice(at, at + 1).charAt(0))) {
                        at++;
                    }
                    moved = true;
                }
            }
        }
        return new TextEdit(text.range(at, at), "volatile ");
    }

    /**
     * Another number of elements in an array's declaration, or in the macro that gives it.
     *
     * @param follows true when uses of the array ask it for its size; a number that is written
     *     twice would have to be changed twice
     */
    Optional<TextEdit> bound(SourceRange name, long before, long count, boolean follows) {
        String all = text.slice(0, text.length());
        int open = end(name);
        while (open < all.length() && Character.isWhitespace(all.charAt(open))) {
            open++;
        }
        int close = all.indexOf(']', open);
        if (close < 0 || all.charAt(open) != '[') {
            return Optional.empty();
        }
        String written = all.substring(open + 1, close).strip();
        if (written.matches("\\d+") && follows) {
            return Optional.of(new TextEdit(text.range(open + 1, close), Long.toString(count)));
        }
        // A macro is what length and array have in common.
        Matcher macro =
                Pattern.compile(
                                "(?m)^[ \\t]*#[ \\t]*define[ \\t]+"
                                        + Pattern.quote(written)
                                        + "[ \\t]+\\(?("
                                        + before
                                        + ")[uU]?[lL]?\\b")
                        .matcher(all);
        return written.matches("[A-Za-z_]\\w*") && macro.find()
                ? Optional.of(
                        new TextEdit(
                                text.range(macro.start(1), macro.end(1)), Long.toString(count)))
                : Optional.empty();
    }

    boolean contains(String words) {
        return text.slice(0, text.length()).contains(words);
    }

    /** The text of a range. */
    String slice(SourceRange range) {
        return text.slice(start(range), end(range));
    }
}
