package dev.microvisor.cli.fix;

import java.util.ArrayList;
import java.util.List;

/**
 * A unified diff that {@code git apply} and {@code patch -p1} read. Lines are compared by Myers'
 * algorithm after what is equal at both ends was set aside.
 */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /** Differing lines beyond which the middle is written as replaced as a whole. */
    private static final int MAX_DIFFERENCES = 4000;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    /** A line of the edit script: {@code ' '}, {@code '-'} or {@code '+'} and its text. */
    private record Line(char sign, String text) {}

    private UnifiedDiff(String before, String after) {
        this.before = split(before);
        this.after = split(after);
    }

    /** The diff, or an empty text when there is no difference. */
    public static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        UnifiedDiff diff = new UnifiedDiff(before, after);
        diff.compare();
        StringBuilder out = new StringBuilder();
        out.append("--- a/").append(name).append('\n');
        out.append("+++ b/").append(name).append('\n');
        diff.writeHunks(out);
        return out.toString();
    }

    /** Lines with their line ends, so that a changed end is a changed line. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end + 1));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    private void compare() {
        int head = 0;
        while (head < before.size()
                && head < after.size()
                && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        keep(before.subList(0, head));
        middle(
                before.subList(head, before.size() - tail),
                after.subList(head, after.size() - tail));
        keep(before.subList(before.size() - tail, before.size()));
    }

    private void keep(List<String> same) {
        same.forEach(line -> lines.add(new Line(' ', line)));
    }

    private void middle(List<String> a, List<String> b) {
        List<int[]> trace = shortestEdit(a, b);
        if (trace.isEmpty()) {
            a.forEach(line -> lines.add(new Line('-', line)));
            b.forEach(line -> lines.add(new Line('+', line)));
            return;
        }
        List<Line> reversed = new ArrayList<>();
        int x = a.size();
        int y = b.size();
        int offset = a.size() + b.size() + 1;
        for (int d = trace.size() - 1; d > 0; d--) {
            int[] furthest = trace.get(d - 1);
            int k = x - y;
            boolean down =
                    k == -d || (k != d && furthest[offset + k - 1] < furthest[offset + k + 1]);
            int previousK = down ? k + 1 : k - 1;
            int previousX = furthest[offset + previousK];
            int previousY = previousX - previousK;
            while (x > previousX && y > previousY && x > 0 && y > 0) {
                reversed.add(new Line(' ', a.get(--x)));
                y--;
            }
            if (down) {
                reversed.add(new Line('+', b.get(--y)));
            } else {
                reversed.add(new Line('-', a.get(--x)));
            }
        }
        while (x > 0 && y > 0) {
            reversed.add(new Line(' ', a.get(--x)));
            y--;
        }
        for (int i = reversed.size() - 1; i >= 0; i--) {
            lines.add(reversed.get(i));
        }
    }

    /**
     * For each number of differences, how far each diagonal gets; empty when there are too many.
     */
    private static List<int[]> shortestEdit(List<String> a, List<String> b) {
        int max = a.size() + b.size();
        int offset = max + 1;
        int[] furthest = new int[2 * max + 3];
        List<int[]> trace = new ArrayList<>();
        for (int d = 0; d <= Math.min(max, MAX_DIFFERENCES); d++) {
            for (int k = -d; k <= d; k += 2) {
                boolean down =
                        k == -d || (k != d && furthest[offset + k - 1] < furthest[offset + k + 1]);
                int x = down ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1;
                int y = x - k;
                while (x < a.size() && y < b.size() && a.get(x).equals(b.get(y))) {
                    x++;
                    y++;
                }
                furthest[offset + k] = x;
                if (x >= a.size() && y >= b.size()) {
                    trace.add(furthest.clone());
                    return trace;
                }
            }
            trace.add(furthest.clone());
        }
        return List.of();
    }

    private void writeHunks(StringBuilder out) {
        int at = 0;
        int beforeLine = 1;
        int afterLine = 1;
        while (at < lines.size()) {
            int change = nextChange(at);
            if (change < 0) {
                return;
            }
            int start = Math.max(at, change - CONTEXT);
            beforeLine += start - at;
            afterLine += start - at;
            int end = hunkEnd(change);
            int removed = 0;
            int added = 0;
            for (Line line : lines.subList(start, end)) {
                removed += line.sign() == '+' ? 0 : 1;
                added += line.sign() == '-' ? 0 : 1;
            }
            out.append("@@ -").append(range(beforeLine, removed));
            out.append(" +").append(range(afterLine, added)).append(" @@\n");
            lines.subList(start, end).forEach(line -> write(line, out));
            beforeLine += removed;
            afterLine += added;
            at = end;
        }
    }

    private static String range(int line, int count) {
        // An empty range names the line before it.
        return (count == 0 ? line - 1 : line) + (count == 1 ? "" : "," + count);
    }

    private int nextChange(int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).sign() != ' ') {
                return i;
            }
        }
        return -1;
    }

    /** Changes closer than two contexts share a hunk. */
    private int hunkEnd(int change) {
        int last = change;
        for (int next = nextChange(last + 1);
                next >= 0 && next - last <= 2 * CONTEXT;
                next = nextChange(last + 1)) {
            last = next;
        }
        return Math.min(lines.size(), last + 1 + CONTEXT);
    }

    private static void write(Line line, StringBuilder out) {
        out.append(line.sign()).append(line.text());
        if (!line.text().endsWith("\n")) {
            out.append("\n\\ No newline at end of file\n");
        }
    }
}
