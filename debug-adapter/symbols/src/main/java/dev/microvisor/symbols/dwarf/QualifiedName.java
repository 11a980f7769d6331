package dev.microvisor.symbols.dwarf;

import java.util.List;
import java.util.Optional;

/** Names with the namespaces and classes around them. */
public final class QualifiedName {
    private static final String ANONYMOUS_NAMESPACE = "(anonymous namespace)";

    private QualifiedName() {}

    public static String of(Die die) {
        String plain = die.name().orElse("");
        List<Die> origins = die.origins();
        // A method's definition is outside its class; the declaration inside tells where it
        // belongs.
        Die named = origins.get(origins.size() - 1);
        String prefix = prefix(named.parent());
        return prefix.isEmpty() ? plain : prefix + "::" + plain;
    }

    private static String prefix(Optional<Die> scope) {
        if (scope.isEmpty()) {
            return "";
        }
        Die die = scope.get();
        String name;
        switch (die.tag()) {
            case Tag.NAMESPACE:
                name = die.string(At.NAME).orElse(ANONYMOUS_NAMESPACE);
                if (die.flag(At.EXPORT_SYMBOLS) && die.has(At.NAME)) {
                    // An inline namespace is not written.
                    return prefix(die.parent());
                }
                break;
            case Tag.CLASS_TYPE:
            case Tag.STRUCTURE_TYPE:
            case Tag.UNION_TYPE:
                name = die.name().orElse("");
                break;
            default:
                return "";
        }
        String outer = prefix(die.parent());
        if (name.isEmpty()) {
            return outer;
        }
        return outer.isEmpty() ? name : outer + "::" + name;
    }
}
