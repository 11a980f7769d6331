package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Where functions find the same thing again: a static variable, or a member of a structure in
 * whichever object of its type. What is true of a slot is true of that member in all objects.
 *
 * @param variable key of the variable; empty for members
 * @param member where the member is declared; null for variables
 */
public record Slot(String variable, SourceRange member) {
    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    /** The slot that a place lies in; empty for locals and for what has no name. */
    public static Optional<Slot> of(Place place) {
        Optional<SourceRange> member = place.member().map(CType.Member::where);
        if (member.isPresent()) {
            return Optional.of(new Slot("", member.get()));
        }
        return place.path().isEmpty()
                ? place.variable().filter(Variable::isStatic).map(v -> new Slot(v.key(), null))
                : Optional.empty();
    }

    /** The same of what lasts longer than its function. */
    public static Optional<Slot> lasting(Place place) {
        boolean lasts =
                place.root() instanceof Place.Pointee
                        || place.variable().filter(Variable::isStatic).isPresent();
        return lasts ? of(place) : Optional.empty();
    }

    /** The slot that an expression names; empty for locals, elements and values. */
    public static Optional<Slot> of(Expr expression) {
        if (expression instanceof Expr.Field field) {
            return field.base()
                    .type()
                    .struct()
                    .flatMap(s -> s.member(field.name()))
                    .map(m -> new Slot("", m.where()));
        }
        return expression instanceof Expr.Var v && v.variable().isStatic()
                ? Optional.of(new Slot(v.variable().key(), null))
                : Optional.empty();
    }

    /** True when an expression reads the slot. */
    public boolean isIn(Expr expression) {
        return expression.walk().anyMatch(e -> of(e).filter(this::equals).isPresent());
    }

    public boolean isIn(List<Expr> expressions) {
        return expressions.stream().anyMatch(this::isIn);
    }

    /** True when an instruction stores into the slot, or overwrites a whole structure around it. */
    public boolean isStoredBy(Instr instr) {
        if (instr instanceof Instr.Store store) {
            return of(store.place()).filter(this::equals).isPresent()
                    || isPartOf(store.place().type(), 0);
        }
        return instr instanceof Instr.Call call
                && (call.name().equals("memset") || call.name().equals("memcpy"))
                && !call.arguments().isEmpty()
                && call.arguments()
                        .get(0)
                        .uncast()
                        .type()
                        .target()
                        .filter(t -> isPartOf(t, 0))
                        .isPresent();
    }

    private boolean isPartOf(CType type, int nesting) {
        return member != null
                && nesting < MAX_NESTING
                && type.struct().stream()
                        .flatMap(s -> s.members().stream())
                        .anyMatch(m -> m.where().equals(member) || isPartOf(m.type(), nesting + 1));
    }

    /** True when two places are members of one object, or one of them stands on its own. */
    public static boolean ofOneObject(Place a, Place b) {
        boolean members = a.member().isPresent() && b.member().isPresent();
        return !members || object(a).equals(object(b));
    }

    private static Place object(Place member) {
        return new Place(member.root(), member.path().substring(0, member.path().lastIndexOf('.')));
    }

    /** True for a member of a structure that is a local variable itself. */
    public static boolean isOfLocal(Expr member) {
        Expr at = member;
        while (at instanceof Expr.Field || at instanceof Expr.Index) {
            at = at instanceof Expr.Field field ? field.base() : ((Expr.Index) at).base();
        }
        return at instanceof Expr.Var v && v.variable().isAutomatic() && !v.type().isPointer();
    }
}
