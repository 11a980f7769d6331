package dev.microvisor.dap.view;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.emulator.disassembly.DisassembledInstruction;
import dev.microvisor.emulator.disassembly.Disassembler;
import dev.microvisor.emulator.disassembly.ItBlock;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.elf.SymbolTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Memory as instructions, forwards and backwards from an address. Thumb code cannot be read
 * backwards, so what comes before is read forwards from the start of the function that holds it;
 * constants between functions are words, where the program's mapping symbols say so.
 */
public final class CodeListing {
    private static final int HALFWORD = 2;
    private static final int WORD = 4;

    /** How far back a stretch without symbols is read at once. */
    private static final int STRETCH_BYTES = 256;

    private final Target target;
    private final SymbolTable symbols;

    public CodeListing(Target target) {
        this.target = target;
        this.symbols = target.program().symbols();
    }

    /**
     * A row of the listing.
     *
     * @param instruction empty where there is no memory
     */
    public record Row(int address, Optional<DisassembledInstruction> instruction) {
        int end() {
            return address + instruction.map(DisassembledInstruction::sizeBytes).orElse(HALFWORD);
        }
    }

    /**
     * Exactly {@code count} rows.
     *
     * @param first number of the first row, counted from the one at {@code address}; may be
     *     negative
     */
    public List<Row> rows(int address, int first, int count) {
        List<Row> rows = new ArrayList<>();
        if (first < 0) {
            List<Row> before = before(address, -first);
            rows.addAll(before.subList(0, Math.min(count, before.size())));
        }
        int skipped = Math.max(first, 0);
        int wanted = count - rows.size();
        if (wanted > 0) {
            List<Row> after = after(address, skipped + wanted);
            rows.addAll(after.subList(skipped, skipped + wanted));
        }
        return rows;
    }

    private List<Row> after(int address, int count) {
        List<Row> rows = new ArrayList<>();
        int at = address;
        ItBlock it = itBlockAt(address);
        while (rows.size() < count) {
            Row row = row(at, it);
            it = next(row, it);
            rows.add(row);
            at = row.end();
        }
        return rows;
    }

    /** The rows that end at an address, nearest last. */
    private List<Row> before(int address, int count) {
        List<Row> rows = new ArrayList<>();
        int end = address;
        while (rows.size() < count) {
            int start = stretchBefore(end);
            rows.addAll(0, stretch(start, end));
            end = start;
        }
        return rows.subList(rows.size() - count, rows.size());
    }

    /** All rows of a stretch; the last instruction may not reach beyond it. */
    private List<Row> stretch(int start, int end) {
        List<Row> rows = new ArrayList<>();
        ItBlock it = ItBlock.NONE;
        for (int at = start; at != end; ) {
            Row row = row(at, it);
            if (row.end() - start > end - start) {
                row = new Row(at, Optional.empty());
            }
            it = next(row, it);
            rows.add(row);
            at = row.end();
        }
        return rows;
    }

    private static ItBlock next(Row row, ItBlock it) {
        return row.instruction().map(i -> Disassembler.after(i, it)).orElse(ItBlock.NONE);
    }

    /** Start of the function just before an address, when it is near. */
    private int stretchBefore(int end) {
        long wanted = Integer.toUnsignedLong(end) - 1;
        Map.Entry<Long, Symbol> function = symbols.functions().floorEntry(wanted);
        boolean near = function != null && wanted - function.getKey() < STRETCH_BYTES * 64L;
        return near ? (int) (long) function.getKey() : end - STRETCH_BYTES;
    }

    /** An address in the middle of a function may lie in an IT block. */
    private ItBlock itBlockAt(int address) {
        Optional<Symbol> function = symbols.functionAt(Integer.toUnsignedLong(address));
        ItBlock it = ItBlock.NONE;
        if (function.isEmpty()) {
            return it;
        }
        int at = (int) function.get().address();
        while (Integer.compareUnsigned(at, address) < 0) {
            Row row = row(at, it);
            it = next(row, it);
            at = row.end();
        }
        return at == address ? it : ItBlock.NONE;
    }

    private Row row(int address, ItBlock it) {
        byte[] bytes = target.machine().peek(address, WORD);
        if (bytes.length < HALFWORD) {
            return new Row(address, Optional.empty());
        }
        boolean data = !symbols.isCode(Integer.toUnsignedLong(address));
        if (data && bytes.length == WORD && address % WORD == 0) {
            int word = halfword(bytes, 0) | (second(bytes) << Short.SIZE);
            return new Row(address, Optional.of(Disassembler.word(address, word)));
        }
        return new Row(
                address,
                Optional.of(Disassembler.one(address, halfword(bytes, 0), second(bytes), it)));
    }

    private static int second(byte[] bytes) {
        return bytes.length < WORD ? 0 : halfword(bytes, HALFWORD);
    }

    private static int halfword(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) | ((bytes[offset + 1] & 0xFF) << Byte.SIZE);
    }
}
