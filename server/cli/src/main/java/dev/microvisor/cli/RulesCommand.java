package dev.microvisor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code microvisor rules}: all rules in a table. */
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Lists the rules.")
final class RulesCommand implements Callable<Integer> {
    private final Console console;

    RulesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.outWriter().flush();
        return ExitCode.CLEAN;
    }
}
