package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Integers;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values of expressions in a state. */
final class Evaluator {
    private static final int MAX_DEPTH = 200;

    /** The step to an element whose index is not known. */
    private static final String ANY = "[*]";

    private final Program program;
    private final Writes writes;
    private final HandlerFlags flags;
    private UnsetListener listener = (e, place, value, state) -> {};

    /** True where pointers may be taken for what the whole program stores in them. */
    private boolean pointing;

    private TableListener tables = (index, rows) -> {};
    private int depth;

    /** Hears of reads of values that may be missing. */
    interface UnsetListener {
        void read(Expr expression, Place place, Value value, State state);
    }

    /** Hears of rows of constant tables that something decides which is not known. */
    interface TableListener {
        void row(Sym index, long rows);
    }

    Evaluator(Program program, Writes writes, HandlerFlags flags) {
        this.program = program;
        this.writes = writes;
        this.flags = flags;
    }

    void listen(UnsetListener to) {
        listener = to;
    }

    /** From now on pointers lead where the whole program lets them lead, when that is one place. */
    void followPointers() {
        pointing = true;
    }

    void listenToRows(TableListener to) {
        tables = to;
    }

    Value value(Expr e, State state) {
        if (depth > MAX_DEPTH) {
            return Value.UNKNOWN;
        }
        depth++;
        try {
            return compute(e, state);
        } finally {
            depth--;
        }
    }

    private Value compute(Expr e, State state) {
        if (e instanceof Expr.Num num) {
            return new Value.Num(num.value());
        }
        if (e instanceof Expr.Text text) {
            return new Value.Address(new Place(new Place.Literal(text), ""));
        }
        if (e instanceof Expr.FunctionRef function) {
            return new Value.FunctionAddress(function.key());
        }
        if (e instanceof Expr.AddressOf address) {
            return place(address.place(), state)
                    .<Value>map(Value.Address::new)
                    .orElse(Value.UNKNOWN);
        }
        if (e instanceof Expr.Cast cast) {
            return Arithmetic.converted(cast.type(), value(cast.operand(), state));
        }
        if (e instanceof Expr.Unary unary) {
            return unary(unary, value(unary.operand(), state));
        }
        if (e instanceof Expr.Binary binary) {
            Value left = value(binary.left(), state);
            Value right = value(binary.right(), state);
            Value result =
                    Arithmetic.converted(
                            binary.type(),
                            Arithmetic.binary(
                                    binary.op(),
                                    binary.left().type(),
                                    left,
                                    binary.right().type(),
                                    right));
            if (result instanceof Value.Anything) {
                compared(left, state);
                compared(right, state);
            }
            return result;
        }
        if (e instanceof Expr.Opaque opaque) {
            for (Expr part : opaque.parts()) {
                Value value = value(part, state);
                lost(value, state);
                overwritten(value, state);
            }
            return Value.UNKNOWN;
        }
        if (e instanceof Expr.Aggregate) {
            return Value.UNKNOWN;
        }
        return read(e, state);
    }

    /**
     * Code out of sight gets a value, and may test or keep it: no report may rest on its not having
     * done so.
     */
    void lost(Value value, State state) {
        if (value instanceof Value.Symbolic s) {
            state.trust(s.sym());
        } else if (value instanceof Value.Truth t) {
            state.trust(t.sym());
        } else if (value instanceof Value.Pending p) {
            state.trust(p.status());
            lost(p.then(), state);
            lost(p.otherwise(), state);
        }
    }

    /** What a call wrote is held against something that is not known, which may bound it. */
    private void compared(Value value, State state) {
        if (value instanceof Value.Symbolic s && s.sym().kind() == Sym.Kind.OUTPUT) {
            state.trust(s.sym());
        } else if (value instanceof Value.Pending p) {
            compared(p.then(), state);
            compared(p.otherwise(), state);
        }
    }

    /** Code out of sight gets an address, and may write there. */
    void overwritten(Value address, State state) {
        Optional<Place> place = address.target();
        if (place.isPresent()) {
            Place whole = place.get();
            if (whole.path().endsWith("]")) {
                whole = whole.parent();
            }
            Value before = load(whole, state);
            if (!(whole.root() instanceof Place.Literal)) {
                lost(before, state);
                state.assign(whole, Value.UNKNOWN);
            }
        }
    }

    private Value read(Expr e, State state) {
        Optional<Place> place = place(e, state);
        if (place.isEmpty()) {
            e.parts().forEach(p -> value(p, state));
            return Value.UNKNOWN;
        }
        if (e.type().isArray()) {
            return new Value.Address(place.get());
        }
        Value value = load(place.get(), state);
        if (value.mayBeUnset() && e.type().struct().isEmpty()) {
            listener.read(e, place.get(), value, state);
        }
        return value instanceof Value.Unset ? Value.UNKNOWN : value;
    }

    private static Value unary(Expr.Unary unary, Value operand) {
        String op = unary.op();
        if (operand instanceof Value.Num num) {
            return new Value.Num(Integers.unary(op, unary.operand().type(), num.value()));
        }
        if (op.equals("!")) {
            if (operand instanceof Value.Truth truth) {
                return new Value.Truth(truth.sym(), truth.when().complement());
            }
            if (operand instanceof Value.Symbolic s && s.plus() == 0) {
                return new Value.Truth(s.sym(), ValueSet.ZERO);
            }
            if (operand instanceof Value.Address || operand instanceof Value.FunctionAddress) {
                return Value.ZERO;
            }
            if (operand instanceof Value.Pending p) {
                return new Value.Pending(
                        p.status(), p.when(), unary(unary, p.then()), unary(unary, p.otherwise()));
            }
        }
        return Value.UNKNOWN;
    }

    /** The place that an expression names, when its pointers are known. */
    Optional<Place> place(Expr e, State state) {
        if (e instanceof Expr.Var v) {
            return Optional.of(Place.of(program.definition(v.variable())));
        }
        if (e instanceof Expr.Temp temp) {
            return Optional.of(temporary(temp));
        }
        if (e instanceof Expr.Field field) {
            return place(field.base(), state).map(p -> p.field(field.name()));
        }
        if (e instanceof Expr.Deref deref) {
            return pointee(value(deref.pointer(), state), deref.type())
                    .map(p -> first(p, deref.type()));
        }
        if (e instanceof Expr.Index index) {
            Value at = value(index.index(), state);
            if (index.base().type().isArray()) {
                Optional<Place> table = place(index.base(), state);
                table.ifPresent(t -> row(t, at));
                return table.map(
                        p -> p.at("[" + at.number().map(Object::toString).orElse("*") + "]"));
            }
            Value base = value(index.base(), state);
            if (at.number().isEmpty() && base instanceof Value.Address array) {
                Place table = array.place();
                row(table.path().endsWith("[0]") ? table.parent() : table, at);
                return Optional.of(array.place().element());
            }
            return pointee(Arithmetic.binary("+", base, at), index.type())
                    .map(p -> first(p, index.type()));
        }
        return e instanceof Expr.Cast cast ? place(cast.operand(), state) : Optional.empty();
    }

    /** The address of an array of structures is that of the first one. */
    private static Place first(Place place, CType type) {
        return type.struct().isPresent() && place.type().isArray() ? place.at("[0]") : place;
    }

    private void row(Place table, Value index) {
        if (table.type().plain() instanceof CType.Array array
                && table.variable().filter(Variable::isStatic).isPresent()
                && array.element().struct().isPresent()) {
            index.symbol()
                    .filter(s -> s.kind() == Sym.Kind.INITIAL)
                    .filter(s -> isConstant(table.variable().get(), table))
                    .ifPresent(s -> tables.row(s, array.count()));
        }
    }

    private boolean isConstant(Variable v, Place place) {
        return v.declaration().initializer().isPresent()
                && (v.type().isConst() || isConstElement(v.type()) || keepsInitial(v, place));
    }

    private static boolean isConstElement(CType type) {
        return type.plain() instanceof CType.Array array && array.element().isConst();
    }

    static Place temporary(Expr.Temp temp) {
        return new Place(new Place.Nameless("t" + temp.id(), temp.type()), "");
    }

    static Optional<Place> pointee(Value pointer, CType type) {
        if (pointer instanceof Value.Address address) {
            return Optional.of(address.place());
        }
        if (pointer instanceof Value.Symbolic s && s.plus() == 0) {
            return Optional.of(new Place(new Place.Pointee(s.sym(), type), ""));
        }
        return Optional.empty();
    }

    /** What is at a place. */
    Value load(Place place, State state) {
        CType type = place.type();
        boolean changes = type.isVolatile() || place.variable().filter(flags::contains).isPresent();
        if (changes && type.plain() instanceof CType.Int) {
            return Value.UNKNOWN;
        }
        Value stored = state.stored(place);
        if (stored != null) {
            return Arithmetic.converted(type, stored);
        }
        Optional<Variable> variable = place.variable();
        if (variable.isPresent()) {
            Variable v = variable.get();
            if (v.storage() == Variable.Storage.LOCAL) {
                return Value.UNKNOWN;
            }
            if (v.isStatic() && (v.type().isConst() || keepsInitial(v, place))) {
                Optional<Value> initial = initial(v, place);
                if (initial.isPresent()) {
                    return Arithmetic.converted(type, initial.get());
                }
            }
        } else if (place.root() instanceof Place.Nameless
                || place.root() instanceof Place.Literal) {
            return Value.UNKNOWN;
        }
        if (place.path().contains(ANY)) {
            return Value.UNKNOWN;
        }
        return pointed(place).orElseGet(() -> Value.of(Sym.initial(place)));
    }

    private Optional<Value> pointed(Place place) {
        if (!pointing || !place.type().isPointer()) {
            return Optional.empty();
        }
        Optional<Program.Pointed> to =
                place.path().isEmpty()
                        ? place.variable().flatMap(program::pointed)
                        : place.member().flatMap(program::pointed);
        return to.map(t -> new Value.Address(new Place(new Place.Var(t.variable()), t.path())));
    }

    /** Other files may write a global. */
    private boolean keepsInitial(Variable v, Place place) {
        return (v.storage() != Variable.Storage.GLOBAL || program.isWhole())
                && !writes.isWritten(v, place);
    }

    /** The initial value of a static that nobody writes. */
    private Optional<Value> initial(Variable v, Place place) {
        Optional<Expr> initializer = v.declaration().initializer();
        if (initializer.isEmpty()) {
            boolean zero = v.declaration().definition() && !v.declaration().initialised();
            return zero ? Optional.of(Value.ZERO) : Optional.empty();
        }
        Expr e = initializer.get();
        if (!(e instanceof Expr.Aggregate aggregate)) {
            return place.path().isEmpty() ? Optional.of(value(e, new State())) : Optional.empty();
        }
        if (place.path().contains(ANY)) {
            return ofAnyElement(aggregate, place);
        }
        for (Expr.Entry entry : aggregate.entries()) {
            if (entry.path().equals(place.path())) {
                return Optional.of(value(entry.value(), new State()));
            }
            if (Place.startsWith(entry.path(), place.path())
                    || Place.startsWith(place.path(), entry.path())) {
                return Optional.empty();
            }
        }
        return Optional.of(Value.ZERO);
    }

    /** What all elements of a table have in common, when no number tells which one is meant. */
    private Optional<Value> ofAnyElement(Expr.Aggregate table, Place place) {
        String[] around = place.path().split(Pattern.quote(ANY), 2);
        if (around[1].contains(ANY)) {
            return Optional.empty();
        }
        Place array = new Place(place.root(), around[0]);
        Pattern element =
                Pattern.compile(Pattern.quote(around[0]) + "\\[\\d+\\]" + Pattern.quote(around[1]));
        Value common = null;
        long found = 0;
        for (Expr.Entry entry : table.entries()) {
            if (element.matcher(entry.path()).matches()) {
                Value value = value(entry.value(), new State());
                if (common != null && !common.equals(value)) {
                    return Optional.empty();
                }
                common = value;
                found++;
            }
        }
        boolean all = array.type().plain() instanceof CType.Array a && a.count() == found;
        return all ? Optional.ofNullable(common) : Optional.empty();
    }
}
