package dev.microvisor.symbols.type;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.Slice;
import java.util.Optional;
import java.util.OptionalLong;

/** Places members, bit-fields in both the old and the new way of saying where they are. */
final class MemberReader {
    private static final int PLUS_UCONST = 0x23;

    private MemberReader() {}

    static Member read(Die die, Type type) {
        boolean base = die.tag() == Tag.INHERITANCE;
        String name = base ? type.toString() : die.name().orElse("");
        OptionalLong offset = die.constant(At.DATA_MEMBER_LOCATION);
        Optional<Slice> expression = die.block(At.DATA_MEMBER_LOCATION);
        if (expression.isPresent()) {
            offset = plainOffset(expression.get());
            if (offset.isPresent()) {
                expression = Optional.empty();
            }
        }
        int bits = (int) Math.min(64, Math.max(0, die.constant(At.BIT_SIZE).orElse(0)));
        long firstBit = 8 * offset.orElse(0);
        if (bits > 0) {
            if (die.has(At.DATA_BIT_OFFSET)) {
                firstBit += die.constant(At.DATA_BIT_OFFSET).orElse(0);
            } else if (die.has(At.BIT_OFFSET)) {
                // DWARF 3: counted from the highest bit of a storage unit.
                long storage = 8 * die.constant(At.BYTE_SIZE).orElse(type.sizeBytes());
                firstBit += storage - die.constant(At.BIT_OFFSET).orElse(0) - bits;
            }
        }
        return new Member(
                name,
                type,
                Math.floorDiv(firstBit, 8L),
                (int) Math.floorMod(firstBit, 8L),
                bits,
                base,
                expression);
    }

    /** The offset of a location that only adds a number. */
    private static OptionalLong plainOffset(Slice expression) {
        Cursor cursor = expression.cursor(0);
        if (cursor.remaining() >= 2 && cursor.u8() == PLUS_UCONST) {
            long offset = cursor.uleb();
            if (!cursor.hasRemaining()) {
                return OptionalLong.of(offset);
            }
        }
        return OptionalLong.empty();
    }
}
