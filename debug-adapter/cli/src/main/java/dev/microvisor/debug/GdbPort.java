package dev.microvisor.debug;

import dev.microvisor.gdb.GdbServer;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The port of {@code --gdb}, which may be left out, even when the firmware's name follows. */
final class GdbPort implements IParameterConsumer {
    private static final int MAX_PORT = 65_535;

    // The interface is picocli's, and so is its choice of Stack.
    @Override
    @SuppressWarnings("JdkObsolete")
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        boolean given = !arguments.isEmpty() && arguments.peek().matches("\\d{1,9}");
        int port = given ? Integer.parseInt(arguments.pop()) : GdbServer.DEFAULT_PORT;
        if (port > MAX_PORT) {
            throw new ParameterException(
                    command.commandLine(), "--gdb " + port + " is no port: give 0 to 65535");
        }
        option.setValue(port);
    }
}
