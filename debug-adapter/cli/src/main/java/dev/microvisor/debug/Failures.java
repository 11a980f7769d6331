package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one message. */
final class Failures implements IExecutionExceptionHandler {
    private static final Logger LOG = Logger.getLogger(Failures.class.getName());

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof CannotRun) {
            command.getErr().println("microvisor: " + e.getMessage());
        } else {
            LOG.log(Level.FINE, e, () -> "internal error");
            StackTraceElement[] trace = e.getStackTrace();
            command.getErr()
                    .println(
                            "microvisor: internal error: "
                                    + e
                                    + (trace.length > 0 ? " at " + trace[0] : "")
                                    + ". This is a bug of Microvisor Tools, please report it.");
        }
        return ExitCodes.COULD_NOT_RUN;
    }
}
