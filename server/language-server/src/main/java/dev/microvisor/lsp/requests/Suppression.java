package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.text.SourceText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comments that silence one finding, in the form that clang-tidy's users know. */
final class Suppression {
    private static final Pattern LIST = Pattern.compile("//\\s*NOLINT\\(([^)]*)\\)");

    private final SourceText text;
    private final SourceRange range;
    private final String name;

    Suppression(SourceText text, Finding finding) {
        this.text = text;
        this.range = finding.range();
        this.name = "microvisor-" + finding.rule();
    }

    /** A comment at the end of the line, or one name more in the comment that is there. */
    Optional<TextEdit> onThisLine() {
        int line = range.startLine();
        String content = text.line(line);
        if (continues(line) || continues(line - 1)) {
            return Optional.empty();
        }
        Matcher list = LIST.matcher(content);
        if (list.find()) {
            return Optional.of(insert(line, list.end(1), ", " + name));
        }
        if (content.contains("//")) {
            // Behind another comment it would be part of that comment's text.
            return Optional.empty();
        }
        return Optional.of(
                insert(line, content.stripTrailing().length(), "  // NOLINT(" + name + ")"));
    }

    /** A comment on a line of its own above. */
    Optional<TextEdit> onLineAbove() {
        int line = range.startLine();
        if (continues(line - 1)) {
            return Optional.empty();
        }
        String content = text.line(line);
        String indent = content.substring(0, content.length() - content.stripLeading().length());
        return Optional.of(
                insert(line, 0, indent + "// NOLINTNEXTLINE(" + name + ")" + text.lineSeparator()));
    }

    /** A line that ends in a backslash: a comment would swallow the next. */
    private boolean continues(int line) {
        return text.line(line).stripTrailing().endsWith("\\");
    }

    private TextEdit insert(int line, int column, String inserted) {
        return new TextEdit(new SourceRange(range.file(), line, column, line, column), inserted);
    }
}
