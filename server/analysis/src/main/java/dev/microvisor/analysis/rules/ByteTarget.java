package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Variable;
import java.util.Optional;

/**
 * Memory that an expression points at, named without paths of execution: a variable or a field of
 * it, or what a pointer variable points at. Indices do not count: {@code &buffer[4]} is {@code
 * buffer}.
 *
 * @param path fields, such as {@code .value}; with {@code ->} in front behind a pointer
 */
record ByteTarget(Variable variable, String path) {
    private static final String BEHIND = "->";

    /** What an expression that is used as a pointer points at. */
    static Optional<ByteTarget> of(Expr pointer) {
        Expr e = pointer.uncast();
        if (e instanceof Expr.AddressOf address) {
            return place(address.place());
        }
        if (e instanceof Expr.Binary sum && (sum.op().equals("+") || sum.op().equals("-"))) {
            boolean left = sum.left().type().isPointer() || sum.left().type().isArray();
            return of(left ? sum.left() : sum.right());
        }
        return place(e).filter(t -> e.type().isArray() || e.type().isPointer());
    }

    /** The memory that an expression names; elements count as their array. */
    static Optional<ByteTarget> place(Expr expression) {
        Expr e = expression.uncast();
        if (e instanceof Expr.Var v) {
            return Optional.of(new ByteTarget(v.variable(), ""));
        }
        if (e instanceof Expr.Index index) {
            return of(index.base());
        }
        if (e instanceof Expr.Deref deref) {
            return of(deref.pointer()).map(t -> t.path.isEmpty() ? t.behind() : t);
        }
        if (e instanceof Expr.Field field) {
            return place(field.base())
                    .map(t -> new ByteTarget(t.variable, t.path + "." + field.name()));
        }
        return Optional.empty();
    }

    private ByteTarget behind() {
        return variable.type().isPointer() ? new ByteTarget(variable, BEHIND) : this;
    }

    /** The memory that a value of the engine points at. */
    static Optional<ByteTarget> of(Value value) {
        Optional<Place> place = value.target();
        if (place.isPresent()) {
            String fields = place.get().path().replaceAll("\\[[^]]*]", "");
            if (place.get().root() instanceof Place.Pointee pointee) {
                return holder(pointee.pointer())
                        .map(v -> new ByteTarget(v, fields.isEmpty() ? "" : BEHIND + fields));
            }
            return place.get().variable().map(v -> new ByteTarget(v, fields));
        }
        return value.symbol().flatMap(ByteTarget::holder).map(v -> new ByteTarget(v, ""));
    }

    private static Optional<Variable> holder(Sym sym) {
        return Optional.ofNullable(sym.place())
                .filter(p -> p.path().isEmpty())
                .flatMap(Place::variable);
    }

    /** The member that the path ends in, of whichever object. */
    Optional<Slot> slot() {
        CType type = variable.type();
        Optional<Slot> slot = Optional.empty();
        for (String step : path.split("\\.", -1)) {
            if (step.equals(BEHIND)) {
                type = type.target().orElse(CType.UNKNOWN);
            } else if (!step.isEmpty()) {
                Optional<CType.Member> member = element(type).struct().flatMap(s -> s.member(step));
                slot = member.map(m -> new Slot("", m.where()));
                type = member.map(CType.Member::type).orElse(CType.UNKNOWN);
            }
        }
        return slot;
    }

    private static CType element(CType type) {
        return type.isArray() ? element(type.target().orElse(CType.UNKNOWN)) : type;
    }

    /** True when an expression mentions the variable. */
    boolean isIn(Expr e) {
        return e.walk().anyMatch(x -> x instanceof Expr.Var v && v.variable().equals(variable));
    }

    String display() {
        return variable.name() + path.replace("->.", "->");
    }
}
