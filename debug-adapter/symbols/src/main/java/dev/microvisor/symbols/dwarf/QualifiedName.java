package dev.microvisor.symbols.dwarf;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names with the namespaces and classes around them. */
public final class QualifiedName {
    private static final String ANONYMOUS_NAMESPACE = "(anonymous namespace)";

    private QualifiedName() {}

    /** The name in full, as gdb shows it: inline namespaces are written. */
    public static String of(Die die) {
        return of(die, true);
    }

    /** All names that people may write for it, the full one first. */
    public static Set<String> allOf(Die die) {
        Set<String> names = new LinkedHashSet<>();
        for (boolean inline : new boolean[] {true, false}) {
            String name = of(die, inline);
            names.add(name);
            names.add(shortened(name));
        }
        return names;
    }

    /** gcc writes the arguments of templates as {@code Point<short int>}; people do not. */
    private static String shortened(String name) {
        return name.indexOf('<') < 0
                ? name
                : name.replaceAll("\\b(short|long) unsigned int\\b", "unsigned $1")
                        .replaceAll("\\b(short|long) int\\b", "$1");
    }

    private static String of(Die die, boolean inline) {
        String plain = die.name().orElse("");
        List<Die> origins = die.origins();
        // A method's definition is outside its class; the declaration inside tells where it
        // belongs.
        Die named = origins.get(origins.size() - 1);
        String prefix = prefix(named.parent(), inline);
        return prefix.isEmpty() ? plain : prefix + "::" + plain;
    }

    private static String prefix(Optional<Die> scope, boolean inline) {
        if (scope.isEmpty()) {
            return "";
        }
        Die die = scope.get();
        String name;
        switch (die.tag()) {
            case Tag.NAMESPACE:
                name = die.string(At.NAME).orElse(ANONYMOUS_NAMESPACE);
                if (!inline && die.flag(At.EXPORT_SYMBOLS) && die.has(At.NAME)) {
                    return prefix(die.parent(), false);
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
        String outer = prefix(die.parent(), inline);
        if (name.isEmpty()) {
            return outer;
        }
        return outer.isEmpty() ? name : outer + "::" + name;
    }
}
