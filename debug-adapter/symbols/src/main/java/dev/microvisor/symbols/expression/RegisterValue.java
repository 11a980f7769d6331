package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.VoidType;
import dev.microvisor.symbols.value.Value;
import java.util.Locale;
import java.util.OptionalInt;

/** Registers as values: {@code $r0}, {@code $sp}, {@code $psp}, {@code $s3}, {@code $d1}. */
final class RegisterValue {
    private RegisterValue() {}

    static Value of(String written, ExpressionContext context) {
        String name = written.toLowerCase(Locale.ROOT);
        int number = number(name);
        if (number >= FrameContext.FIRST_DOUBLE) {
            return Value.at(BaseType.DOUBLE, new Location.Register(number), context);
        }
        if (number >= FrameContext.FIRST_SINGLE) {
            return Value.at(BaseType.FLOAT, new Location.Register(number), context);
        }
        if (number >= 0) {
            Type type =
                    number == FrameContext.SP
                            ? PointerType.to(VoidType.INSTANCE)
                            : BaseType.UNSIGNED_INT;
            return Value.at(type, new Location.Register(number), context);
        }
        OptionalInt value = context.registers().named(name);
        if (value.isEmpty()) {
            throw new ExpressionException("there is no register $" + written);
        }
        boolean pointer = name.equals("msp") || name.equals("psp");
        Type type = pointer ? PointerType.to(VoidType.INSTANCE) : BaseType.UNSIGNED_INT;
        return Value.of(type, Integer.toUnsignedLong(value.getAsInt()), context);
    }

    /** The DWARF number of a register, or -1 for one that has none. */
    static int number(String name) {
        switch (name) {
            case "sp":
                return FrameContext.SP;
            case "lr":
                return FrameContext.LR;
            case "pc":
                return FrameContext.PC;
            case "fp":
                return 11;
            default:
                break;
        }
        if (name.matches("[rsd][0-9]{1,2}")) {
            int index = Integer.parseInt(name.substring(1));
            switch (name.charAt(0)) {
                case 'r':
                    return index < 16 ? index : -1;
                case 's':
                    return index < 32 ? FrameContext.FIRST_SINGLE + index : -1;
                default:
                    return index < 16 ? FrameContext.FIRST_DOUBLE + index : -1;
            }
        }
        return -1;
    }
}
