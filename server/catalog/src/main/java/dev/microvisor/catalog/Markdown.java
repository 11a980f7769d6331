package dev.microvisor.catalog;

/** Markdown being written; knows where blank lines go. */
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    Markdown code(String c) {
        return block("```c\n" + c + "\n```");
    }

    Markdown paragraph(String paragraph) {
        return paragraph.isEmpty() ? this : block(paragraph);
    }

    Markdown heading(String heading) {
        return block("**" + heading + "**");
    }

    Markdown deprecated(Deprecation deprecation) {
        return block("**Deprecated.** " + deprecation.reason() + " " + deprecation.replacement());
    }

    Markdown bullet(String item) {
        return lines("- ", item);
    }

    Markdown subBullet(String item) {
        return lines("  - ", item);
    }

    Markdown row(String... cells) {
        return lines("| ", String.join(" | ", cells).replace("\n", " ") + " |");
    }

    Markdown source(String source) {
        return block("*Source: " + source + "*");
    }

    /** Lines of one list or table follow each other; a blank line sets the first one off. */
    private Markdown lines(String mark, String rest) {
        boolean continues = !text.isEmpty() && lastLineIsOf(mark.strip());
        if (!text.isEmpty()) {
            text.append(continues ? "\n" : "\n\n");
        }
        text.append(mark).append(rest);
        return this;
    }

    private boolean lastLineIsOf(String mark) {
        String last = text.substring(text.lastIndexOf("\n") + 1).strip();
        return last.startsWith(mark);
    }

    private Markdown block(String block) {
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
        text.append(block);
        return this;
    }

    @Override
    public String toString() {
        return text + "\n";
    }
}
