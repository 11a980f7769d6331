package dev.microvisor.symbols.location;

import dev.microvisor.symbols.dwarf.Die;
import java.util.List;

/** Where a value is. */
public sealed interface Location {
    /** At an address. */
    record Memory(long address) implements Location {
        public Memory {
            address &= 0xFFFF_FFFFL;
        }
    }

    /** In a register, and in those after it when it does not fit one. */
    record Register(int number) implements Location {}

    /** Nowhere in the machine; the debug information says what it is. */
    @SuppressWarnings("ArrayRecordComponent")
    record Constant(byte[] bytes) implements Location {}

    /** Cut into pieces that lie in different places, first bits first. */
    record Pieces(List<Piece> pieces) implements Location {
        public Pieces {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A pointer that is not there, but what it points to is known.
     *
     * @param target the entry of the variable that it points to
     */
    record ImplicitPointer(Die target, long offset) implements Location {}

    /** The compiler removed the value, or it cannot be computed. */
    record OptimisedOut(String reason) implements Location {}

    /**
     * A part of a value.
     *
     * @param bitOffset where in the location the part begins, for DW_OP_bit_piece
     */
    record Piece(Location location, int bitSize, int bitOffset) {}
}
