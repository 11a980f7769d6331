package dev.microvisor.symbols.value;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.location.Expression;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.scope.Variable;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.Type;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the values of variables. */
public final class VariableValues {
    private VariableValues() {}

    public static Value of(Variable variable, ExpressionContext context) {
        Location location = locate(variable.die(), context);
        return Value.at(sized(variable.type(), context), location, context);
    }

    private static Location locate(Die die, ExpressionContext context) {
        try {
            Optional<Location> constant = ConstantValue.of(die);
            if (constant.isPresent() && !die.has(At.LOCATION)) {
                return constant.get();
            }
            Optional<Slice> expression = context.locationOf(die);
            if (expression.isPresent()) {
                Location found = Expression.locate(expression.get(), die.unit(), context);
                return isRemoved(found)
                        ? new Location.OptimisedOut("optimised out by the linker: nothing uses it")
                        : found;
            }
            return new Location.OptimisedOut(
                    die.has(At.LOCATION) ? "optimised out here" : "optimised out");
        } catch (MalformedException e) {
            return new Location.OptimisedOut("damaged debug information: " + e.getMessage());
        }
    }

    /** What the linker leaves out (--gc-sections) gets the address 0, where no variable is. */
    private static boolean isRemoved(Location location) {
        return location instanceof Location.Memory memory && memory.address() == 0;
    }

    /** Replaces the bound of an array of variable length by what it is in this frame. */
    private static Type sized(Type type, ExpressionContext context) {
        if (!(type.resolved() instanceof ArrayType)) {
            return type;
        }
        ArrayType array = (ArrayType) type.resolved();
        if (array.dynamicBound().isEmpty()) {
            return type;
        }
        try {
            long count = count(array.dynamicBound().get(), context);
            return ArrayType.of(sized(array.element(), context), Math.max(0, count));
        } catch (UnavailableException | MalformedException e) {
            return type;
        }
    }

    private static long count(Die bound, ExpressionContext context) {
        boolean isCount = bound.has(At.COUNT);
        int attribute = isCount ? At.COUNT : At.UPPER_BOUND;
        long value = number(bound, attribute, context);
        return isCount ? value : (int) value + 1L - bound.constant(At.LOWER_BOUND).orElse(0);
    }

    private static long number(Die bound, int attribute, ExpressionContext context) {
        Optional<Slice> expression = bound.block(attribute);
        if (expression.isPresent()) {
            return Expression.number(expression.get(), bound.unit(), context, OptionalLong.empty());
        }
        Die variable =
                bound.reference(attribute).orElseThrow(() -> new UnavailableException("no bound"));
        Value value =
                Value.at(
                        dev.microvisor.symbols.type.BaseType.INT,
                        locate(variable, context),
                        context);
        return Bits.signExtend(value.asLong(), 32);
    }
}
