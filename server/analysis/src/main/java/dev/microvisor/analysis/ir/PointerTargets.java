package dev.microvisor.analysis.ir;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What the pointers of a program may lead to, whenever they are read: static variables, parameters
 * and members of structures, each member as one, whichever object it is in. Null pointers do not
 * count: whoever follows one has other troubles.
 */
final class PointerTargets {
    /** Begins the keys of variables and parameters; no function's key does. */
    static final String VARIABLE = "->var:";

    private static final String RETURNED = "returned:";

    /** Structures in structures. */
    private static final int MAX_NESTING = 6;

    /** Of the C library: what is copied within one type says nothing new of its members. */
    private static final Set<String> COPYING = Set.of("memcpy", "memmove");

    /** Something with a fixed address, or a function. */
    record Target(Variable variable, String path, String function) {}

    private final BiFunction<String, java.nio.file.Path, Optional<Function>> functions;

    /** By what they are stored in, what is stored as it is. */
    private final Map<String, Set<Target>> targets = new HashMap<>();

    /** By what they are read from, what they are stored in. */
    private final Map<String, Set<String>> copies = new HashMap<>();

    /** What gets values that are not followed. */
    private final Set<String> open = new HashSet<>();

    PointerTargets(
            List<Unit> units,
            Iterable<Function> all,
            BiFunction<String, java.nio.file.Path, Optional<Function>> functions) {
        this.functions = functions;
        Set<String> called = new HashSet<>();
        for (Unit unit : units) {
            for (Variable global : unit.globals()) {
                global.declaration()
                        .initializer()
                        .ifPresent(e -> initial(VARIABLE + global.key(), global.type(), e));
            }
        }
        for (Function function : all) {
            read(function, called);
        }
        for (Function function : all) {
            // Who calls it besides is out of sight.
            if (!called.contains(function.key())) {
                openParameters(function);
            }
        }
        spread();
    }

    /** The only thing that a pointer ever leads to; empty when there are several, or unknown. */
    Optional<Target> only(String key) {
        Set<Target> found = targets.getOrDefault(key, Set.of());
        return open.contains(key) || found.size() != 1
                ? Optional.empty()
                : found.stream().findAny();
    }

    /** The functions that a pointer may lead to; empty when that is not known. */
    Set<String> functions(String key) {
        Set<String> keys = new LinkedHashSet<>();
        for (Target target : targets.getOrDefault(key, Set.of())) {
            if (target.function() != null) {
                keys.add(target.function());
            }
        }
        return open.contains(key) ? Set.of() : keys;
    }

    /** Key of the variable or member that an expression reads. */
    static Optional<String> key(Expr e) {
        if (e instanceof Expr.Var v) {
            return Optional.of(VARIABLE + v.variable().key());
        }
        return e instanceof Expr.Field ? FunctionPointers.key(e) : Optional.empty();
    }

    private void read(Function function, Set<String> called) {
        Map<Integer, String> results = new HashMap<>();
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                if (instr instanceof Instr.Store store) {
                    store(store, results);
                } else if (instr instanceof Instr.Call call) {
                    call(call, results, called);
                }
                instr.expressions().forEach(e -> taken(e, instr));
            }
            block.exit().expressions().forEach(e -> taken(e, null));
            if (block.exit() instanceof Block.Exit.Return ret && ret.value().isPresent()) {
                give(RETURNED + function.key(), ret.value().get(), results);
            }
        }
    }

    private void store(Instr.Store store, Map<Integer, String> results) {
        if (store.place() instanceof Expr.Temp temp) {
            String key = "temp:" + store.range() + ":" + temp.id();
            results.putIfAbsent(temp.id(), key);
            give(results.get(temp.id()), store.value(), results);
        } else if (store.value() instanceof Expr.Aggregate aggregate) {
            members(aggregate, results);
        } else if (store.place().type().isPointer()) {
            key(store.place()).ifPresent(k -> give(k, store.value(), results));
        }
    }

    private void members(Expr.Aggregate aggregate, Map<Integer, String> results) {
        for (Expr.Entry entry : aggregate.entries()) {
            FunctionPointers.member(aggregate.type(), entry.path(), 0)
                    .ifPresent(k -> give(k, entry.value(), results));
        }
    }

    private void initial(String key, CType type, Expr value) {
        if (value instanceof Expr.Aggregate aggregate) {
            members(aggregate, Map.of());
        } else if (type.isPointer()) {
            give(key, value, Map.of());
        }
    }

    private void call(Instr.Call call, Map<Integer, String> results, Set<String> called) {
        Optional<Function> callee = functions.apply(call.callee(), call.range().file());
        for (Expr argument : call.arguments()) {
            if (argument instanceof Expr.Aggregate aggregate) {
                members(aggregate, results);
            } else if (argument instanceof Expr.AddressOf address
                    && address.place() instanceof Expr.Aggregate aggregate) {
                members(aggregate, results);
            }
        }
        if (callee.isEmpty()) {
            outOfSight(call);
            return;
        }
        called.add(callee.get().key());
        results.put(call.result().id(), RETURNED + callee.get().key());
        List<Variable> parameters = callee.get().parameters();
        for (int i = 0; i < parameters.size() && i < call.arguments().size(); i++) {
            if (parameters.get(i).type().isPointer()) {
                give(VARIABLE + parameters.get(i).key(), call.arguments().get(i), results);
            }
        }
    }

    /**
     * What is not seen may store anything in a structure that it gets the address of. Not so what
     * hands it to a function that it gets as well, as those do that make a task.
     */
    private void outOfSight(Instr.Call call) {
        boolean handsOver =
                call.arguments().stream().anyMatch(a -> a.uncast() instanceof Expr.FunctionRef);
        if (call.callee().isEmpty() || call.callee().equals("memset") || handsOver) {
            return;
        }
        Set<CType.Struct> structures = new LinkedHashSet<>();
        call.arguments().forEach(a -> structure(a.uncast()).ifPresent(structures::add));
        boolean copies = COPYING.contains(call.callee()) && structures.size() == 1;
        if (!copies) {
            structures.forEach(s -> openMembers(s, 0));
        }
    }

    private static Optional<CType.Struct> structure(Expr pointer) {
        CType target =
                pointer instanceof Expr.AddressOf address
                        ? address.place().type()
                        : pointer.type().target().orElse(pointer.type());
        return target.isConst() ? Optional.empty() : target.struct();
    }

    private void openMembers(CType.Struct struct, int nesting) {
        for (CType.Member member : struct.members()) {
            FunctionPointers.key(member.where()).ifPresent(open::add);
            if (nesting < MAX_NESTING) {
                CType type = member.type();
                Optional<CType> element = type.isArray() ? type.target() : Optional.of(type);
                element.flatMap(CType::struct).ifPresent(inner -> openMembers(inner, nesting + 1));
            }
        }
    }

    /** Whoever has the address of a pointer may store anything in it; so may callers by address. */
    private void taken(Expr root, Instr instr) {
        root.walk()
                .forEach(
                        e -> {
                            if (e instanceof Expr.AddressOf address
                                    && address.place().type().isPointer()) {
                                key(address.place()).ifPresent(open::add);
                            } else if (e instanceof Expr.FunctionRef ref
                                    && !(instr instanceof Instr.Call call && call.target() == e)) {
                                functions
                                        .apply(ref.key(), root.range().file())
                                        .ifPresent(this::openParameters);
                            }
                        });
    }

    private void openParameters(Function function) {
        function.parameters().forEach(p -> open.add(VARIABLE + p.key()));
    }

    private void give(String to, Expr value, Map<Integer, String> results) {
        Expr e = value.uncast();
        if (e instanceof Expr.Num num && num.value() == 0) {
            return;
        }
        Expr place = e instanceof Expr.AddressOf address ? address.place().uncast() : e;
        if (place instanceof Expr.FunctionRef function) {
            targets.computeIfAbsent(to, k -> new LinkedHashSet<>())
                    .add(new Target(null, "", function.key()));
            return;
        }
        if (e instanceof Expr.AddressOf || e.type().isArray()) {
            StringBuilder path = new StringBuilder();
            Optional<Variable> variable = variable(place, path);
            if (variable.filter(Variable::isStatic).isPresent()) {
                targets.computeIfAbsent(to, k -> new LinkedHashSet<>())
                        .add(new Target(variable.get(), path.toString(), null));
                return;
            }
        } else if (e instanceof Expr.Temp temp && results.containsKey(temp.id())) {
            copies.computeIfAbsent(results.get(temp.id()), k -> new LinkedHashSet<>()).add(to);
            return;
        } else if (key(e).isPresent()) {
            copies.computeIfAbsent(key(e).get(), k -> new LinkedHashSet<>()).add(to);
            return;
        }
        open.add(to);
    }

    /** The variable at the root of a place whose indices are constants, and the way from there. */
    private static Optional<Variable> variable(Expr place, StringBuilder path) {
        if (place instanceof Expr.Var v) {
            return Optional.of(v.variable());
        }
        if (place instanceof Expr.Field field) {
            Optional<Variable> root = variable(field.base(), path);
            path.append('.').append(field.name());
            return root;
        }
        if (place instanceof Expr.Index index
                && index.base().type().isArray()
                && index.index() instanceof Expr.Num number) {
            Optional<Variable> root = variable(index.base(), path);
            path.append('[').append(number.value()).append(']');
            return root;
        }
        return Optional.empty();
    }

    private void spread() {
        Deque<String> changed = new ArrayDeque<>(targets.keySet());
        changed.addAll(open);
        while (!changed.isEmpty()) {
            String from = changed.pop();
            for (String to : copies.getOrDefault(from, Set.of())) {
                boolean more = open.contains(from) && open.add(to);
                Set<Target> known = targets.getOrDefault(from, Set.of());
                if (!known.isEmpty()) {
                    more |= targets.computeIfAbsent(to, k -> new LinkedHashSet<>()).addAll(known);
                }
                if (more) {
                    changed.add(to);
                }
            }
        }
    }
}
