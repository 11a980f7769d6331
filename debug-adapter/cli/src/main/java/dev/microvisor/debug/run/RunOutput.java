package dev.microvisor.debug.run;

import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.LogLine;

/** Where the events of a run go, in the order in which they happen. */
public interface RunOutput {
    void started(RunStart start);

    void logged(LogLine line);

    /** A whole line that the firmware wrote to a serial port. */
    void console(ConsoleLine line);

    void called(CallView call, CallPlace place);

    /** Something about Microvisor that is worth knowing when calls are traced. */
    void note(Note note);

    void warning(String text);

    void crashed(CrashReport report);

    /** Stacks and heaps, just before the end; only when asked for. */
    void memory(MemoryUse use);

    void ended(RunEnd end);

    /**
     * What runs.
     *
     * @param program path of the ELF file
     * @param cloud path of the cloud file; empty when there is none
     */
    record RunStart(String program, String cloud, int clockHz) {}

    /**
     * A line of a serial port.
     *
     * @param port such as {@code USART2}
     */
    record ConsoleLine(long instruction, long microseconds, String port, String text) {}

    /**
     * Where a call was made.
     *
     * @param function empty when unknown
     * @param file empty when unknown
     */
    record CallPlace(int address, String function, String file, int line) {}

    /**
     * An event of Microvisor.
     *
     * @param kind {@code notification}, {@code network}, {@code channel}, {@code fault} or {@code
     *     restart}
     */
    record Note(String kind, long instruction, long microseconds, String text) {}

    /**
     * How it ended.
     *
     * @param reason {@code idle}, {@code limit}, {@code crash}, {@code exit}, {@code until}, {@code
     *     not-as-expected}, {@code replay-differs}, {@code recording}, {@code output-closed},
     *     {@code interrupted} or {@code unsupported}
     * @param stateHash of registers, memory, system registers and time
     */
    record RunEnd(
            String reason,
            String detail,
            long instructions,
            long microseconds,
            int exitCode,
            long stateHash) {}
}
