package dev.microvisor.symbols.line;

import dev.microvisor.symbols.elf.ElfFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one unit's line table, in order of their addresses. Rows are kept in arrays because
 * firmware has hundreds of thousands of them.
 */
public final class LineTable {
    static final int STATEMENT = 1;
    static final int PROLOGUE_END = 2;
    static final int EPILOGUE_BEGIN = 4;

    /** Ends a sequence: the first address after it. */
    static final int END = 8;

    private final List<SourceFile> files;
    private int[] address = new int[64];
    private int[] file = new int[64];
    private int[] line = new int[64];
    private int[] column = new int[64];
    private byte[] flags = new byte[64];
    private int size;

    /** Where the sequence that is being read begins. */
    private int sequenceStart;

    private boolean statementAtAddress;

    private final List<Sequence> sequences = new ArrayList<>();

    /** Rows that belong together; the last one has {@link #END}. */
    private record Sequence(int first, int last) {}

    LineTable(List<SourceFile> files) {
        this.files = files;
    }

    /** Adds a row of the sequence being read, leaving out what gdb leaves out too. */
    void add(int at, int fileNumber, int lineNumber, int columnNumber, int rowFlags) {
        boolean first = size == sequenceStart;
        boolean sameAddress = !first && address[size - 1] == at;
        boolean fileChanged = !first && file[size - 1] != fileNumber;
        if (!sameAddress) {
            statementAtAddress = false;
        }
        boolean statement = (rowFlags & STATEMENT) != 0;
        if (fileChanged && sameAddress && !statement && statementAtAddress) {
            return;
        }
        if (fileChanged && sameAddress) {
            // Nothing of the other file remains at this address: its last line has no code here.
            while (size > sequenceStart
                    && address[size - 1] == at
                    && file[size - 1] != fileNumber) {
                size--;
            }
        }
        statementAtAddress |= statement;
        append(at, fileNumber, lineNumber, columnNumber, rowFlags);
    }

    /** Whether the last row of the sequence being read is of a line. */
    boolean endsWith(int fileNumber, int lineNumber) {
        return size > sequenceStart && file[size - 1] == fileNumber && line[size - 1] == lineNumber;
    }

    private void append(int at, int fileNumber, int lineNumber, int columnNumber, int rowFlags) {
        if (size == address.length) {
            int capacity = 2 * size;
            address = Arrays.copyOf(address, capacity);
            file = Arrays.copyOf(file, capacity);
            line = Arrays.copyOf(line, capacity);
            column = Arrays.copyOf(column, capacity);
            flags = Arrays.copyOf(flags, capacity);
        }
        address[size] = at;
        file[size] = fileNumber;
        line[size] = lineNumber;
        column[size] = columnNumber;
        flags[size] = (byte) rowFlags;
        size++;
    }

    /** Keeps the sequence unless the linker dropped its code, which leaves it at address 0. */
    void endSequence(long end, ElfFile elf) {
        boolean ascending = true;
        for (int i = sequenceStart + 1; i < size; i++) {
            ascending &= Integer.compareUnsigned(address[i - 1], address[i]) <= 0;
        }
        while (size > sequenceStart && Integer.toUnsignedLong(address[size - 1]) >= end) {
            size--;
        }
        boolean kept =
                size > sequenceStart
                        && ascending
                        && elf.isLoaded(Integer.toUnsignedLong(address[sequenceStart]));
        if (!kept) {
            size = sequenceStart;
            return;
        }
        append((int) end, 0, 0, 0, END);
        sequences.add(new Sequence(sequenceStart, size - 1));
        sequenceStart = size;
    }

    void finish() {
        size = sequenceStart;
        sequences.sort(Comparator.comparing(sequence -> addressOf(sequence.first())));
        address = Arrays.copyOf(address, size);
        file = Arrays.copyOf(file, size);
        line = Arrays.copyOf(line, size);
        column = Arrays.copyOf(column, size);
        flags = Arrays.copyOf(flags, size);
    }

    public List<SourceFile> files() {
        return files;
    }

    /** The file with a number as DW_AT_decl_file and DW_AT_call_file use it. */
    public Optional<SourceFile> file(long number) {
        return number >= 0 && number < files.size()
                ? Optional.ofNullable(files.get((int) number))
                : Optional.empty();
    }

    int rowCount() {
        return size;
    }

    long addressOf(int row) {
        return Integer.toUnsignedLong(address[row]);
    }

    int lineOf(int row) {
        return line[row];
    }

    int columnOf(int row) {
        return column[row];
    }

    Optional<SourceFile> fileOf(int row) {
        return file(file[row]);
    }

    boolean isStatement(int row) {
        return (flags[row] & STATEMENT) != 0;
    }

    boolean isPrologueEnd(int row) {
        return (flags[row] & PROLOGUE_END) != 0;
    }

    boolean isEnd(int row) {
        return (flags[row] & END) != 0;
    }

    /** Whether two rows are in the same file. */
    boolean sameFile(int first, int second) {
        return file[first] == file[second] || fileOf(first).equals(fileOf(second));
    }

    /** The row that covers an address, or -1. */
    int rowAt(long wanted) {
        int low = 0;
        int high = sequences.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (addressOf(sequences.get(middle).first()) <= wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        // Sequences may overlap in damaged files only; then the later one wins.
        if (sequences.isEmpty() || addressOf(sequences.get(low).first()) > wanted) {
            return -1;
        }
        return rowInSequence(sequences.get(low), wanted);
    }

    private int rowInSequence(Sequence sequence, long wanted) {
        int low = sequence.first();
        int high = sequence.last();
        if (addressOf(high) <= wanted) {
            return -1;
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (addressOf(middle) <= wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return preferStatement(low, sequence.first());
    }

    /** Of several rows at one address the last counts, but a place to stop comes first. */
    private int preferStatement(int row, int first) {
        int best = row;
        while (!isStatement(best)
                && best > first
                && addressOf(best - 1) == addressOf(row)
                && lineOf(best - 1) != 0) {
            best--;
        }
        return isStatement(best) ? best : row;
    }

    /** The first address after a row's code. */
    long endOf(int row) {
        int next = row + 1;
        while (!isEnd(next) && addressOf(next) == addressOf(row)) {
            next++;
        }
        return addressOf(next);
    }

    Optional<SourceLine> lineAt(long wanted) {
        int row = rowAt(wanted);
        return row < 0 ? Optional.empty() : describe(row, addressOf(row), endOf(row));
    }

    /** As {@link #lineAt}, with the neighbouring rows of the same line added to the range. */
    Optional<SourceLine> wholeLineAt(long wanted) {
        int row = rowAt(wanted);
        if (row < 0) {
            return Optional.empty();
        }
        int first = row;
        while (first > 0 && !isEnd(first - 1) && sameLine(first - 1, row)) {
            first--;
        }
        int last = row;
        while (!isEnd(last + 1) && sameLine(last + 1, row)) {
            last++;
        }
        return describe(row, addressOf(first), endOf(last));
    }

    Optional<Long> prologueEndIn(long start, long end) {
        int row = rowAt(start);
        while (row >= 0 && row < size && !isEnd(row) && addressOf(row) < end) {
            if (isPrologueEnd(row)) {
                return Optional.of(addressOf(row));
            }
            row++;
        }
        return Optional.empty();
    }

    boolean hasSeveralRowsAt(long wanted) {
        int row = rowAt(wanted);
        if (row < 0 || addressOf(row) != wanted) {
            return false;
        }
        boolean before = row > 0 && !isEnd(row - 1) && addressOf(row - 1) == wanted;
        return before || (!isEnd(row + 1) && addressOf(row + 1) == wanted);
    }

    private boolean sameLine(int first, int second) {
        return lineOf(first) == lineOf(second) && sameFile(first, second);
    }

    private Optional<SourceLine> describe(int row, long start, long end) {
        return fileOf(row)
                .filter(found -> lineOf(row) > 0)
                .map(
                        found ->
                                new SourceLine(
                                        found,
                                        lineOf(row),
                                        columnOf(row),
                                        start,
                                        end,
                                        isStatement(row)));
    }
}
