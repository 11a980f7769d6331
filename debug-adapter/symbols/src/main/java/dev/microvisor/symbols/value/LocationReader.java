package dev.microvisor.symbols.value;

import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.RegisterName;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.FrameContext;
import java.util.Arrays;
import java.util.OptionalInt;

/** Fetches the bytes of a location. */
final class LocationReader {
    /** No single value that is shown is larger; arrays are read element by element. */
    private static final int MAX_BYTES = 1 << 20;

    private LocationReader() {}

    static byte[] read(Location location, long size, FrameContext context) {
        if (size < 0 || size > MAX_BYTES) {
            throw new UnavailableException("a value of " + size + " bytes is not read at once");
        }
        int count = (int) size;
        if (location instanceof Location.Memory) {
            long address = ((Location.Memory) location).address();
            byte[] bytes = context.read(address, count);
            if (bytes.length < count) {
                throw new UnavailableException(
                        String.format("memory at 0x%08x cannot be read", address + bytes.length));
            }
            return bytes;
        }
        if (location instanceof Location.Register) {
            return registers(((Location.Register) location).number(), count, context);
        }
        if (location instanceof Location.Constant) {
            return Arrays.copyOf(((Location.Constant) location).bytes(), count);
        }
        if (location instanceof Location.Pieces) {
            return pieces((Location.Pieces) location, count, context);
        }
        if (location instanceof Location.OptimisedOut) {
            throw new UnavailableException(((Location.OptimisedOut) location).reason());
        }
        if (location instanceof Location.ImplicitPointer) {
            throw new UnavailableException(
                    "optimised to a pointer that exists only in the debugger");
        }
        throw new AssertionError(location);
    }

    private static byte[] registers(int first, int count, FrameContext context) {
        int number =
                first >= FrameContext.FIRST_DOUBLE
                        ? FrameContext.FIRST_SINGLE + 2 * (first - FrameContext.FIRST_DOUBLE)
                        : first;
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; at += 4) {
            int register = number + at / 4;
            OptionalInt value = context.register(register);
            if (value.isEmpty()) {
                throw new UnavailableException(
                        RegisterName.of(register) + ", which held it, was not saved");
            }
            byte[] word = Bits.bytes(value.getAsInt(), 4);
            System.arraycopy(word, 0, bytes, at, Math.min(4, count - at));
        }
        return bytes;
    }

    private static byte[] pieces(Location.Pieces location, int count, FrameContext context) {
        byte[] bytes = new byte[count];
        long bit = 0;
        for (Location.Piece piece : location.pieces()) {
            if (bit >= 8L * count) {
                break;
            }
            int bits = (int) Math.min(piece.bitSize(), 8L * count - bit);
            int needed = (piece.bitOffset() + bits + 7) / 8;
            byte[] part = read(piece.location(), needed, context);
            for (int i = 0; i < bits; i++) {
                int from = piece.bitOffset() + i;
                if ((part[from / 8] >> from % 8 & 1) != 0) {
                    int to = (int) bit + i;
                    bytes[to / 8] |= (byte) (1 << to % 8);
                }
            }
            bit += bits;
        }
        if (bit <= 8L * (count - 1)) {
            throw new UnavailableException("partly optimised out");
        }
        return bytes;
    }
}
