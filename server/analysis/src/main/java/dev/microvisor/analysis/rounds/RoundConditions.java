package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Values of expressions in a {@link RoundState}, and what conditions tell of it. */
final class RoundConditions {
    private static final ValueSet TRUTH = ValueSet.ofBits(3);

    private final RoundCells cells;

    RoundConditions(RoundCells cells) {
        this.cells = cells;
    }

    /** The states in which a condition is true, and those in which it is false. */
    record Split(List<RoundState> yes, List<RoundState> no) {
        Split {
            yes = List.copyOf(yes);
            no = List.copyOf(no);
        }

        Split swapped() {
            return new Split(no, yes);
        }
    }

    /** The cell that an expression names; empty when it is not followed. */
    Optional<Object> cell(Expr place, RoundState state) {
        Expr e = place.uncast();
        if (e instanceof Expr.Temp temp) {
            return Optional.of(temp.id());
        }
        if (e instanceof Expr.Var v && v.variable().isAutomatic()) {
            return Optional.of(v.variable());
        }
        if (e instanceof Expr.Deref deref) {
            return pointee(deref.pointer(), state);
        }
        return Slot.of(e).filter(cells::isFollowed).map(s -> s);
    }

    /** The cell that a pointer leads to. */
    Optional<Object> pointee(Expr pointer, RoundState state) {
        if (pointer.uncast() instanceof Expr.AddressOf address) {
            return cell(address.place(), state);
        }
        return value(pointer, state) instanceof RoundValue.At at
                ? Optional.of(at.cell())
                : Optional.empty();
    }

    RoundValue value(Expr expression, RoundState state) {
        Expr e = expression.uncast();
        if (e instanceof Expr.Num num) {
            return RoundValue.of(num.value());
        }
        if (e instanceof Expr.AddressOf address) {
            return cell(address.place(), state)
                    .<RoundValue>map(RoundValue.At::new)
                    .orElse(RoundValue.ANY);
        }
        Optional<Object> cell = cell(e, state);
        if (cell.isPresent()) {
            return state.get(cell.get());
        }
        if (e instanceof Expr.Binary binary && !binary.isComparison()) {
            OptionalLong left = single(value(binary.left(), state));
            OptionalLong right = single(value(binary.right(), state));
            return left.isPresent() && right.isPresent()
                    ? computed(binary.op(), left.getAsLong(), right.getAsLong())
                    : RoundValue.ANY;
        }
        boolean truth = isTruth(e);
        return truth ? new RoundValue.Numbers(TRUTH) : RoundValue.ANY;
    }

    private static boolean isTruth(Expr e) {
        return (e instanceof Expr.Binary binary && binary.isComparison())
                || (e instanceof Expr.Unary unary && unary.op().equals("!"));
    }

    private static OptionalLong single(RoundValue value) {
        ValueSet set = value.numbers();
        return set.low() == set.high() && !set.isEmpty()
                ? OptionalLong.of(set.low())
                : OptionalLong.empty();
    }

    /** Nothing that counts: each round would be another. */
    private static RoundValue computed(String op, long left, long right) {
        return switch (op) {
            case "&" -> RoundValue.of(left & right);
            case "|" -> RoundValue.of(left | right);
            default -> RoundValue.ANY;
        };
    }

    /** The values of an expression, each with the states in which it has it. */
    List<Map.Entry<RoundValue, RoundState>> values(Expr expression, RoundState state) {
        if (!isTruth(expression.uncast())) {
            return List.of(Map.entry(value(expression, state), state));
        }
        Split split = split(expression, state);
        List<Map.Entry<RoundValue, RoundState>> all = new ArrayList<>();
        split.yes().forEach(s -> all.add(Map.entry(RoundValue.of(1), s)));
        split.no().forEach(s -> all.add(Map.entry(RoundValue.ZERO, s)));
        return all;
    }

    Split split(Expr condition, RoundState state) {
        Expr e = condition.uncast();
        if (e instanceof Expr.Unary unary && unary.op().equals("!")) {
            return split(unary.operand(), state).swapped();
        }
        if (e instanceof Expr.Binary binary && binary.isComparison()) {
            OptionalLong right = single(value(binary.right(), state));
            if (right.isPresent()) {
                return narrowed(binary.left(), binary.op(), right.getAsLong(), e, state);
            }
            OptionalLong left = single(value(binary.left(), state));
            return left.isPresent()
                    ? narrowed(binary.right(), mirrored(binary.op()), left.getAsLong(), e, state)
                    : either(e, state);
        }
        return narrowed(e, "!=", 0, e, state);
    }

    private Split narrowed(Expr operand, String op, long number, Expr condition, RoundState state) {
        Expr e = operand.uncast();
        if (isTruth(e) && (op.equals("==") || op.equals("!=")) && (number == 0 || number == 1)) {
            Split inner = split(e, state);
            return op.equals("==") == (number == 1) ? inner : inner.swapped();
        }
        RoundValue value = value(e, state);
        ValueSet yes = value.numbers().compare(op, number);
        ValueSet no = value.numbers().compare(negated(op), number);
        if (yes.isEmpty() || no.isEmpty()) {
            return new Split(
                    yes.isEmpty() ? List.of() : List.of(state),
                    no.isEmpty() ? List.of() : List.of(state));
        }
        Optional<Object> cell = cell(e, state);
        if (cell.isEmpty() || !(value instanceof RoundValue.Numbers)) {
            return either(condition, state);
        }
        RoundState known = isMessage(e, cell, value) ? vague(state) : state;
        return new Split(
                List.of(assumed(narrowed(cell.get(), yes, known), condition, true)),
                List.of(assumed(narrowed(cell.get(), no, known), condition, false)));
    }

    /** What a handler has not set yet it may set at once. */
    private RoundState narrowed(Object cell, ValueSet to, RoundState state) {
        boolean event = cell instanceof Slot slot && cells.isEvent(slot);
        if (event && to.contains(0)) {
            return state;
        }
        RoundState known = state.with(cell, new RoundValue.Numbers(to));
        if (event && cells.isBreak((Slot) cell)) {
            known = known.with(Ghost.BROKEN, RoundValue.NONZERO);
        }
        return event ? known.with(Ghost.NEWS, RoundValue.NONZERO) : known;
    }

    private Split either(Expr condition, RoundState state) {
        RoundState known = isOwnState(condition) ? vague(state) : state;
        return new Split(
                List.of(assumed(known, condition, true)),
                List.of(assumed(known, condition, false)));
    }

    /**
     * True when a condition asks for something that the program itself decides elsewhere, and that
     * is not followed: it may be decided always.
     */
    private boolean isOwnState(Expr condition) {
        Expr e = condition.uncast();
        if (e instanceof Expr.Binary binary && binary.isComparison()) {
            boolean equality = binary.op().equals("==") || binary.op().equals("!=");
            return equality && (isOwn(binary.left()) || isOwn(binary.right()));
        }
        return isOwn(e);
    }

    private boolean isOwn(Expr operand) {
        Expr e = operand.uncast();
        Optional<Slot> slot = Slot.of(e);
        boolean state =
                (slot.isPresent() || e instanceof Expr.Index)
                        && slot.filter(cells::isFromHandlers).isEmpty()
                        && !cells.isOutput(e);
        return state || (!(e instanceof Expr.Num) && cells.isOwnEnumeration(e.type()));
    }

    /** True for one of the program's own constants that comes from where nothing is followed. */
    private boolean isMessage(Expr e, Optional<Object> cell, RoundValue value) {
        return cell.filter(Slot.class::isInstance).isEmpty()
                && value.equals(RoundValue.ANY)
                && cells.isOwnEnumeration(e.type());
    }

    private static RoundState vague(RoundState state) {
        return state.with(Ghost.VAGUE, RoundValue.NONZERO);
    }

    /** What is remembered of the way besides what variables hold. */
    enum Ghost {
        /** A turn was taken that may not be open. */
        VAGUE,
        /** A handler's event was met in this round: the rest of the round may belong to it. */
        NEWS,
        /** The connection broke by itself, on which nobody can count. */
        BROKEN
    }

    private static RoundState assumed(RoundState state, Expr condition, boolean truth) {
        return state.step(
                condition.range(), truth ? "assuming this is true" : "assuming this is false");
    }

    private static String negated(String op) {
        return switch (op) {
            case "==" -> "!=";
            case "!=" -> "==";
            case "<" -> ">=";
            case ">=" -> "<";
            case ">" -> "<=";
            default -> ">";
        };
    }

    private static String mirrored(String op) {
        return switch (op) {
            case "<" -> ">";
            case ">" -> "<";
            case "<=" -> ">=";
            case ">=" -> "<=";
            default -> op;
        };
    }

    /** The ways of a switch. */
    List<Map.Entry<Block, RoundState>> split(Block.Exit.Switch choice, RoundState state) {
        List<Map.Entry<Block, RoundState>> ways = new ArrayList<>();
        Optional<Object> cell = cell(choice.value(), state);
        RoundValue value = value(choice.value(), state);
        ValueSet rest = value.numbers();
        boolean message =
                cell.filter(Slot.class::isInstance).isEmpty() && value.equals(RoundValue.ANY);
        for (Block.Exit.Case label : choice.cases()) {
            ValueSet here = rest.compare(">=", label.low()).compare("<=", label.high());
            if (here.isEmpty()) {
                continue;
            }
            RoundState taken = cell.map(c -> narrowed(c, here, state)).orElse(state);
            if (!rest.within(here)) {
                taken = taken.step(label.range(), "taking this case");
                taken = message ? vague(taken) : taken;
            }
            ways.add(Map.entry(label.target(), taken));
            if (label.low() == label.high()) {
                rest = rest.without(label.low());
            }
        }
        if (!rest.isEmpty()) {
            ways.add(Map.entry(choice.otherwise(), narrowedRest(cell, rest, state)));
        }
        return ways;
    }

    private RoundState narrowedRest(Optional<Object> cell, ValueSet rest, RoundState state) {
        return cell.map(c -> narrowed(c, rest, state)).orElse(state);
    }
}
