package dev.microvisor.cli;

import dev.microvisor.analysis.rules.Rules;
import dev.microvisor.cli.report.RulePage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code microvisor rules}: all rules in a table. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description =
                "Lists the rules with their severity, what --fix does (fix) or only"
                        + " --unsafe-fixes (suggested), and what they flag.")
final class RulesCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<RuleBook> rules;

    RulesCommand(Console console, Supplier<RuleBook> rules) {
        this.console = console;
        this.rules = rules;
    }

    @Override
    public Integer call() {
        RuleBook book = rules.get();
        int width = book.pages().stream().mapToInt(p -> p.id().length()).max().orElse(0);
        PrintWriter out = console.outWriter();
        for (RulePage page : book.pages()) {
            String severity = page.severity().name().toLowerCase(Locale.ROOT);
            out.printf(
                    "%-" + width + "s  %-7s  %-9s  %s%n",
                    page.id(),
                    severity,
                    switch (page.fixing()) {
                        case NONE -> "";
                        case SUGGESTED -> "suggested";
                        case SAFE -> "fix";
                    },
                    page.summary() + alias(page.id()));
        }
        out.flush();
        return ExitCode.CLEAN;
    }

    private static String alias(String rule) {
        List<String> aliases = Rules.find(rule).map(r -> r.info().aliases()).orElse(List.of());
        return aliases.isEmpty() ? "" : " Also: " + String.join(", ", aliases) + ".";
    }
}
