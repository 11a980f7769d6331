package dev.microvisor.symbols.value;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.EnumType;
import dev.microvisor.symbols.type.FunctionType;
import dev.microvisor.symbols.type.Member;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A typed place. It is read when it is asked for its bytes, so it is good only while the machine
 * stands still.
 */
public final class Value {
    private final Type type;
    private final Location location;
    private final int bitOffset;
    private final int bitSize;
    private final ExpressionContext context;

    private Value(
            Type type, Location location, int bitOffset, int bitSize, ExpressionContext context) {
        this.type = type;
        this.location = location;
        this.bitOffset = bitOffset;
        this.bitSize = bitSize;
        this.context = context;
    }

    public static Value at(Type type, Location location, ExpressionContext context) {
        return new Value(type, location, 0, 0, context);
    }

    /** A result that is nowhere in the machine. */
    public static Value of(Type type, long bits, ExpressionContext context) {
        int size = (int) Math.max(1, Math.min(8, type.sizeBytes()));
        return at(type, new Location.Constant(Bits.bytes(bits, size)), context);
    }

    public static Value ofReal(Type type, double number, ExpressionContext context) {
        long bits =
                type.sizeBytes() == 4
                        ? Float.floatToRawIntBits((float) number)
                        : Double.doubleToRawLongBits(number);
        return of(type, bits, context);
    }

    public Type type() {
        return type;
    }

    public Location location() {
        return location;
    }

    public ExpressionContext context() {
        return context;
    }

    public boolean isBitField() {
        return bitSize > 0;
    }

    /** The lowest bit of a bit-field in the byte at its location. */
    public int bitOffset() {
        return bitOffset;
    }

    public int bitSize() {
        return bitSize;
    }

    /** Where the value is in memory; empty when it is elsewhere. */
    public OptionalLong address() {
        return location instanceof Location.Memory
                ? OptionalLong.of(((Location.Memory) location).address())
                : OptionalLong.empty();
    }

    /** Why there is no value, or empty when there is one. */
    public Optional<String> problem() {
        if (location instanceof Location.OptimisedOut) {
            return Optional.of(((Location.OptimisedOut) location).reason());
        }
        return Optional.empty();
    }

    /**
     * The bytes of the value; of a bit-field, those of the number.
     *
     * @throws UnavailableException when they cannot be read
     */
    public byte[] bytes() {
        if (bitSize == 0) {
            return LocationReader.read(location, type.sizeBytes(), context.registers());
        }
        int needed = (bitOffset + bitSize + 7) / 8;
        byte[] raw = LocationReader.read(location, needed, context.registers());
        long low = Bits.unsigned(raw, 8) >>> bitOffset;
        if (needed > 8) {
            low |= (raw[8] & 0xFFL) << (64 - bitOffset);
        }
        long number = Bits.zeroExtend(low, bitSize);
        if (isSigned()) {
            number = Bits.signExtend(number, bitSize);
        }
        return Bits.bytes(number, (int) Math.max(1, Math.min(8, type.sizeBytes())));
    }

    private boolean isSigned() {
        Type resolved = type.resolved();
        return resolved instanceof BaseType
                ? ((BaseType) resolved).isSigned()
                : resolved instanceof EnumType && ((EnumType) resolved).isSigned();
    }

    /**
     * The value as a whole number, extended as its type says; of an array or function, its address.
     *
     * @throws UnavailableException when it cannot be read or is no number
     */
    public long asLong() {
        Type resolved = type.resolved();
        if (resolved instanceof ArrayType || resolved instanceof FunctionType) {
            return address().orElseThrow(() -> new UnavailableException("it is not in memory"));
        }
        long size = resolved.sizeBytes();
        if (size < 1 || size > 8) {
            throw new UnavailableException("a value of type " + type + " is no number");
        }
        long bits = Bits.unsigned(bytes(), (int) size);
        if (resolved instanceof BaseType && ((BaseType) resolved).isFloating()) {
            return (long) asDouble();
        }
        return isSigned() ? Bits.signExtend(bits, (int) (8 * size)) : bits;
    }

    /** The value as a real number. */
    public double asDouble() {
        Type resolved = type.resolved();
        if (resolved instanceof BaseType && ((BaseType) resolved).isFloating()) {
            byte[] bytes = bytes();
            if (bytes.length == 4) {
                return Float.intBitsToFloat((int) Bits.unsigned(bytes, 4));
            }
            if (bytes.length == 8) {
                return Double.longBitsToDouble(Bits.unsigned(bytes, 8));
            }
            throw new UnavailableException(
                    "real numbers of " + bytes.length + " bytes are not supported");
        }
        return asLong();
    }

    /** A member of a struct, union or class. */
    public Value member(Member member) {
        if (member.virtualLocation().isPresent()) {
            return at(
                    member.type(),
                    new Location.OptimisedOut("virtual base classes are not supported"),
                    context);
        }
        if (member.isBitField() && location instanceof Location.Pieces) {
            // Its neighbours in the same byte may be optimised out.
            Location exact =
                    LocationParts.cut(
                            (Location.Pieces) location,
                            8 * member.offsetBytes() + member.bitOffset(),
                            member.bitSize());
            return new Value(member.type(), exact, 0, member.bitSize(), context);
        }
        long size =
                member.isBitField()
                        ? (member.bitOffset() + member.bitSize() + 7) / 8
                        : member.type().sizeBytes();
        return new Value(
                member.type(),
                LocationParts.part(location, member.offsetBytes(), size),
                member.bitOffset(),
                member.bitSize(),
                context);
    }

    /** An element of an array. */
    public Value element(long index) {
        Type element = ((ArrayType) type.resolved()).element();
        long size = element.sizeBytes();
        return at(element, LocationParts.part(location, index * size, size), context);
    }

    /** What a pointer or reference points to. */
    public Value dereference() {
        Type target = ((PointerType) type.resolved()).target();
        if (location instanceof Location.ImplicitPointer) {
            return ImplicitTarget.of((Location.ImplicitPointer) location, target, context);
        }
        return at(target, new Location.Memory(asLong()), context);
    }

    /** The same bytes as another type. */
    public Value as(Type other) {
        return new Value(other, location, bitOffset, bitSize, context);
    }

    /** A part of the bytes as another type. */
    public Value part(long offsetBytes, Type other) {
        return at(other, LocationParts.part(location, offsetBytes, other.sizeBytes()), context);
    }
}
