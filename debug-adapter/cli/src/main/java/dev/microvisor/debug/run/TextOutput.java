package dev.microvisor.debug.run;

import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.dap.view.Times;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.io.PrintStream;

/** For people: a line an event, with virtual time in front. */
public final class TextOutput implements RunOutput {
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param err for what is not the firmware's: warnings and how the run ended
     */
    public TextOutput(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void started(RunStart start) {
        // The person has just typed it.
    }

    @Override
    public void logged(LogLine line) {
        String prefix = line.channel().equals("server") ? "[log] " : "[" + line.channel() + "] ";
        print(line.microseconds(), prefix, line.text());
    }

    @Override
    public void console(ConsoleLine line) {
        print(line.microseconds(), "[" + line.port() + "] ", line.text());
    }

    @Override
    public void called(CallView call, CallPlace place) {
        String where =
                place.file().isEmpty()
                        ? String.format("0x%08x", place.address())
                        : fileName(place.file()) + ":" + place.line();
        String function = place.function().isEmpty() ? "" : " in " + place.function();
        print(call.microseconds(), "[call] ", call.text() + "  at " + where + function);
    }

    @Override
    public void note(Note note) {
        print(note.microseconds(), "[" + note.kind() + "] ", note.text());
    }

    @Override
    public void warning(String text) {
        err.println("warning: " + text);
    }

    @Override
    public void crashed(CrashReport report) {
        out.flush();
        report.lines().forEach(err::println);
    }

    @Override
    public void memory(MemoryUse use) {
        out.flush();
        use.lines().forEach(line -> err.println("-- " + line));
    }

    @Override
    public void ended(RunEnd end) {
        out.flush();
        err.println(
                "-- "
                        + end.detail()
                        + " ("
                        + Times.seconds(end.microseconds()).substring(1)
                        + " of virtual time, "
                        + String.format("%,d", end.instructions())
                        + " instructions)");
    }

    private void print(long microseconds, String prefix, String text) {
        String[] lines = text.stripTrailing().split("\n", -1);
        for (String line : lines) {
            out.println(Times.seconds(microseconds) + " " + prefix + line.stripTrailing());
        }
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
