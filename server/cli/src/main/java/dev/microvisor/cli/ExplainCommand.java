package dev.microvisor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code microvisor explain}: the page of a rule, a call, a status or another name of the API. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Explains a rule, a system call, a status, a structure or a constant.")
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "Such as buffer-alignment or mvOpenChannel.")
    private String name;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        throw new UserError(
                "nothing is known about '" + name + "' " + console.folder(), "microvisor rules");
    }
}
