package dev.microvisor.cli;

import dev.microvisor.analysis.settings.Suggestion;
import dev.microvisor.catalog.Alias;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.Reference;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.cli.report.RulePage;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code microvisor explain}: the page of a rule, a call, a status or another name of the API. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Explains a rule, a system call, a status, a structure, a field or a constant, in"
                        + " Markdown.")
final class ExplainCommand implements Callable<Integer> {
    private final Console console;
    private final Supplier<RuleBook> rules;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "Such as buffer-alignment, mvOpenChannel, MV_STATUS_RATELIMITED or"
                            + " MvHttpRequest.timeout_ms.")
    private String name;

    ExplainCommand(Console console, Supplier<RuleBook> rules) {
        this.console = console;
        this.rules = rules;
    }

    @Override
    public Integer call() {
        Catalog catalog = Catalog.bundled();
        String bare = name.startsWith("microvisor-") ? name.substring(11) : name;
        Optional<String> text =
                rules.get()
                        .page(bare)
                        .map(RulePage::markdown)
                        .or(() -> new Reference(catalog).of(name));
        if (text.isEmpty()) {
            throw new UserError(
                    "nothing is known about '" + name + "'",
                    Suggestion.among(known(catalog), name)
                            .map(s -> "did you mean '" + s + "'?")
                            .orElse("a rule (microvisor rules lists them) or a name of the API"));
        }
        PrintWriter out = console.outWriter();
        out.println(text.get().stripTrailing());
        out.flush();
        return ExitCode.CLEAN;
    }

    private Set<String> known(Catalog catalog) {
        Set<String> names = new TreeSet<>(rules.get().ids());
        catalog.calls().stream().map(SystemCall::name).forEach(names::add);
        catalog.structs().stream().map(StructType::name).forEach(names::add);
        catalog.enumerations().forEach(e -> addAll(e, names));
        catalog.aliases().stream().map(Alias::name).forEach(names::add);
        return names;
    }

    private static void addAll(EnumType type, Set<String> names) {
        names.add(type.name());
        type.constants().stream().map(EnumType.Constant::name).forEach(names::add);
    }
}
