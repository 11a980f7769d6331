package dev.microvisor.analysis.ir;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/** All units of a lint, linked by name. */
public final class Program {
    private final List<Unit> units;
    private final Map<String, Function> functions = new LinkedHashMap<>();

    /** Further definitions of a name, by the name and their file. */
    private final Map<String, Map<Path, Function>> others = new HashMap<>();

    private final Map<String, Variable> globals = new LinkedHashMap<>();
    private final FunctionPointers pointers;
    private final boolean parsed;
    private final boolean whole;

    public Program(List<Unit> units) {
        this(units, (function, file) -> false);
    }

    /**
     * @param nowhere for a function that is declared in a file: true when it is certain that none
     *     of the project's own files defines it, so that it is a library's
     */
    Program(List<Unit> units, BiPredicate<String, Path> nowhere) {
        this.units = List.copyOf(units);
        for (Unit unit : units) {
            unit.functions().forEach(this::add);
            for (Variable global : unit.globals()) {
                globals.merge(global.key(), global, Program::definitionOf);
            }
        }
        pointers = new FunctionPointers(units);
        parsed = units.stream().allMatch(Unit::parsed);
        whole =
                parsed
                        && functions.containsKey("main")
                        && units.stream()
                                .flatMap(u -> u.needed().entrySet().stream())
                                .allMatch(
                                        n ->
                                                functions.containsKey(n.getKey())
                                                        || nowhere.test(n.getKey(), n.getValue()));
    }

    /**
     * Of several definitions of one name the first that is not weak has the name. The others are
     * there too, since each may be linked in some build: their own files call them by it.
     */
    private void add(Function function) {
        Function first = functions.putIfAbsent(function.key(), function);
        if (first == null || first.range().equals(function.range())) {
            return; // The second is the same, of a header that several units include.
        }
        if (first.weak() && !function.weak()) {
            functions.put(function.key(), function);
            addOther(first);
        } else {
            addOther(function);
        }
    }

    private void addOther(Function function) {
        Path file = function.range().file();
        Function other =
                function.as(function.key() + "@" + file + ":" + function.range().startLine());
        boolean isNew = functions.putIfAbsent(other.key(), other) == null;
        if (isNew && !function.weak()) {
            others.computeIfAbsent(function.key(), k -> new HashMap<>()).putIfAbsent(file, other);
        }
    }

    /** Of two declarations the one that tells more: definitions carry size and alignment. */
    private static Variable definitionOf(Variable a, Variable b) {
        return b.declaration().definition() && !a.declaration().definition() ? b : a;
    }

    public List<Unit> units() {
        return units;
    }

    public Collection<Function> functions() {
        return functions.values();
    }

    /** A function by its key, or the only one that a member points at by the member's. */
    public Optional<Function> function(String key) {
        Function first = functions.get(key);
        return first != null ? Optional.of(first) : only(key);
    }

    private Optional<Function> only(String member) {
        List<Function> targets = targets(member);
        return targets.size() == 1 ? Optional.of(targets.get(0)) : Optional.empty();
    }

    /** The functions that a member of a structure may point at; empty when that is not known. */
    public List<Function> targets(String member) {
        return pointers.of(member).stream().map(functions::get).filter(Objects::nonNull).toList();
    }

    /** Key of what a member of a structure points at, for calls through it. */
    public static Optional<String> member(Expr target) {
        return FunctionPointers.key(target);
    }

    /** The function that a name means in a file: the file's own definition before another's. */
    public Optional<Function> function(String key, Path from) {
        Function first = functions.get(key);
        if (first != null && !first.range().file().equals(from)) {
            return Optional.of(others.getOrDefault(key, Map.of()).getOrDefault(from, first));
        }
        return first != null ? Optional.of(first) : only(key);
    }

    /**
     * True when the program starts here and every function that its own files declare and call is
     * here too: only then may a rule say that something is nowhere.
     */
    public boolean isWhole() {
        return whole;
    }

    /** True when all of the project's own code could be read. */
    public boolean isParsed() {
        return parsed;
    }

    public Collection<Variable> globals() {
        return globals.values();
    }

    /** The definition of a variable, or the variable itself when no unit defines it. */
    public Variable definition(Variable variable) {
        return globals.getOrDefault(variable.key(), variable);
    }
}
