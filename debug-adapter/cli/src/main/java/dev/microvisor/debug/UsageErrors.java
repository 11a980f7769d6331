package dev.microvisor.debug;

import dev.microvisor.emulator.cloud.Suggestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the command line, in one line, and how to get help. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(
                        "microvisor: "
                                + message(e)
                                + " (try '"
                                + command.getCommandSpec().qualifiedName()
                                + " --help')");
        return ExitCodes.COULD_NOT_RUN;
    }

    private static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage();
        }
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String first = unmatched.getUnmatched().get(0);
        if (unmatched.isUnknownOption()) {
            List<String> options = new ArrayList<>(command.optionsMap().keySet());
            return "there is no option " + first + Suggestion.of(first, options);
        }
        if (!command.subcommands().isEmpty()) {
            return "there is no command "
                    + first
                    + Suggestion.of(first, command.subcommands().keySet());
        }
        return command.name().equals("dap")
                ? first + " is one too many: the client's launch request names the firmware"
                : first + " is one too many";
    }
}
