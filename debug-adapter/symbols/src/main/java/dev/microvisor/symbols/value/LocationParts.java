package dev.microvisor.symbols.value;

import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts locations: where a member is, given where the whole is. */
final class LocationParts {
    private static final int REGISTER_BYTES = 4;
    private static final int FIRST_DOUBLE = 256;

    private LocationParts() {}

    static Location part(Location whole, long offset, long size) {
        if (whole instanceof Location.Memory) {
            return new Location.Memory(((Location.Memory) whole).address() + offset);
        }
        if (whole instanceof Location.Register) {
            return registerPart(((Location.Register) whole).number(), offset, size);
        }
        if (whole instanceof Location.Constant) {
            byte[] bytes = ((Location.Constant) whole).bytes();
            int from = (int) Math.max(0, Math.min(offset, bytes.length));
            int to = (int) Math.min(bytes.length, offset + size);
            return new Location.Constant(Arrays.copyOfRange(bytes, from, Math.max(from, to)));
        }
        if (whole instanceof Location.Pieces) {
            return cut((Location.Pieces) whole, 8 * offset, 8 * size);
        }
        return whole;
    }

    private static Location registerPart(int number, long offset, long size) {
        if (offset == 0 && size <= REGISTER_BYTES) {
            return new Location.Register(number);
        }
        if (offset < 0 || offset > 64) {
            throw new UnavailableException("outside the registers that hold the value");
        }
        boolean isDouble = number >= FIRST_DOUBLE;
        int first =
                isDouble
                        ? 64 + 2 * (number - FIRST_DOUBLE) + (int) (offset / REGISTER_BYTES)
                        : number + (int) (offset / REGISTER_BYTES);
        int bit = (int) (offset % REGISTER_BYTES) * 8;
        if (bit == 0) {
            return new Location.Register(first);
        }
        return new Location.Pieces(
                List.of(
                        new Location.Piece(
                                new Location.Register(first), (int) Math.min(32, 8 * size), bit)));
    }

    /** Some bits of a value in pieces. */
    static Location cut(Location.Pieces whole, long firstBit, long bits) {
        List<Location.Piece> result = new ArrayList<>();
        long at = 0;
        for (Location.Piece piece : whole.pieces()) {
            long start = Math.max(at, firstBit);
            long end = Math.min(at + piece.bitSize(), firstBit + bits);
            if (start < end) {
                result.add(
                        new Location.Piece(
                                piece.location(),
                                (int) (end - start),
                                piece.bitOffset() + (int) (start - at)));
            }
            at += piece.bitSize();
        }
        if (result.size() == 1) {
            Location.Piece only = result.get(0);
            boolean isWhole = only.bitOffset() == 0 && only.bitSize() == bits;
            if (isWhole || only.location() instanceof Location.OptimisedOut) {
                return only.location();
            }
        }
        return result.isEmpty()
                ? new Location.OptimisedOut("optimised out")
                : new Location.Pieces(result);
    }
}
