package dev.microvisor.debug;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with the command line, in one line, and how to get help. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(
                        "microvisor: "
                                + e.getMessage()
                                + " (try '"
                                + command.getCommandSpec().qualifiedName()
                                + " --help')");
        return ExitCodes.COULD_NOT_RUN;
    }
}
