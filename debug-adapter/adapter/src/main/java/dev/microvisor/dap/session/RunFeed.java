package dev.microvisor.dap.session;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.view.Places;
import dev.microvisor.dap.view.Times;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Passes what the firmware says to the client: log lines, serial output and, when asked for, every
 * system call. The kernel speaks while it works, so lines are kept and sent between slices.
 */
public final class RunFeed implements KernelListener {
    /** Lines kept between two slices; a slice is a millisecond. */
    private static final int MAX_HELD = 20_000;

    private final ClientEvents client;
    private final boolean trace;
    private final boolean ansi;
    private final PlaceFinder places;
    private final List<Line> held = new ArrayList<>();
    private long dropped;

    /**
     * @param time printed before the text; empty when the line has none
     */
    private record Line(String category, String time, String text, Style style, int codeAddress) {
        String styled(boolean ansi) {
            String before = time.isEmpty() ? "" : Style.DIM.of(time, ansi) + " ";
            return before + style.of(text, ansi);
        }
    }

    /** Finds the source of a code address as the client wants it. */
    public interface PlaceFinder {
        Optional<ClientEvents.Place> find(int codeAddress);
    }

    /**
     * @param ansi whether the client shows colours
     */
    public RunFeed(
            ClientEvents client, Target target, boolean trace, boolean ansi, PlaceFinder places) {
        this.client = client;
        this.trace = trace;
        this.ansi = ansi;
        this.places = places;
        target.listen(this);
    }

    @Override
    public void logged(LogLine line) {
        String name = line.channel().equals("server") ? "" : "[" + line.channel() + "] ";
        hold(
                "stdout",
                Times.seconds(line.microseconds()),
                name + line.text().stripTrailing(),
                Style.PLAIN,
                Places.call(line.callSite()));
    }

    /** A whole line of a serial port. */
    public void console(String port, String text, long microseconds) {
        hold("stdout", Times.seconds(microseconds), "[" + port + "] " + text, Style.PLAIN, 0);
    }

    /** Something that the emulator wants the user to know. */
    public void warning(String text) {
        hold("console", "", "warning: " + text, Style.WARNING, 0);
    }

    /** Something that the debugger itself did. */
    public void note(String text) {
        hold("console", text, 0);
    }

    void logPoint(String text, int codeAddress) {
        hold("console", text, codeAddress);
    }

    @Override
    public boolean wantsCalls() {
        return trace;
    }

    @Override
    public void called(CallView call) {
        hold(
                "console",
                Times.seconds(call.microseconds()),
                call.text(),
                call.status() != 0 ? Style.FAILURE : Style.PLAIN,
                Places.call(call.callSite()));
    }

    @Override
    public void faultInjected(String description, long instruction) {
        hold("console", "cloud file: " + description, 0);
    }

    @Override
    public void intervened(String description, long instruction) {
        hold("console", "by hand: " + description, 0);
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        hold("important", "the application starts again: " + wakeReason, 0);
    }

    private void hold(String category, String text, int codeAddress) {
        hold(category, "", text, Style.PLAIN, codeAddress);
    }

    private void hold(String category, String time, String text, Style style, int codeAddress) {
        if (held.size() < MAX_HELD) {
            held.add(new Line(category, time, text, style, codeAddress));
        } else {
            dropped++;
        }
    }

    /** Sends what is held. */
    void flush() {
        if (held.isEmpty()) {
            return;
        }
        List<Line> lines = List.copyOf(held);
        held.clear();
        for (Line line : lines) {
            client.output(
                    line.category(),
                    line.styled(ansi),
                    line.codeAddress() == 0 ? Optional.empty() : places.find(line.codeAddress()));
        }
        if (dropped > 0) {
            client.output(
                    "important",
                    dropped + " lines were left out: the firmware writes faster than can be shown",
                    Optional.empty());
            dropped = 0;
        }
    }
}
