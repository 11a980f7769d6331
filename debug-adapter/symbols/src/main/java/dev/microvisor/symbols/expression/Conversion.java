package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.FunctionType;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.VoidType;
import dev.microvisor.symbols.value.Value;

/** Casts, and the conversions that C makes by itself. */
final class Conversion {
    private Conversion() {}

    /** An array becomes a pointer to its first element, a function a pointer to itself. */
    static Value decayed(Value value) {
        Type type = value.type().resolved();
        if (type instanceof ArrayType && value.address().isPresent()) {
            return Value.of(
                    PointerType.to(((ArrayType) type).element()),
                    value.address().getAsLong(),
                    value.context());
        }
        if (type instanceof FunctionType && value.address().isPresent()) {
            return Value.of(
                    PointerType.to(value.type()), value.address().getAsLong(), value.context());
        }
        return value;
    }

    static Value cast(Value operand, Type target) {
        Type to = target.resolved();
        ExpressionContext context = operand.context();
        if (to instanceof VoidType) {
            return Value.at(target, new Location.Constant(new byte[0]), context);
        }
        Value value = decayed(operand);
        Type from = value.type().resolved();
        boolean scalarFrom = Arithmetic.isNumber(from) || from instanceof PointerType;
        if (to instanceof PointerType && scalarFrom && !Arithmetic.isReal(from)) {
            return Value.of(target, value.asLong(), context);
        }
        if (Arithmetic.isNumber(to) && scalarFrom) {
            return number(value, from, target, (int) to.sizeBytes());
        }
        if (from.sizeBytes() == to.sizeBytes() && from.sizeBytes() > 0) {
            // GNU C lets a struct be cast to itself; as a debugger, also to one of the same size.
            return operand.as(target);
        }
        throw new ExpressionException(
                "a value of type " + operand.type() + " cannot be cast to " + target);
    }

    private static Value number(Value value, Type from, Type target, int size) {
        Type to = target.resolved();
        if (Arithmetic.isReal(to)) {
            return Value.ofReal(target, real(value, from), value.context());
        }
        boolean isBoolean =
                to instanceof BaseType && ((BaseType) to).encoding() == BaseType.Encoding.BOOLEAN;
        if (isBoolean) {
            boolean set = Arithmetic.isReal(from) ? value.asDouble() != 0 : value.asLong() != 0;
            return Value.of(target, set ? 1 : 0, value.context());
        }
        return Value.of(target, Bits.zeroExtend(value.asLong(), 8 * size), value.context());
    }

    private static double real(Value value, Type from) {
        if (Arithmetic.isReal(from)) {
            return value.asDouble();
        }
        long number = value.asLong();
        boolean unsigned64 =
                from instanceof BaseType
                        && from.sizeBytes() == 8
                        && !((BaseType) from).isSigned()
                        && number < 0;
        return unsigned64 ? (number >>> 1) * 2.0 + (number & 1) : number;
    }
}
