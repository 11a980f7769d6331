package dev.microvisor.symbols.type;

import java.util.Map;

/** Names of C's number types as people write them; gcc says {@code long unsigned int}. */
final class BaseTypeName {
    private static final Map<String, String> USUAL =
            Map.of(
                    "short int", "short",
                    "short unsigned int", "unsigned short",
                    "long int", "long",
                    "long unsigned int", "unsigned long",
                    "long long int", "long long",
                    "long long unsigned int", "unsigned long long");

    private BaseTypeName() {}

    static String of(String name) {
        return USUAL.getOrDefault(name, name);
    }
}
