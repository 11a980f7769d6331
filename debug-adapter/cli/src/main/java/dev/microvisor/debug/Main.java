package dev.microvisor.debug;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The commands of microvisor-debug.jar. */
@Command(
        name = "microvisor",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs and debugs Microvisor firmware in the bundled emulator.",
        subcommands = {RunCommand.class, DapCommand.class, CloudCommand.class, TrainCommand.class},
        footer = {
            "",
            "Exit codes: 0 done, 1 the firmware crashed, 2 could not run, and those of each command."
        })
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    /** Starts a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintStream protocol = new PrintStream(new FileOutputStream(FileDescriptor.out), false);
        // Nothing but a command's own output may reach stdout: it may be a protocol's channel.
        System.setOut(System.err);
        ProtocolLog.install();
        // LSP4J leaves threads behind that would keep the process alive for a minute.
        System.exit(
                run(
                        new Streams(System.in, protocol, System.err),
                        Interruption.ofProcess(),
                        arguments));
    }

    /** The same without a process, for tests. */
    static int run(Streams streams, String... arguments) {
        return run(streams, Interruption.byHand(), arguments);
    }

    static int run(Streams streams, Interruption interruption, String... arguments) {
        PrintWriter out = writer(streams.out());
        PrintWriter err = writer(streams.err());
        CommandLine commands =
                new CommandLine(new Main(), new StreamsFactory(streams, interruption))
                        .setOut(out)
                        .setErr(err)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .registerConverter(Long.class, Main::wholeNumber)
                        .registerConverter(Integer.class, Main::smallNumber)
                        .registerConverter(int.class, Main::smallNumber)
                        .setExecutionExceptionHandler(new Failures())
                        .setParameterExceptionHandler(new UsageErrors());
        int code = commands.execute(arguments);
        out.flush();
        err.flush();
        streams.out().flush();
        return code;
    }

    private static long wholeNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static int smallNumber(String text) {
        try {
            return Math.toIntExact(wholeNumber(text));
        } catch (ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is too large");
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /**
     * Where a command reads and writes.
     *
     * @param out results, or the protocol
     * @param err messages for people
     */
    record Streams(InputStream in, PrintStream out, PrintStream err) {}

    /** The version that the jar's manifest carries. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"microvisor-debug " + (version == null ? "development" : version)};
        }
    }
}
