package dev.microvisor.symbols.scope;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.QualifiedName;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.line.LineIndex;
import dev.microvisor.symbols.line.SourcePosition;
import dev.microvisor.symbols.type.TypeReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds variables: those visible in a frame, and those of the whole program. */
public final class VariableIndex {
    /** Blocks without addresses inside each other; no source is nested deeper. */
    private static final int MAX_DISSOLVED_DEPTH = 64;

    private static final int OP_ADDR = 0x03;
    private static final int ADDRESS_EXPRESSION_BYTES = 5;

    private final DwarfFile dwarf;
    private final LineIndex lines;
    private final TypeReader types;
    private final Map<Unit, List<Variable>> globals = new HashMap<>();
    private Map<String, List<Variable>> byName;

    public VariableIndex(DwarfFile dwarf, LineIndex lines, TypeReader types) {
        this.dwarf = dwarf;
        this.lines = lines;
        this.types = types;
    }

    /** The parameters of the function that the first block is the body of. */
    public List<Variable> parameters(List<Block> blocks) {
        return blocks.isEmpty()
                ? List.of()
                : read(blocks.subList(0, 1)).stream()
                        .filter(variable -> variable.kind() == Variable.Kind.PARAMETER)
                        .toList();
    }

    /** The local variables that are in scope in the last block, innermost blocks first. */
    public List<Variable> locals(List<Block> blocks) {
        return read(blocks).stream()
                .filter(variable -> variable.kind() != Variable.Kind.PARAMETER)
                .toList();
    }

    /** Parameters and locals, innermost blocks first. */
    public List<Variable> read(List<Block> blocks) {
        List<Variable> result = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Set<String> here = new HashSet<>();
            for (Die die : entries(blocks.get(i).die())) {
                Optional<Variable> variable = local(die, names);
                // Two dissolved blocks may each have had one of that name.
                if (variable.isPresent() && here.add(variable.get().name())) {
                    result.add(variable.get());
                }
            }
            names.addAll(here);
        }
        return List.copyOf(result);
    }

    /**
     * The variables of a block. An inlined copy need not repeat what the optimiser removed: those
     * are taken from the abstract function, so that people see that they exist.
     */
    private List<Die> entries(Die block) {
        List<Die> result = new ArrayList<>();
        try {
            collectEntries(block, result, 0);
        } catch (MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; some variables are skipped");
        }
        return result;
    }

    private static void collectEntries(Die block, List<Die> into, int depth) {
        Map<Die, Boolean> repeated = new IdentityHashMap<>();
        List<Die> dissolved = new ArrayList<>();
        for (Die child : block.children()) {
            child.origins().forEach(origin -> repeated.put(origin, true));
            if (isVariable(child)) {
                into.add(child);
            } else if (isDissolved(child)) {
                dissolved.add(child);
            }
        }
        Optional<Die> origin = block.reference(At.ABSTRACT_ORIGIN);
        if (origin.isPresent()) {
            for (Die child : origin.get().children()) {
                if (repeated.containsKey(child)) {
                    continue;
                }
                if (isVariable(child)) {
                    into.add(child);
                } else if (isDissolved(child)) {
                    dissolved.add(child);
                }
            }
        }
        // Blocks that the optimiser dissolved have no addresses: what was in them is around them.
        for (Die child : dissolved) {
            if (depth < MAX_DISSOLVED_DEPTH) {
                collectEntries(child, into, depth + 1);
            }
        }
    }

    private static boolean isDissolved(Die die) {
        return die.tag() == Tag.LEXICAL_BLOCK && !die.has(At.LOW_PC) && !die.has(At.RANGES);
    }

    /** Every variable of a function, whatever block it is in. */
    public List<Variable> allIn(Function function) {
        List<Variable> result = new ArrayList<>();
        collectIn(function.die(), result);
        return result;
    }

    private void collectIn(Die block, List<Variable> into) {
        for (Die die : entries(block)) {
            local(die, Set.of()).ifPresent(into::add);
        }
        for (Die child : block.children()) {
            if (child.tag() == Tag.LEXICAL_BLOCK) {
                collectIn(child, into);
            }
        }
    }

    private static boolean isVariable(Die die) {
        return die.tag() == Tag.VARIABLE || die.tag() == Tag.FORMAL_PARAMETER;
    }

    private Optional<Variable> local(Die die, Set<String> innerNames) {
        try {
            String name = die.name().orElse("");
            if (name.isEmpty()) {
                return Optional.empty();
            }
            if (die.flag(At.DECLARATION)) {
                // "extern int x;" inside a function means the global one.
                return global(name);
            }
            Variable.Kind kind = Variable.Kind.LOCAL;
            if (die.tag() == Tag.FORMAL_PARAMETER) {
                kind = Variable.Kind.PARAMETER;
            } else if (hasAddress(die)) {
                kind = Variable.Kind.STATIC_LOCAL;
            }
            return Optional.of(make(die, name, kind, innerNames.contains(name)));
        } catch (MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; that variable is skipped");
            return Optional.empty();
        }
    }

    private Variable make(Die die, String name, Variable.Kind kind, boolean shadowed) {
        return new Variable(name, kind, types.typeOf(die), shadowed, declared(die), die);
    }

    /** Where an entry is declared. */
    public Optional<SourcePosition> declared(Die die) {
        Optional<Die> file = die.having(At.DECL_FILE);
        Optional<Die> line = die.having(At.DECL_LINE);
        if (file.isEmpty() || line.isEmpty()) {
            return Optional.empty();
        }
        int number = (int) line.get().constant(At.DECL_LINE).orElse(0);
        return lines.file(file.get().unit(), file.get().constant(At.DECL_FILE).orElse(-1))
                .map(found -> new SourcePosition(found, number, 0));
    }

    /** Whether the location is a fixed address. */
    private static boolean hasAddress(Die die) {
        Optional<Slice> location = die.block(At.LOCATION);
        return location.isPresent()
                && location.get().length() == ADDRESS_EXPRESSION_BYTES
                && location.get().cursor(0).u8() == OP_ADDR;
    }

    /** The variables of a unit that are not local to a function. */
    public List<Variable> globals(Unit unit) {
        List<Variable> known = globals.get(unit);
        if (known == null) {
            Map<String, Variable> found = new LinkedHashMap<>();
            try {
                collect(unit.root(), found);
            } catch (MalformedException e) {
                dwarf.problems().add(e.getMessage() + "; the rest of that unit is skipped");
            }
            known = List.copyOf(found.values());
            globals.put(unit, known);
        }
        return known;
    }

    private void collect(Die scope, Map<String, Variable> into) {
        for (Die child : scope.children()) {
            if (child.tag() == Tag.NAMESPACE) {
                collect(child, into);
            } else if (child.tag() == Tag.VARIABLE && isDefinition(child)) {
                String name = QualifiedName.of(child);
                boolean external = child.having(At.EXTERNAL).isPresent();
                Variable.Kind kind = external ? Variable.Kind.GLOBAL : Variable.Kind.FILE_STATIC;
                into.put(name, make(child, name, kind, false));
            } else if (isClass(child) && child.unit().isCPlusPlus()) {
                collectConstants(child, into);
            }
        }
    }

    private static boolean isClass(Die die) {
        return die.tag() == Tag.CLASS_TYPE
                || die.tag() == Tag.STRUCTURE_TYPE
                || die.tag() == Tag.UNION_TYPE;
    }

    /** Static members that have a value and need no place: {@code static constexpr int limit}. */
    private void collectConstants(Die type, Map<String, Variable> into) {
        for (Die member : type.children()) {
            // A member in DWARF 4, a variable in DWARF 5.
            boolean constant =
                    (member.tag() == Tag.MEMBER || member.tag() == Tag.VARIABLE)
                            && member.has(At.CONST_VALUE)
                            && member.name().isPresent();
            if (constant) {
                String name = QualifiedName.of(member);
                into.putIfAbsent(name, make(member, name, Variable.Kind.GLOBAL, false));
            } else if (isClass(member)) {
                collectConstants(member, into);
            }
        }
    }

    /** One without a location is a definition, too: the optimiser removed the variable. */
    private static boolean isDefinition(Die die) {
        return !die.flag(At.DECLARATION) && die.name().isPresent();
    }

    /** All variables of all units that are not local to a function. */
    public List<Variable> globals() {
        List<Variable> result = new ArrayList<>();
        for (Unit unit : dwarf.units()) {
            result.addAll(globals(unit));
        }
        return List.copyOf(result);
    }

    /** The global variable of a name. */
    public Optional<Variable> global(String name) {
        List<Variable> found = named(name);
        return found.stream()
                .filter(variable -> variable.kind() == Variable.Kind.GLOBAL)
                .findFirst();
    }

    /** Globals and statics of a name, in all files. */
    public List<Variable> named(String name) {
        if (byName == null) {
            byName = new HashMap<>();
            for (Variable variable : globals()) {
                for (String known : QualifiedName.allOf(variable.die())) {
                    byName.computeIfAbsent(known, key -> new ArrayList<>()).add(variable);
                }
            }
        }
        return byName.getOrDefault(name, List.of());
    }

    /** Every name of a global or static, for completion. */
    public Set<String> globalNames() {
        named("");
        return Set.copyOf(byName.keySet());
    }
}
