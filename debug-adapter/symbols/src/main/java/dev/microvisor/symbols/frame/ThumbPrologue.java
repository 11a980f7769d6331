package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.stop.PrologueScan;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.MemoryReader;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the first instructions of a function to learn what it has pushed. This is for code without
 * call frame information: hand-written assembly and libraries built without it. It understands what
 * compilers write at the start of a function and stops at the first other instruction.
 */
final class ThumbPrologue implements PrologueScan {
    /** Prologues are short; what is further away is the body. */
    private static final int MAX_BYTES = 64;

    private final MemoryReader code;

    ThumbPrologue(MemoryReader code) {
        this.code = code;
    }

    /** A frame as the prologue builds it. */
    static final class Layout {
        /** How far SP has moved down since the entry. */
        private int depth;

        /** Frame pointer register, or -1, and how far below the entry's SP it points. */
        private int framePointer = -1;

        private int framePointerDepth;

        /** Register to how far below the entry's SP it is saved. */
        private final Map<Integer, Integer> saved = new TreeMap<>();

        private long end;

        /** The rules that unwind this frame. */
        CfaRow row() {
            Map<Integer, CfaRule> rules = new TreeMap<>();
            saved.forEach((register, below) -> rules.put(register, CfaRule.offset(-below)));
            CfaRule cfa =
                    framePointer >= 0
                            ? CfaRule.register(framePointer, framePointerDepth)
                            : CfaRule.register(13, depth);
            return new CfaRow(cfa, rules, 14);
        }
    }

    @Override
    public long endOfPrologue(long start, long end) {
        return scan(start, Math.min(end, start + MAX_BYTES)).end;
    }

    /** What has happened between the entry of a function and {@code pc}. */
    Layout layoutAt(SymbolTable symbols, long pc) {
        return symbols.functionAt(pc)
                .map(
                        function ->
                                scan(
                                        function.address(),
                                        Math.min(pc, function.address() + MAX_BYTES)))
                .orElseGet(() -> scan(pc, pc));
    }

    private Layout scan(long start, long limit) {
        Layout layout = new Layout();
        long at = start;
        while (at < limit) {
            byte[] bytes = code.read(at, 4);
            if (bytes.length < 2) {
                break;
            }
            int first = (int) Bits.unsigned(bytes, 2);
            boolean wide = first >>> 11 >= 0x1D;
            int second = bytes.length < 4 ? 0 : (int) (Bits.unsigned(bytes, 4) >>> 16);
            boolean known = wide ? wide(layout, first, second) : narrow(layout, first);
            if (!known) {
                break;
            }
            at += wide ? 4 : 2;
        }
        layout.end = at;
        return layout;
    }

    private static boolean narrow(Layout layout, int code) {
        if ((code & 0xFE00) == 0xB400) { // PUSH T1
            push(layout, (code & 0xFF) | ((code & 0x100) != 0 ? 1 << 14 : 0));
            return true;
        }
        if ((code & 0xFF80) == 0xB080) { // SUB SP, SP, #imm7 T1
            layout.depth += 4 * (code & 0x7F);
            return true;
        }
        if ((code & 0xF800) == 0xA800) { // ADD Rd, SP, #imm8 T1
            setFramePointer(layout, code >>> 8 & 7, 4 * (code & 0xFF));
            return true;
        }
        if ((code & 0xFF78) == 0x4668) { // MOV Rd, SP T1
            setFramePointer(layout, (code & 7) | (code >>> 4 & 8), 0);
            return true;
        }
        // STR Rt, [R7, #imm] and STR Rt, [SP, #imm] of an argument register.
        boolean storesToFramePointer = (code & 0xF838) == 0x6038 && (code & 7) <= 3;
        boolean storesToStack = (code & 0xF800) == 0x9000 && (code >>> 8 & 7) <= 3;
        boolean storesByte = (code & 0xF838) == 0x7038 && (code & 7) <= 3;
        boolean storesHalf = (code & 0xF838) == 0x8038 && (code & 7) <= 3;
        boolean copies = (code & 0xFF00) == 0x4600 && (code >>> 3 & 0xF) <= 3 && (code & 7) <= 3;
        return (layout.framePointer >= 0
                        && (storesToFramePointer || storesByte || storesHalf || copies))
                || storesToStack;
    }

    private static boolean wide(Layout layout, int first, int second) {
        if (first == 0xE92D) { // PUSH.W T2 (STMDB SP!)
            push(layout, second & 0x5FFF);
            return true;
        }
        if (first == 0xF84D && (second & 0x0FFF) == 0x0D04) { // PUSH.W T3, one register
            push(layout, 1 << (second >>> 12));
            return true;
        }
        if ((first & 0xFBFF) == 0xF1AD && (second & 0x8F00) == 0x0D00) { // SUB.W SP, SP, #const T2
            layout.depth += ThumbConstant.expand(first >>> 10 & 1, second);
            return true;
        }
        if ((first & 0xFBFF) == 0xF2AD && (second & 0x8F00) == 0x0D00) { // SUBW SP, SP, #imm12 T3
            layout.depth += (first >>> 10 & 1) << 11 | (second >>> 12 & 7) << 8 | (second & 0xFF);
            return true;
        }
        if ((first & 0xFFBF) == 0xED2D && (second & 0x0E00) == 0x0A00) { // VPUSH
            layout.depth += 4 * (second & 0xFF);
            return true;
        }
        return false;
    }

    private static void push(Layout layout, int list) {
        layout.depth += 4 * Integer.bitCount(list);
        int below = layout.depth;
        for (int register = 0; register <= 14; register++) {
            if ((list & 1 << register) != 0) {
                layout.saved.put(register, below);
                below -= 4;
            }
        }
    }

    private static void setFramePointer(Layout layout, int register, int above) {
        // Only R7 and R11 are frame pointers; other registers get addresses of locals.
        if (register == 7 || register == 11) {
            layout.framePointer = register;
            layout.framePointerDepth = layout.depth - above;
        }
    }
}
