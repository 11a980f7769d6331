package dev.microvisor.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An enumeration of the API.
 *
 * @param name without {@code enum}
 * @param widthBytes 1 or 4: what arm-none-eabi-gcc gives it with short enums
 * @param bitField true when constants are flags that add up
 */
public record EnumType(
        String name,
        Group group,
        String summary,
        int widthBytes,
        boolean bitField,
        List<Constant> constants,
        String source) {
    public EnumType {
        constants = List.copyOf(constants);
    }

    public Optional<Constant> constant(String constantName) {
        return constants.stream().filter(c -> c.name().equals(constantName)).findFirst();
    }

    public Optional<Constant> constant(long value) {
        return constants.stream().filter(c -> c.value() == value).findFirst();
    }

    /** Name of a value, or its hexadecimal form when the enumeration has no such constant. */
    public String nameOf(long value) {
        return constant(value).map(Constant::name).orElse("0x" + Long.toHexString(value));
    }

    /** A constant with its meaning in our words. */
    public record Constant(
            String name, long value, String meaning, Optional<Deprecation> deprecated) {}
}
