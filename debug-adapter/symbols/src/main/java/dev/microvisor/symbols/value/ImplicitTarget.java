package dev.microvisor.symbols.value;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.location.Expression;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.type.Type;
import java.util.Optional;

/** What a pointer points to that the optimiser has removed, while its target is still known. */
final class ImplicitTarget {
    private ImplicitTarget() {}

    static Value of(Location.ImplicitPointer pointer, Type type, ExpressionContext context) {
        Die target = pointer.target();
        Location location = locate(target, context);
        if (pointer.offset() != 0) {
            location = LocationParts.part(location, pointer.offset(), type.sizeBytes());
        }
        return Value.at(type, location, context);
    }

    private static Location locate(Die target, ExpressionContext context) {
        Optional<Location> constant = ConstantValue.of(target);
        if (constant.isPresent()) {
            return constant.get();
        }
        Optional<Slice> expression = context.locationOf(target);
        return expression.isPresent() && target.has(At.LOCATION)
                ? Expression.locate(expression.get(), target.unit(), context)
                : new Location.OptimisedOut("optimised out");
    }
}
