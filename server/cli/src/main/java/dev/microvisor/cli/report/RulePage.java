package dev.microvisor.cli.report;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.rules.RuleInfo;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a report may say about a rule. The page is read when somebody asks for it: most runs never
 * do. For one thread.
 */
public final class RulePage {
    private static final Pattern SENTENCE = Pattern.compile("^.*?[.](?= [A-Z]|$)");

    private final String id;
    private final Severity severity;
    private final RuleInfo.Fixing fixing;
    private final List<String> tags;
    private final Supplier<String> page;
    private String markdown;

    /**
     * @param page reads the page, in Markdown
     */
    public RulePage(
            String id,
            Severity severity,
            RuleInfo.Fixing fixing,
            List<String> tags,
            Supplier<String> page) {
        this.id = id;
        this.severity = severity;
        this.fixing = fixing;
        this.tags = List.copyOf(tags);
        this.page = page;
    }

    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    public RuleInfo.Fixing fixing() {
        return fixing;
    }

    public List<String> tags() {
        return tags;
    }

    public String markdown() {
        if (markdown == null) {
            markdown = page.get();
        }
        return markdown;
    }

    /** The first sentence of the page. */
    public String summary() {
        String paragraph =
                Arrays.stream(markdown().split("\n\\s*\n"))
                        .map(p -> p.strip().replaceAll("\\s+", " "))
                        .filter(p -> !p.isEmpty() && !p.startsWith("#"))
                        .findFirst()
                        .orElse("");
        Matcher sentence = SENTENCE.matcher(paragraph);
        return sentence.find() ? sentence.group() : paragraph;
    }
}
