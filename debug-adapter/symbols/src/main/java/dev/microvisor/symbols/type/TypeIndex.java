package dev.microvisor.symbols.type;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.QualifiedName;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types of the whole program by name; made when a name is first looked for. */
public final class TypeIndex {
    /** C keeps the names after struct, union and enum apart from the others. */
    public enum Space {
        ORDINARY,
        TAG
    }

    private final DwarfFile dwarf;
    private Map<String, List<Die>> ordinary;
    private Map<String, List<Die>> tags;
    private Map<String, List<Die>> enumerators;

    public TypeIndex(DwarfFile dwarf) {
        this.dwarf = dwarf;
    }

    List<Die> named(String name, Space space) {
        build();
        return (space == Space.TAG ? tags : ordinary).getOrDefault(name, List.of());
    }

    /** Classes with a name, however the arguments of templates in it are written. */
    List<Die> classes(String name) {
        List<Die> exact = named(name, Space.TAG);
        if (!exact.isEmpty() || name.indexOf('<') < 0) {
            return exact;
        }
        String wanted = comparable(name);
        return tags.entrySet().stream()
                .filter(entry -> entry.getKey().indexOf('<') >= 0)
                .filter(entry -> comparable(entry.getKey()).equals(wanted))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static String comparable(String name) {
        return name.replaceAll("\\b(short|long) unsigned int\\b", "unsigned $1")
                .replaceAll("\\b(short|long) int\\b", "$1")
                .replaceAll("\\b(\\d+)[uUlL]+\\b", "$1")
                .replaceAll("\\bconst (\\w+)", "$1const")
                .replaceAll("\\(\\w[\\w ]*\\)(-?\\d)", "$1")
                .replace(" ", "");
    }

    /** The definition of a type that is only declared where {@code declaration} is. */
    Optional<Die> definitionOf(Die declaration) {
        if (declaration.name().isEmpty()) {
            return Optional.empty();
        }
        String name = QualifiedName.of(declaration);
        return named(name, Space.TAG).stream()
                .filter(die -> die.tag() == declaration.tag())
                .findFirst();
    }

    private void build() {
        if (tags != null) {
            return;
        }
        tags = new HashMap<>();
        enumerators = new HashMap<>();
        ordinary = new HashMap<>();
        for (Unit unit : dwarf.allUnits()) {
            try {
                collect(unit.root());
            } catch (MalformedException e) {
                dwarf.problems().add(e.getMessage() + "; the rest of that unit is skipped");
            }
        }
    }

    private void collect(Die scope) {
        for (Die child : scope.children()) {
            switch (child.tag()) {
                case Tag.STRUCTURE_TYPE:
                case Tag.CLASS_TYPE:
                    add(tags, child);
                    if (!child.children().isEmpty() && isNested(child)) {
                        collect(child);
                    }
                    break;
                case Tag.UNION_TYPE:
                    add(tags, child);
                    break;
                case Tag.ENUMERATION_TYPE:
                    add(tags, child);
                    addEnumerators(child);
                    break;
                case Tag.BASE_TYPE:
                case Tag.TYPEDEF:
                    add(ordinary, child);
                    break;
                case Tag.NAMESPACE:
                    collect(child);
                    break;
                default:
                    break;
            }
        }
    }

    private void addEnumerators(Die enumeration) {
        // Those of an enum class are written with its name before them.
        boolean prefixed = enumeration.flag(At.ENUM_CLASS);
        for (Die child : enumeration.children()) {
            if (child.tag() == Tag.ENUMERATOR) {
                String plain = child.name().orElse("");
                if (!prefixed) {
                    addTo(enumerators, plain, enumeration);
                    continue;
                }
                for (String name : QualifiedName.allOf(enumeration)) {
                    addTo(enumerators, name + "::" + plain, enumeration);
                }
            }
        }
    }

    /** Enumerations that have an enumerator of a name. */
    List<Die> enumerationsWith(String name) {
        build();
        return enumerators.getOrDefault(name, List.of());
    }

    private static boolean isNested(Die composite) {
        for (Die child : composite.children()) {
            int tag = child.tag();
            if (tag != Tag.MEMBER && tag != Tag.SUBPROGRAM && tag != Tag.INHERITANCE) {
                return true;
            }
        }
        return false;
    }

    private static void add(Map<String, List<Die>> into, Die die) {
        if (die.has(At.NAME) && !die.flag(At.DECLARATION)) {
            for (String name : QualifiedName.allOf(die)) {
                addTo(into, name, die);
            }
        }
    }

    private static void addTo(Map<String, List<Die>> into, String name, Die die) {
        into.computeIfAbsent(name, key -> new ArrayList<>()).add(die);
    }
}
