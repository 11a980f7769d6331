package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The ways through a notification handler for one record, with what each has learned of the
 * record's kind: from {@code event_type} itself, from copies of it, and from truths made of it.
 */
final class EventPaths {
    /** States looked at in one handler; beyond them nothing is claimed. */
    private static final int MAX_STATES = 4_000;

    /** One bit for each kind of event; the last stands for kinds that nobody names. Bit 0: none. */
    private static final long ALL = 0xFFFF;

    private static final int KINDS = 15;

    private static final Meaning KIND = new Meaning(true, 0);

    private final Predicate<Instr> ends;
    private final Deque<At> open = new ArrayDeque<>();
    private final Set<At> seen = new HashSet<>();
    private final Set<Integer> heads = new HashSet<>();

    /**
     * What an expression says of the record: its kind itself, or whether its kind is one of {@code
     * when}.
     */
    private record Meaning(boolean kind, long when) {}

    /** A place on a way: the kinds still possible, and whether some test has told them apart. */
    private record At(Block block, long kinds, boolean tested, Map<String, Meaning> known) {}

    private EventPaths(Predicate<Instr> ends) {
        this.ends = ends;
    }

    private EventPaths(Predicate<Instr> ends, Function handler) {
        this(ends);
        // A loop that moves nothing on, such as one over the sources of events, is no round.
        handler.loops().stream()
                .filter(l -> passes(l, handler))
                .forEach(l -> heads.add(l.head().id()));
    }

    private boolean passes(Function.Loop loop, Function handler) {
        return loop.blocks().stream()
                .flatMap(id -> handler.blocks().get(id).instructions().stream())
                .anyMatch(ends);
    }

    /**
     * True when a record with an event can get from the handler's start to its end without passing
     * one of the instructions, because of what kind of event it is.
     */
    static boolean leavesWithout(Function handler, Predicate<Instr> instructions) {
        return new EventPaths(instructions, handler).leaves(handler);
    }

    /** The stores that a record of one kind can lead to. */
    static Set<Instr.Store> stores(Function handler, long kind) {
        Set<Instr.Store> stores = new HashSet<>();
        EventPaths paths =
                new EventPaths(
                        i -> {
                            if (i instanceof Instr.Store store) {
                                stores.add(store);
                            }
                            return false;
                        });
        paths.open.push(new At(handler.entry(), bit(kind), false, Map.of()));
        while (!paths.open.isEmpty() && paths.seen.size() < MAX_STATES) {
            At at = paths.open.pop();
            if (paths.seen.add(at)) {
                paths.follow(at);
            }
        }
        if (!paths.open.isEmpty()) {
            handler.stores().forEach(stores::add);
        }
        return stores;
    }

    private boolean leaves(Function handler) {
        open.push(new At(handler.entry(), ALL, false, Map.of()));
        while (!open.isEmpty()) {
            At at = open.pop();
            if (!seen.add(at)) {
                continue;
            }
            if (seen.size() > MAX_STATES) {
                return false;
            }
            if (step(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean step(At at) {
        if (heads.contains(at.block().id()) && at.tested() && (at.kinds() & 1) == 0) {
            // A round for this event is over, and the next one looks at the same record.
            return true;
        }
        return follow(at);
    }

    private boolean follow(At at) {
        Map<String, Meaning> known = new HashMap<>(at.known());
        for (Instr instr : at.block().instructions()) {
            if (ends.test(instr)) {
                return false;
            }
            if (instr instanceof Instr.Store store) {
                store(store, known);
            }
        }
        Block.Exit exit = at.block().exit();
        if (exit instanceof Block.Exit.Return) {
            return at.tested() && (at.kinds() & ~1L) != 0;
        }
        if (exit instanceof Block.Exit.Branch branch) {
            Optional<Meaning> test = truth(branch.condition(), known);
            long yes = test.map(Meaning::when).orElse(ALL);
            long no = test.map(t -> ALL & ~t.when()).orElse(ALL);
            boolean tells = at.tested() || tells(test, branch.condition());
            push(branch.yes(), at.kinds() & yes, tells, known);
            push(branch.no(), at.kinds() & no, tells, known);
        } else if (exit instanceof Block.Exit.Switch choice) {
            choice(choice, at, known);
        } else {
            exit.successors().forEach(b -> push(b, at.kinds(), at.tested(), known));
        }
        return false;
    }

    private void choice(Block.Exit.Switch choice, At at, Map<String, Meaning> known) {
        if (!isKind(choice.value(), known)) {
            choice.successors().forEach(b -> push(b, at.kinds(), at.tested(), known));
            return;
        }
        long rest = ALL;
        for (Block.Exit.Case label : choice.cases()) {
            long mask = 0;
            for (long v = label.low(); v <= label.high() && v - label.low() <= KINDS; v++) {
                mask |= bit(v);
            }
            rest &= ~mask;
            push(label.target(), at.kinds() & mask, true, known);
        }
        push(choice.otherwise(), at.kinds() & rest, true, known);
    }

    private void push(Block block, long kinds, boolean tested, Map<String, Meaning> known) {
        if (kinds != 0) {
            open.push(new At(block, kinds, tested, Map.copyOf(known)));
        }
    }

    /** A test of the kind, or of the tag: both depend on what was posted. */
    private static boolean tells(Optional<Meaning> test, Expr condition) {
        return test.filter(t -> t.when() != 0 && t.when() != ALL).isPresent()
                || condition.walk().anyMatch(e -> e instanceof Expr.Field f && isOfRecord(f));
    }

    private static boolean isOfRecord(Expr.Field field) {
        return field.name().equals("tag") || RecordReads.isType(field);
    }

    private static void store(Instr.Store store, Map<String, Meaning> known) {
        Optional<String> place = name(store.place());
        if (place.isEmpty()) {
            return;
        }
        Optional<Meaning> value =
                isKind(store.value(), known) ? Optional.of(KIND) : truth(store.value(), known);
        if (!store.op().isEmpty()) {
            value = Optional.empty();
        }
        if (value.isPresent() && isTruth(store.place().type(), value.get())) {
            known.put(place.get(), value.get());
        } else if (store.value().uncast() instanceof Expr.Num number && isFlag(store.place())) {
            // Decided for the kinds that got here, and no others get on with this value.
            known.put(place.get(), new Meaning(false, number.value() == 0 ? 0 : ALL));
        } else {
            known.remove(place.get());
        }
    }

    private static boolean isTruth(CType type, Meaning value) {
        return value.kind() || type.plain() instanceof CType.Int;
    }

    private static boolean isFlag(Expr place) {
        return place instanceof Expr.Temp
                || (place instanceof Expr.Var v && v.variable().isAutomatic());
    }

    /** Places whose contents a handler knows: variables and results. */
    private static Optional<String> name(Expr place) {
        Expr e = place.uncast();
        if (e instanceof Expr.Var v) {
            return Optional.of(v.variable().key());
        }
        return e instanceof Expr.Temp t ? Optional.of("#" + t.id()) : Optional.empty();
    }

    private static boolean isKind(Expr e, Map<String, Meaning> known) {
        Expr plain = e.uncast();
        return RecordReads.isType(plain)
                || name(plain).map(known::get).filter(Meaning::kind).isPresent();
    }

    /** For which kinds a condition holds; empty when it does not depend on them alone. */
    private static Optional<Meaning> truth(Expr condition, Map<String, Meaning> known) {
        Expr e = condition.uncast();
        if (isKind(e, known)) {
            return Optional.of(new Meaning(false, ALL & ~1L));
        }
        if (e instanceof Expr.Unary u && u.op().equals("!")) {
            return truth(u.operand(), known).map(t -> new Meaning(false, ALL & ~t.when()));
        }
        if (e instanceof Expr.Binary b
                && b.right().uncast() instanceof Expr.Num n
                && (b.op().equals("==") || b.op().equals("!="))) {
            return compared(b, n, known);
        }
        if (e instanceof Expr.Binary b
                && b.left().uncast() instanceof Expr.Num n
                && (b.op().equals("==") || b.op().equals("!="))) {
            return compared(
                    new Expr.Binary(b.range(), b.type(), b.op(), b.right(), b.left()), n, known);
        }
        return name(e).map(known::get);
    }

    private static Optional<Meaning> compared(
            Expr.Binary b, Expr.Num number, Map<String, Meaning> known) {
        boolean equal = b.op().equals("==");
        if (isKind(b.left(), known)) {
            long when = bit(number.value());
            return Optional.of(new Meaning(false, equal ? when : ALL & ~when));
        }
        boolean holds = equal == (number.value() != 0);
        return number.value() == 0 || number.value() == 1
                ? truth(b.left(), known).map(t -> holds ? t : new Meaning(false, ALL & ~t.when()))
                : Optional.empty();
    }

    /**
     * The bit of a kind that the program names. A number outside of the enumeration is what an
     * empty record was filled with, such as 0xFFFFFFFF: no event, like 0.
     */
    private static long bit(long kind) {
        return kind >= 0 && kind < KINDS ? 1L << kind : 1L;
    }
}
