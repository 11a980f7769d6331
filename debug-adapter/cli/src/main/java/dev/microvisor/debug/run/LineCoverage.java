package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.emulator.machine.InstructionObserver;
import dev.microvisor.symbols.line.BreakpointLocation;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.line.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which functions and source lines a run executed, as an lcov tracefile. A line's count is that of
 * the most often executed of its statements' first instructions. Counts every instruction, which
 * makes a run several times slower. Belongs to the thread that runs the machine.
 */
public final class LineCoverage implements InstructionObserver {
    private static final int FLASH = 0x0800_0000;
    private static final int FLASH_BYTES = 1 << 20;
    private static final int LAST_LINE = 1_000_000;

    private final long[] counts = new long[FLASH_BYTES / 2];

    @Override
    public void executing(int pc, int sp, int exception) {
        int offset = pc - FLASH;
        if (offset >= 0 && offset < FLASH_BYTES) {
            counts[offset >>> 1]++;
        }
    }

    /** Writes the tracefile. */
    public void write(ReportFile file, Target target) throws CannotRun {
        file.write(lcov(target));
    }

    String lcov(Target target) {
        StringBuilder text = new StringBuilder("TN:\n");
        List<SourceFile> files = new ArrayList<>(target.program().sourceFiles());
        files.sort(Comparator.comparing(SourceFile::path));
        Map<String, List<Entry>> functions = functions(target);
        for (SourceFile file : files) {
            Map<Integer, Long> lines = lines(target, file);
            if (lines.isEmpty()) {
                continue;
            }
            text.append("SF:").append(target.sources().display(file.path())).append('\n');
            append(functions.getOrDefault(file.path(), List.of()), text);
            lines.forEach(
                    (line, count) ->
                            text.append("DA:").append(line).append(',').append(count).append('\n'));
            long hit = lines.values().stream().filter(count -> count > 0).count();
            text.append("LF:").append(lines.size()).append("\nLH:").append(hit);
            text.append("\nend_of_record\n");
        }
        return text.toString();
    }

    /** Where a function begins, and how often it was called. */
    private record Entry(String name, int line, long calls) {}

    /** The functions of each file that have code, by address. */
    private Map<String, List<Entry>> functions(Target target) {
        Map<String, List<Entry>> byFile = new HashMap<>();
        target.program()
                .functionNames()
                .forEach(
                        (address, name) ->
                                target.program()
                                        .lineAt(address)
                                        .ifPresent(
                                                row ->
                                                        byFile.computeIfAbsent(
                                                                        row.file().path(),
                                                                        f -> new ArrayList<>())
                                                                .add(
                                                                        new Entry(
                                                                                name,
                                                                                row.line(),
                                                                                countAt(
                                                                                        address)))));
        return byFile;
    }

    private static void append(List<Entry> functions, StringBuilder text) {
        for (Entry one : functions) {
            text.append("FN:").append(one.line()).append(',').append(one.name()).append('\n');
        }
        for (Entry one : functions) {
            text.append("FNDA:").append(one.calls()).append(',').append(one.name()).append('\n');
        }
        long called = functions.stream().filter(one -> one.calls() > 0).count();
        text.append("FNF:").append(functions.size()).append("\nFNH:").append(called).append('\n');
    }

    private Map<Integer, Long> lines(Target target, SourceFile file) {
        Map<Integer, Long> lines = new TreeMap<>();
        for (BreakpointLocation place : target.program().breakpointLocations(file, 1, LAST_LINE)) {
            Optional<SourceLine> row = target.program().lineAt(place.address());
            if (row.isPresent() && row.get().line() == place.line()) {
                lines.merge(place.line(), countAt(place.address()), Math::max);
            }
        }
        return lines;
    }

    private long countAt(long address) {
        long offset = address - FLASH;
        return offset >= 0 && offset < FLASH_BYTES ? counts[(int) (offset >>> 1)] : 0;
    }
}
