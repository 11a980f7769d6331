package dev.microvisor.analysis;

import dev.microvisor.analysis.frontend.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments of one file that allow findings: clang-tidy's {@code NOLINT} family with ids such as
 * {@code microvisor-unchecked-status}, and {@code microvisor: allow(unchecked-status) reason},
 * which speaks of its own line, or of the next one when it stands alone.
 */
final class Suppressions {
    private static final Pattern NOLINT =
            Pattern.compile("NOLINT(NEXTLINE|BEGIN|END)?(?:\\(([^)]*)\\))?(?![A-Z])");
    private static final Pattern ALLOW =
            Pattern.compile("microvisor:\\s*allow\\(([^)]*)\\)\\s*(.*)");
    private static final String PREFIX = "microvisor-";

    private final List<Span> spans = new ArrayList<>();

    /** Lines, both included, on which the rules of a list are allowed. */
    private record Span(int first, int last, List<String> rules) {
        boolean covers(int line, String rule) {
            return line >= first && line <= last && rules.stream().anyMatch(r -> matches(r, rule));
        }

        private static boolean matches(String pattern, String rule) {
            return pattern.equals(rule)
                    || (pattern.endsWith("*")
                            && rule.startsWith(pattern.substring(0, pattern.length() - 1)));
        }
    }

    Suppressions(SourceText text) {
        List<Span> open = new ArrayList<>();
        for (int line = 0; line < text.lineCount(); line++) {
            String content = text.lineText(line);
            int comment = Math.max(content.indexOf("//"), content.indexOf("/*"));
            boolean mayHold = content.contains("NOLINT") || content.contains("microvisor:");
            if (mayHold && (comment >= 0 || content.stripLeading().startsWith("*"))) {
                nolint(content, line, open);
                allow(content, line);
            }
        }
        // What is never closed lasts to the end of the file.
        spans.addAll(open);
    }

    private void nolint(String content, int line, List<Span> open) {
        Matcher match = NOLINT.matcher(content);
        while (match.find()) {
            List<String> rules = nolintRules(match.group(2));
            String kind = match.group(1) == null ? "" : match.group(1);
            switch (kind) {
                case "NEXTLINE" -> spans.add(new Span(line + 1, line + 1, rules));
                case "BEGIN" -> open.add(new Span(line, Integer.MAX_VALUE, rules));
                case "END" -> {
                    if (!open.isEmpty()) {
                        Span begin = open.remove(open.size() - 1);
                        spans.add(new Span(begin.first(), line, begin.rules()));
                    }
                }
                default -> spans.add(new Span(line, line, rules));
            }
        }
    }

    /** A bare {@code NOLINT} allows everything; other tools' ids allow nothing of ours. */
    private static List<String> nolintRules(String list) {
        if (list == null) {
            return List.of("*");
        }
        List<String> rules = new ArrayList<>();
        for (String id : list.split(",")) {
            String trimmed = id.strip();
            if (trimmed.startsWith(PREFIX)) {
                rules.add(trimmed.substring(PREFIX.length()));
            } else if (trimmed.equals("*")) {
                rules.add("*");
            }
        }
        return rules;
    }

    private void allow(String content, int line) {
        Matcher match = ALLOW.matcher(content);
        if (match.find()) {
            List<String> rules = new ArrayList<>();
            for (String id : match.group(1).split(",")) {
                rules.add(id.strip());
            }
            String before = content.strip();
            boolean alone = before.startsWith("//") || before.startsWith("/*");
            spans.add(new Span(line, alone ? line + 1 : line, rules));
        }
    }

    boolean allow(Finding finding) {
        return spans.stream().anyMatch(s -> s.covers(finding.range().startLine(), finding.rule()));
    }
}
