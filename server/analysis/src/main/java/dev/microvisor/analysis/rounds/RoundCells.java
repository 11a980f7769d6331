package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.CallGraph;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The static variables and members that decide what the rounds of one entry point do with its
 * channels: those that keep the handles, and the flags and states that are set to constants and
 * asked on the way. Only such count that nothing else can change meanwhile: no handler, no other
 * task, no pointer that is out of sight, no second object of the same type.
 */
final class RoundCells {
    private static final int MAX_FLAGS = 60;

    /** How the type of an enumeration is named. */
    private static final String ENUM = "enum ";

    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    private final Subject subject;
    private final Function entry;
    private final Set<Function> code;
    private final Set<Function> elsewhere = new HashSet<>();
    private final Set<Slot> handles = new HashSet<>();
    private final Set<Slot> flags = new HashSet<>();

    /** What handlers only ever set. */
    private final Set<Slot> events = new HashSet<>();

    /** What handlers write in any way. */
    private final Set<Slot> handled = new HashSet<>();

    private final Map<Slot, RoundValue> initial = new HashMap<>();

    RoundCells(Subject subject, Function entry) {
        this.subject = subject;
        this.entry = entry;
        CallGraph graph = subject.graph();
        this.code = graph.reachable(entry);
        for (Function function : subject.program().functions()) {
            if (begins(function, graph)) {
                elsewhere.addAll(graph.reachable(function));
            }
        }
        findHandles();
        if (!handles.isEmpty()) {
            findEvents();
            findFlags();
            Set<Slot> exposed = exposed();
            handles.removeIf(exposed::contains);
            flags.removeIf(exposed::contains);
            handles.removeIf(s -> !isOne(s));
            flags.removeIf(s -> !isOne(s));
            initial.keySet().removeIf(events::contains);
        }
    }

    /** True for a flag that a handler may set at any time, and that only the program clears. */
    boolean isEvent(Slot slot) {
        return events.contains(slot);
    }

    /** True for a flag that tells of a broken connection. */
    boolean isBreak(Slot slot) {
        return subject.breaks().contains(slot);
    }

    /** True for what handlers write: whatever it is, it comes from outside. */
    boolean isFromHandlers(Slot slot) {
        return handled.contains(slot);
    }

    /** True for a member of one of the API's structures: what it holds comes from outside. */
    boolean isOutput(Expr place) {
        return place instanceof Expr.Field field
                && field.base()
                        .type()
                        .struct()
                        .flatMap(s -> subject.catalog().struct(s.name()))
                        .isPresent();
    }

    /** True for an enumeration of the program's own: states and messages. */
    boolean isOwnEnumeration(CType type) {
        return type.plain() instanceof CType.Int i
                && i.name().startsWith(ENUM)
                && subject.catalog().enumeration(i.name().substring(ENUM.length())).isEmpty();
    }

    private void findEvents() {
        Set<Slot> cleared = new HashSet<>();
        for (Function handler : subject.graph().interruptHandlers().values()) {
            for (Function function : subject.graph().reachable(handler)) {
                function.stores()
                        .forEach(
                                s ->
                                        Slot.of(s.place())
                                                .ifPresent(
                                                        slot -> {
                                                            handled.add(slot);
                                                            if (!isSetting(s)) {
                                                                cleared.add(slot);
                                                            }
                                                        }));
            }
        }
        events.addAll(handled);
        events.removeAll(cleared);
    }

    private static boolean isSetting(Instr.Store store) {
        return store.op().isEmpty()
                && store.value().uncast() instanceof Expr.Num n
                && n.value() != 0;
    }

    /** True for other code that runs beside the entry point. */
    private boolean begins(Function function, CallGraph graph) {
        if (function.equals(entry) || graph.isAbandoned(function)) {
            return false;
        }
        if (function.name().equals("main")) {
            return false; // It has done its work when a task runs.
        }
        return graph.interruptHandlers().containsValue(function)
                || graph.tasks().stream().anyMatch(t -> t.function().equals(function))
                || (graph.callers(function).isEmpty() && !code.contains(function));
    }

    Set<Slot> handles() {
        return handles;
    }

    boolean isFollowed(Slot slot) {
        return handles.contains(slot) || flags.contains(slot);
    }

    Stream<Slot> all() {
        return Stream.concat(handles.stream(), flags.stream());
    }

    Set<Function> code() {
        return code;
    }

    /** What the program starts with; a task may find anything. */
    RoundState start() {
        RoundState state = RoundState.EMPTY;
        if (entry.name().equals("main")) {
            for (Map.Entry<Slot, RoundValue> cell : initial.entrySet()) {
                state = state.with(cell.getKey(), cell.getValue());
            }
        }
        return state;
    }

    /** The place in a contract that a call gives or takes a channel's handle at. */
    static Optional<Expr> handleArgument(Instr.Call call, SystemCall contract) {
        return contract.effects().stream()
                .filter(e -> e instanceof Effect.Acquires || e instanceof Effect.Releases)
                .map(Effect::place)
                .findFirst()
                .map(contract::parameterIndex)
                .filter(i -> i >= 0 && i < call.arguments().size())
                .map(i -> call.arguments().get(i).uncast());
    }

    private Optional<Expr> handleArgument(Instr.Call call) {
        return subject.openers().is(call) || subject.closers().is(call)
                ? subject.openers().contract(call).flatMap(c -> handleArgument(call, c))
                : Optional.empty();
    }

    private static Optional<Slot> addressed(Expr e) {
        return e.uncast() instanceof Expr.AddressOf address
                ? Slot.of(address.place())
                : Optional.empty();
    }

    private void findHandles() {
        Set<Variable> passed = new HashSet<>();
        for (Function function : code) {
            function.calls()
                    .forEach(
                            call ->
                                    handleArgument(call)
                                            .ifPresent(
                                                    e -> {
                                                        addressed(e).ifPresent(handles::add);
                                                        if (e instanceof Expr.Var v) {
                                                            passed.add(v.variable());
                                                        }
                                                    }));
        }
        for (Function function : code) {
            function.calls().forEach(call -> passedOn(call, passed).forEach(handles::add));
        }
    }

    /** What a call hands to parameters that a system call opens into or closes. */
    private Stream<Slot> passedOn(Instr.Call call, Set<Variable> passed) {
        Optional<Function> callee = subject.program().function(call.callee(), call.range().file());
        if (callee.isEmpty()) {
            return Stream.empty();
        }
        List<Variable> parameters = callee.get().parameters();
        Stream.Builder<Slot> slots = Stream.builder();
        for (int i = 0; i < Math.min(parameters.size(), call.arguments().size()); i++) {
            if (passed.contains(parameters.get(i))) {
                addressed(call.arguments().get(i)).ifPresent(slots::add);
            }
        }
        return slots.build();
    }

    private void findFlags() {
        Set<Slot> stored = new HashSet<>();
        Set<Slot> read = new HashSet<>();
        for (Function function : code) {
            function.stores()
                    .filter(s -> s.place().type().plain() instanceof CType.Int)
                    .forEach(s -> Slot.of(s.place()).ifPresent(stored::add));
            if (subject.openers().may(function) || subject.closers().may(function)) {
                readIn(function, read);
                subject.graph().callees(function).forEach(f -> readIn(f, read));
            }
        }
        stored.retainAll(read);
        stored.removeAll(handles);
        if (stored.size() <= MAX_FLAGS) {
            flags.addAll(stored);
        }
    }

    private static void readIn(Function function, Set<Slot> to) {
        Stream.concat(
                        function.blocks().stream().flatMap(b -> b.exit().expressions().stream()),
                        function.stores().map(Instr.Store::value))
                .flatMap(Expr::walk)
                .forEach(e -> Slot.of(e).ifPresent(to::add));
    }

    /** Slots that something changes that is not followed. */
    private Set<Slot> exposed() {
        Set<Slot> exposed = new HashSet<>();
        for (Function function : subject.program().functions()) {
            if (subject.graph().isAbandoned(function)) {
                continue;
            }
            boolean beside = elsewhere.contains(function);
            for (Instr instr : (Iterable<Instr>) function.instructions()::iterator) {
                if (beside) {
                    all().filter(s -> s.isStoredBy(instr) && !isSetIn(function, s))
                            .forEach(exposed::add);
                }
                Set<Slot> fine = beside ? Set.of() : followedAddresses(instr);
                instr.expressions().stream()
                        .flatMap(Expr::walk)
                        .flatMap(e -> addressed(e).stream())
                        .filter(s -> isFollowed(s) && !fine.contains(s))
                        .forEach(exposed::add);
            }
        }
        return exposed;
    }

    private boolean isSetIn(Function function, Slot slot) {
        return events.contains(slot)
                && subject.graph().interruptHandlers().values().stream()
                        .anyMatch(h -> subject.graph().reachable(h).contains(function));
    }

    /** Addresses that a call hands to a system call, or to a function that is followed. */
    private Set<Slot> followedAddresses(Instr instr) {
        Set<Slot> fine = new HashSet<>();
        if (instr instanceof Instr.Call call) {
            boolean followed =
                    subject.openers().contract(call).isPresent()
                            || subject.program()
                                    .function(call.callee(), call.range().file())
                                    .filter(code::contains)
                                    .isPresent();
            if (followed) {
                call.arguments()
                        .forEach(a -> addressed(a).filter(handles::contains).ifPresent(fine::add));
            }
        }
        return fine;
    }

    /** True when the slot is one place in memory; remembers what it holds at first. */
    private boolean isOne(Slot slot) {
        if (slot.member() == null) {
            Optional<Variable> variable =
                    statics().filter(v -> v.key().equals(slot.variable())).findFirst();
            variable.ifPresent(v -> initial(slot, v));
            return variable.isPresent();
        }
        List<Variable> holders =
                Stream.concat(
                                statics(),
                                subject.program().functions().stream()
                                        .flatMap(f -> f.variables().stream())
                                        .filter(Variable::isAutomatic))
                        .filter(v -> count(v.type(), slot, 0) > 0)
                        .distinct()
                        .toList();
        boolean one =
                holders.size() == 1
                        && count(holders.get(0).type(), slot, 0) == 1
                        && (holders.get(0).isStatic()
                                || entry.variables().contains(holders.get(0)));
        if (one) {
            boolean plain =
                    holders.get(0).isStatic()
                            && !holders.get(0).declaration().initialised()
                            && subject.program().functions().stream().allMatch(Function::cLinkage);
            if (plain) {
                initial.put(slot, RoundValue.ZERO);
            }
        }
        return one;
    }

    private void initial(Slot slot, Variable variable) {
        Variable definition = subject.program().definition(variable);
        Optional<Expr> value = definition.declaration().initializer().map(Expr::uncast);
        if (value.isPresent()) {
            value.filter(Expr.Num.class::isInstance)
                    .ifPresent(n -> initial.put(slot, RoundValue.of(((Expr.Num) n).value())));
        } else if (!definition.declaration().initialised()) {
            initial.put(slot, RoundValue.ZERO);
        }
    }

    private Stream<Variable> statics() {
        return Stream.concat(
                subject.program().globals().stream().map(subject.program()::definition),
                subject.program().functions().stream()
                        .flatMap(f -> f.variables().stream())
                        .filter(v -> v.storage() == Variable.Storage.STATIC_LOCAL));
    }

    /** How often a member stands in a type; often enough in an array. */
    private static int count(CType type, Slot slot, int nesting) {
        CType plain = type.plain();
        if (nesting > MAX_NESTING) {
            return 0;
        }
        if (plain instanceof CType.Array array) {
            return 2 * count(array.element(), slot, nesting + 1);
        }
        return plain.struct().stream()
                .flatMap(s -> s.members().stream())
                .mapToInt(
                        m ->
                                m.where().equals(slot.member())
                                        ? 1
                                        : count(m.type(), slot, nesting + 1))
                .sum();
    }
}
