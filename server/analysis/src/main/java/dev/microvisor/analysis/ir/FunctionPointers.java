package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which functions the members of structures point at, such as those of a table of operations: all
 * that the program ever stores in a member, in whichever object.
 */
final class FunctionPointers {
    /** Begins the keys of members; no function's key does. */
    private static final String MEMBER = "->";

    /** Structures in structures. */
    private static final int MAX_NESTING = 6;

    private final Map<String, Set<String>> functions = new HashMap<>();

    /** Members that get values from elsewhere, too. */
    private final Set<String> open = new HashSet<>();

    FunctionPointers(List<Unit> units) {
        for (Unit unit : units) {
            for (Variable global : unit.globals()) {
                global.declaration().initializer().ifPresent(this::read);
            }
            for (Function function : unit.functions()) {
                function.stores().forEach(this::read);
            }
        }
    }

    /** Key of what a member points at; empty for an expression that names no member. */
    static Optional<String> key(Expr target) {
        Expr e = target.uncast() instanceof Expr.Deref d ? d.pointer().uncast() : target.uncast();
        return e instanceof Expr.Field field
                ? field.base()
                        .type()
                        .struct()
                        .flatMap(s -> s.member(field.name()))
                        .flatMap(m -> key(m.where()))
                : Optional.empty();
    }

    static Optional<String> key(SourceRange where) {
        return where == null
                ? Optional.empty()
                : Optional.of(
                        MEMBER
                                + where.file()
                                + ":"
                                + where.startLine()
                                + ":"
                                + where.startColumn());
    }

    /** Keys of the functions that a member may point at; empty when that is not known. */
    Set<String> of(String key) {
        return !key.startsWith(MEMBER) || open.contains(key)
                ? Set.of()
                : functions.getOrDefault(key, Set.of());
    }

    private void read(Instr.Store store) {
        key(store.place()).ifPresent(key -> add(key, store.value()));
        read(store.value());
    }

    private void read(Expr value) {
        if (value instanceof Expr.Aggregate aggregate) {
            for (Expr.Entry entry : aggregate.entries()) {
                member(aggregate.type(), entry.path(), 0).ifPresent(key -> add(key, entry.value()));
                read(entry.value());
            }
        }
    }

    /** The member that a path such as {@code [2].ops.open} leads to. */
    static Optional<String> member(CType type, String path, int nesting) {
        if (nesting > MAX_NESTING || path.isEmpty()) {
            return Optional.empty();
        }
        if (path.startsWith("[")) {
            String rest = path.substring(path.indexOf(']') + 1);
            return type.target().flatMap(t -> member(t, rest, nesting + 1));
        }
        int end = 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        String rest = path.substring(end);
        Optional<CType.Member> member =
                type.struct()
                        .flatMap(s -> s.member(path.substring(1, path.length() - rest.length())));
        return rest.isEmpty()
                ? member.flatMap(m -> key(m.where()))
                : member.flatMap(m -> member(m.type(), rest, nesting + 1));
    }

    private void add(String key, Expr value) {
        Expr e = value.uncast() instanceof Expr.AddressOf a ? a.place().uncast() : value.uncast();
        if (e instanceof Expr.FunctionRef function) {
            functions.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(function.key());
        } else if (!(e instanceof Expr.Num)) {
            open.add(key);
        }
    }
}
