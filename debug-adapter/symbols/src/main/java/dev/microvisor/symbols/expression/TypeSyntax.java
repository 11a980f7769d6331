package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.type.BaseType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The words of C's own types: {@code unsigned long int} in any order. */
final class TypeSyntax {
    static final Set<String> QUALIFIERS =
            Set.of("const", "volatile", "restrict", "_Atomic", "register", "static", "__IO");
    static final Set<String> TAGS = Set.of("struct", "union", "enum", "class");
    static final Set<String> WORDS =
            Set.of(
                    "void",
                    "char",
                    "short",
                    "int",
                    "long",
                    "signed",
                    "unsigned",
                    "float",
                    "double",
                    "_Bool",
                    "bool");

    private static final Map<String, BaseType> BY_WORDS = new TreeMap<>();

    static {
        add(BaseType.CHAR, "char");
        add(BaseType.SIGNED_CHAR, "char signed");
        add(BaseType.UNSIGNED_CHAR, "char unsigned");
        add(BaseType.SHORT, "short", "int short", "short signed", "int short signed");
        add(BaseType.UNSIGNED_SHORT, "short unsigned", "int short unsigned");
        add(BaseType.INT, "int", "signed", "int signed");
        add(BaseType.UNSIGNED_INT, "unsigned", "int unsigned");
        add(BaseType.LONG, "long", "int long", "long signed", "int long signed");
        add(BaseType.UNSIGNED_LONG, "long unsigned", "int long unsigned");
        add(
                BaseType.LONG_LONG,
                "long long",
                "int long long",
                "long long signed",
                "int long long signed");
        add(BaseType.UNSIGNED_LONG_LONG, "long long unsigned", "int long long unsigned");
        add(BaseType.BOOL, "_Bool", "bool");
        add(BaseType.FLOAT, "float");
        add(BaseType.DOUBLE, "double", "double long");
    }

    private TypeSyntax() {}

    private static void add(BaseType type, String... words) {
        for (String one : words) {
            BY_WORDS.put(one, type);
        }
    }

    /** The type that some words name together. */
    static BaseType of(List<String> words) {
        List<String> sorted = words.stream().sorted().toList();
        BaseType type = BY_WORDS.get(String.join(" ", sorted));
        if (type == null) {
            throw new ExpressionException("'" + String.join(" ", words) + "' is no type");
        }
        return type;
    }
}
