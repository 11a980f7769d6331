package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.util.List;
import java.util.Optional;

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

    /** The text of a range. */
    String slice(SourceRange range) {
        return text.slice(start(range), end(range));
    }
}
