package dev.microvisor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code microvisor} without a subcommand. */
@Command(
        name = "microvisor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks C and C++ firmware for Microvisor against the contract of its calls.",
        footer = {
            "",
            "microvisor lint               checks the sources below the current folder",
            "microvisor explain RULE       tells what a rule flags, why, and how to mend it",
            "microvisor explain mvOpenChannel   tells the contract of a call"
        })
final class RootCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
