package dev.microvisor.emulator.disassembly;

import dev.microvisor.emulator.core.Decoder;
import dev.microvisor.emulator.core.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes instructions as text, one after the other. */
public final class Disassembler {
    private static final int HALFWORD = 2;
    private static final int WORD = 4;
    private static final int PC = 15;

    private Disassembler() {}

    /**
     * All instructions of a stretch of memory; it should begin at one, outside an IT block.
     *
     * @param code may end in the middle of an instruction; the half is then left out
     */
    public static List<DisassembledInstruction> all(int address, byte[] code) {
        List<DisassembledInstruction> list = new ArrayList<>();
        ItBlock it = ItBlock.NONE;
        int position = 0;
        while (position + HALFWORD <= code.length) {
            int first = halfword(code, position);
            boolean wide = Decoder.isWide(first);
            if (wide && position + WORD > code.length) {
                return list;
            }
            int second = wide ? halfword(code, position + HALFWORD) : 0;
            DisassembledInstruction one = one(address + position, first, second, it);
            list.add(one);
            it = after(one, it);
            position += one.sizeBytes();
        }
        return list;
    }

    /**
     * One instruction.
     *
     * @param second used when the first halfword needs another
     * @param it where it stands in an IT block
     */
    public static DisassembledInstruction one(int address, int first, int second, ItBlock it) {
        boolean wide = Decoder.isWide(first);
        int bits = wide ? first << 16 | second : first;
        Optional<Encoding> encoding = wide ? Encoding.wide(bits) : Encoding.narrow(bits);
        if (encoding.isEmpty()
                || encoding.get().validity(it.isInside()) == Encoding.Validity.UNDEFINED) {
            return undefined(address, bits, wide);
        }
        Slots slots = new Slots(encoding.get(), address, it);
        String text = slots.fill(syntax(encoding.get()));
        int blank = text.indexOf(' ');
        return new DisassembledInstruction(
                address,
                wide ? WORD : HALFWORD,
                bits,
                blank < 0 ? text : text.substring(0, blank),
                blank < 0 ? "" : text.substring(blank + 1),
                slots.target(),
                true);
    }

    /** Words that are data, such as literal pools. */
    public static DisassembledInstruction word(int address, int value) {
        return new DisassembledInstruction(
                address,
                WORD,
                value << 16 | value >>> 16,
                ".word",
                String.format("0x%08x", value),
                OptionalInt.empty(),
                false);
    }

    /** The IT block of what follows an instruction. */
    public static ItBlock after(DisassembledInstruction instruction, ItBlock it) {
        boolean begins =
                instruction.valid()
                        && instruction.sizeBytes() == HALFWORD
                        && (instruction.bits() & 0xFF00) == 0xBF00
                        && (instruction.bits() & 15) != 0;
        return begins ? new ItBlock(instruction.bits() & 0xFF) : it.next();
    }

    private static String syntax(Encoding encoding) {
        String syntax = SyntaxTable.of(encoding.name());
        if (syntax == null) {
            throw new IllegalStateException("no syntax for " + encoding.name());
        }
        return isPreload(encoding) ? syntax.replaceFirst(".*<t>, ", preload(encoding)) : syntax;
    }

    /** Loads of bytes and halfwords into the PC are hints to the cache. */
    private static boolean isPreload(Encoding encoding) {
        boolean narrowLoad = encoding.name().matches("LDR(B|H|SB) .*");
        return encoding.isWide() && narrowLoad && encoding.field('t') == PC;
    }

    private static String preload(Encoding encoding) {
        return switch (encoding.name().charAt(3)) {
            case 'B' -> "pld<c> ";
            case 'H' -> "pldw<c> ";
            default -> "pli<c> ";
        };
    }

    private static DisassembledInstruction undefined(int address, int bits, boolean wide) {
        return new DisassembledInstruction(
                address,
                wide ? WORD : HALFWORD,
                bits,
                wide ? ".inst.w" : ".inst.n",
                String.format(wide ? "0x%08x" : "0x%04x", bits),
                OptionalInt.empty(),
                false);
    }

    private static int halfword(byte[] code, int position) {
        return (code[position] & 0xFF) | ((code[position + 1] & 0xFF) << 8);
    }
}
