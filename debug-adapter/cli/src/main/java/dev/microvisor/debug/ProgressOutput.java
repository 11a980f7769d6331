package dev.microvisor.debug;

import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.debug.run.MemoryUse;
import dev.microvisor.debug.run.RunOutput;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.LogLine;

/** Takes the progress line away before something else is printed. */
record ProgressOutput(RunOutput inner, ProgressLine progress) implements RunOutput {
    private RunOutput cleared() {
        progress.clear();
        return inner;
    }

    @Override
    public void started(RunStart start) {
        cleared().started(start);
    }

    @Override
    public void logged(LogLine line) {
        cleared().logged(line);
    }

    @Override
    public void console(ConsoleLine line) {
        cleared().console(line);
    }

    @Override
    public void called(CallView call, CallPlace place) {
        cleared().called(call, place);
    }

    @Override
    public void note(Note note) {
        cleared().note(note);
    }

    @Override
    public void warning(String text) {
        cleared().warning(text);
    }

    @Override
    public void crashed(CrashReport report) {
        cleared().crashed(report);
    }

    @Override
    public void memory(MemoryUse use) {
        cleared().memory(use);
    }

    @Override
    public void ended(RunEnd end) {
        cleared().ended(end);
    }
}
