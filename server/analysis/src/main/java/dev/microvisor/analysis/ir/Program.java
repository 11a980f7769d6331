package dev.microvisor.analysis.ir;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** All units of a lint, linked by name. */
public final class Program {
    private final List<Unit> units;
    private final Map<String, Function> functions = new LinkedHashMap<>();

    /** Further definitions of a name, by the name and their file. */
    private final Map<String, Map<Path, Function>> others = new HashMap<>();

    private final Map<String, Variable> globals = new LinkedHashMap<>();
    private final FunctionPointers pointers;
    private final PointerTargets targets;

    /** Of each virtual function's key those of the functions defined in its place. */
    private final Map<String, Set<String>> overriders = new HashMap<>();

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
            unit.overriders()
                    .forEach(
                            (key, keys) ->
                                    overriders
                                            .computeIfAbsent(key, k -> new LinkedHashSet<>())
                                            .addAll(keys));
            for (Variable global : unit.globals()) {
                globals.merge(global.key(), global, Program::definitionOf);
            }
        }
        pointers = new FunctionPointers(units);
        targets = new PointerTargets(units, functions.values(), this::defined);
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

    /**
     * The functions that a member of a structure may point at, or that take a virtual one's place;
     * empty when that is not known.
     */
    public List<Function> targets(String member) {
        Set<String> keys = overriders.getOrDefault(member, pointers.of(member));
        keys = keys.isEmpty() ? targets.functions(member) : keys;
        return keys.stream().map(functions::get).filter(Objects::nonNull).toList();
    }

    /** True for a virtual function that the program defines once, in whichever class. */
    public boolean hasOneImplementation(String virtual) {
        int defined = functions.containsKey(virtual) ? 1 : 0;
        return defined + overriders.getOrDefault(virtual, Set.of()).size() == 1;
    }

    /** Key of what a member of a structure or a variable points at, for calls through it. */
    public static Optional<String> member(Expr target) {
        Expr e = target.uncast() instanceof Expr.Deref d ? d.pointer().uncast() : target.uncast();
        return FunctionPointers.key(target).or(() -> PointerTargets.key(e));
    }

    /**
     * Where a pointer leads to whenever it is read: the only address, of a static variable or a
     * part of one, that the program ever stores there. Null pointers do not count.
     */
    public record Pointed(Variable variable, String path) {}

    /** What a static variable or parameter always points at. */
    public Optional<Pointed> pointed(Variable pointer) {
        return pointed(PointerTargets.VARIABLE + pointer.key());
    }

    /** What a member points at, in whichever object. */
    public Optional<Pointed> pointed(CType.Member member) {
        return FunctionPointers.key(member.where()).flatMap(this::pointed);
    }

    private Optional<Pointed> pointed(String key) {
        return targets.only(key)
                .filter(t -> t.variable() != null)
                .map(t -> new Pointed(definition(t.variable()), t.path()));
    }

    private Optional<Function> defined(String key, Path from) {
        return functions.containsKey(key) ? function(key, from) : Optional.empty();
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
