package dev.microvisor.symbols.value;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.target.Bits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** Variables that the debug information gives a constant value (DW_AT_const_value). */
final class ConstantValue {
    private ConstantValue() {}

    static Optional<Location> of(Die die) {
        Optional<Die> owner = die.having(At.CONST_VALUE);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong number = owner.get().constant(At.CONST_VALUE);
        if (number.isPresent()) {
            return Optional.of(new Location.Constant(Bits.bytes(number.getAsLong(), 8)));
        }
        return owner.get()
                .block(At.CONST_VALUE)
                .map(block -> block.toBytes())
                .or(
                        () ->
                                owner.get()
                                        .string(At.CONST_VALUE)
                                        .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .map(Location.Constant::new);
    }
}
