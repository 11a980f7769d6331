package dev.microvisor.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * A C type as the catalog writes it, such as {@code const struct MvHttpRequest *}.
 *
 * @param base what is left without {@code const} and stars: {@code struct MvHttpRequest}
 * @param pointers number of stars
 * @param constant whether what it points at is const
 */
public record CType(String base, int pointers, boolean constant) {
    private static final String CONST = "const ";
    private static final Map<String, Integer> SCALARS =
            Map.of("uint8_t", 1, "uint16_t", 2, "uint32_t", 4, "uint64_t", 8);

    /** Reads a type; any text is accepted, {@link #scalarBytes} tells whether it is known. */
    public static CType of(String text) {
        boolean constant = text.startsWith(CONST);
        int stars = (int) text.chars().filter(c -> c == '*').count();
        String base = text.replace("*", "").strip();
        return new CType(constant ? base.substring(CONST.length()) : base, stars, constant);
    }

    /** Name of the structure, with or without pointer. */
    public Optional<String> structName() {
        return after("struct ");
    }

    /** Name of the enumeration, with or without pointer. */
    public Optional<String> enumName() {
        return after("enum ");
    }

    /** Size when the base is one of the integers of {@code stdint.h}, not counting pointers. */
    public Optional<Integer> scalarBytes() {
        return Optional.ofNullable(SCALARS.get(base));
    }

    private Optional<String> after(String keyword) {
        return base.startsWith(keyword)
                ? Optional.of(base.substring(keyword.length()))
                : Optional.empty();
    }
}
