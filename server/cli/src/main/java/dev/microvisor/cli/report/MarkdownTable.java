package dev.microvisor.cli.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table in Markdown whose columns line up, so that it also reads well in a terminal. The first
 * column is text, the others are figures.
 */
public final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    public MarkdownTable(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a line with as many cells as there are headings. */
    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("want " + rows.get(0).size() + " cells");
        }
        rows.add(List.of(cells));
    }

    public void write(PrintWriter out) {
        int columns = rows.get(0).size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 3));
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        for (int line = 0; line < rows.size(); line++) {
            write(rows.get(line), widths, out);
            if (line == 0) {
                rule(widths, out);
            }
        }
    }

    private static void write(List<String> row, List<Integer> widths, PrintWriter out) {
        for (int i = 0; i < row.size(); i++) {
            String format = (i == 0 ? "| %-" : "| %") + widths.get(i) + "s ";
            out.printf(format, row.get(i));
        }
        out.println("|");
    }

    private static void rule(List<Integer> widths, PrintWriter out) {
        for (int i = 0; i < widths.size(); i++) {
            String dashes = "-".repeat(widths.get(i));
            out.print(i == 0 ? "|-" + dashes + "-" : "|-" + dashes + ":");
        }
        out.println("|");
    }
}
