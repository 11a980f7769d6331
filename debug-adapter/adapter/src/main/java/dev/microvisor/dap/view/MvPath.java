package dev.microvisor.dap.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths into the Microvisor scope: {@code $mv.channels[0].phase}. A part is a row's name in small
 * letters with anything that is not a letter or digit left out, or the number of a row in brackets.
 */
final class MvPath {
    private static final Pattern PART = Pattern.compile("\\.([A-Za-z0-9_]+)|\\[(\\d{1,6})\\]");

    static final String ROOT = "$mv";

    private MvPath() {}

    /**
     * Rows with the paths that lead to them.
     *
     * @param path of the row that they are in
     * @param firstElement number of the first row
     */
    static List<Node> named(String path, List<Node> rows, int firstElement) {
        Set<String> taken = new HashSet<>();
        List<Node> result = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Node row = rows.get(i);
            String simple = simple(row.name());
            // A name that is a number, or that a row before has, would lead elsewhere.
            boolean byName = simple.matches("[a-z].*") && taken.add(simple);
            String step = byName ? "." + simple : "[" + (firstElement + i) + "]";
            result.add(row.evaluateName().isEmpty() ? row.evaluatedBy(path + step) : row);
        }
        return result;
    }

    static Optional<Node> find(List<Node> top, String expression) {
        if (!expression.startsWith("$mv")) {
            return Optional.empty();
        }
        Node node = Node.group("$mv", "Microvisor", top);
        int position = "$mv".length();
        Matcher part = PART.matcher(expression);
        boolean atTop = true;
        while (position < expression.length()) {
            if (!part.find(position) || part.start() != position) {
                return Optional.empty();
            }
            Optional<Node> next =
                    part.group(2) != null
                            ? byNumber(node, Integer.parseInt(part.group(2)))
                            : byName(node, part.group(1), atTop);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.get();
            atTop = false;
            position = part.end();
        }
        return Optional.of(node.evaluatedBy(expression));
    }

    private static Optional<Node> byNumber(Node node, int number) {
        if (node.children().indexed() > 0) {
            return node.children().elements(number, 1).stream().findFirst();
        }
        List<Node> members = node.children().members();
        return number < members.size() ? Optional.of(members.get(number)) : Optional.empty();
    }

    private static Optional<Node> byName(Node node, String wanted, boolean atTop) {
        for (Node member : node.children().members()) {
            if (simple(member.name()).equals(simple(wanted))
                    || (atTop && member.evaluateName().equals("$mv." + wanted))) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private static String simple(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
