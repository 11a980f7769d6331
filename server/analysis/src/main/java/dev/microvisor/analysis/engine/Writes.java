package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.SystemCall;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which parts of static variables the program ever writes. What it does not write keeps its initial
 * value, however many functions read it.
 */
final class Writes {
    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    /** What stands for each element of an array. */
    private static final String ANY = "[*]";

    private static final Pattern ELEMENT = Pattern.compile("\\[\\d+\\]");

    private final Map<String, Set<String>> written = new HashMap<>();

    /** Names of members that anything is stored in, or whose address is taken, by any pointer. */
    private final Set<String> members = new HashSet<>();

    /** Names of the classes with methods: their members are written by name, by whatever way. */
    private final Set<String> classes = new HashSet<>();

    /** Names of the structures that something is written to as a whole, by any pointer. */
    private final Set<String> wholes = new HashSet<>();

    private final Program program;
    private final Catalog catalog;
    private final boolean everything;

    Writes(Program program, Catalog catalog) {
        this.catalog = catalog;
        this.program = program;
        for (Function function : program.functions()) {
            function.self().flatMap(s -> className(s.type().target())).ifPresent(classes::add);
        }
        // What could not be read may write anything.
        this.everything = !program.isParsed();
        for (Function function : program.functions()) {
            function.instructions().forEach(this::read);
            for (Block block : function.blocks()) {
                if (block.exit() instanceof Block.Exit.Return ret) {
                    ret.value()
                            .filter(v -> !isObject(v))
                            .ifPresent(v -> given(v, function.result()));
                }
            }
        }
    }

    private static Optional<String> className(Optional<CType> type) {
        return type.flatMap(CType::struct).map(CType.Struct::name);
    }

    private void read(Instr instr) {
        if (instr instanceof Instr.Store store) {
            mark(store.place());
            if (!store.declaration()) {
                member(store.place());
            }
            if (!isObject(store.value())) {
                given(store.value(), store.place().type());
            }
        } else if (instr instanceof Instr.Call call) {
            Optional<Function> callee = program.function(call.callee(), call.range().file());
            boolean followed = callee.isPresent();
            // Its methods may write all of an object.
            call.object().filter(o -> !followed || !isObject(o)).ifPresent(this::escapes);
            Optional<SystemCall> contract = catalog.call(call.callee());
            for (int i = 0; i < call.arguments().size(); i++) {
                Expr argument = call.arguments().get(i);
                boolean known = followed && isObject(argument);
                if (!known && (contract.isEmpty() || mayWrite(contract.get().parameters(), i))) {
                    List<Variable> parameters = callee.map(Function::parameters).orElse(List.of());
                    if (i < parameters.size()) {
                        given(argument, parameters.get(i).type());
                    } else {
                        escapes(argument);
                        // Of a function that only a pointer names nothing is known but its types.
                        if (!call.callee().isEmpty()) {
                            whole(argument.uncast().type());
                        }
                    }
                }
            }
        }
    }

    /** The address of an object with methods: who has it changes members by their names. */
    private boolean isObject(Expr value) {
        return value instanceof Expr.AddressOf address
                && className(Optional.of(address.place().type()))
                        .filter(classes::contains)
                        .isPresent();
    }

    /**
     * A value goes to a place of a type. Whoever has a pointer to a structure changes its members
     * by their names; with any other pointer, all of it.
     */
    private void given(Expr value, CType type) {
        Optional<String> structure = className(type.target());
        boolean typed = structure.isPresent() && structure.equals(leadsTo(value));
        if (!typed) {
            escapes(value);
            whole(value.uncast().type());
        }
    }

    /** The structure that an address, a table or a place in it is one of. */
    private static Optional<String> leadsTo(Expr value) {
        if (value instanceof Expr.AddressOf address) {
            return className(Optional.of(address.place().type()));
        }
        if (value instanceof Expr.Binary sum && (sum.op().equals("+") || sum.op().equals("-"))) {
            return leadsTo(sum.left());
        }
        return value instanceof Expr.Cast ? Optional.empty() : className(value.type().target());
    }

    private void whole(CType pointer) {
        if (pointer.isPointer() && !pointer.target().filter(CType::isConst).isPresent()) {
            className(pointer.target()).ifPresent(wholes::add);
        }
    }

    /** The last member that a place goes through. */
    private void member(Expr place) {
        Expr e = place;
        while (!(e instanceof Expr.Field)) {
            if (e instanceof Expr.Deref deref) {
                className(Optional.of(deref.type())).ifPresent(wholes::add);
                whole(deref.pointer().uncast().type());
                return;
            }
            if (e instanceof Expr.Index index) {
                className(Optional.of(index.type())).ifPresent(wholes::add);
                e = index.base();
            } else if (e instanceof Expr.Cast cast) {
                whole(cast.operand().uncast().type());
                e = cast.operand();
            } else {
                return;
            }
        }
        members.add(((Expr.Field) e).name());
    }

    private static boolean mayWrite(List<Parameter> parameters, int index) {
        return index >= parameters.size()
                || parameters.get(index).direction() != Direction.IN
                || !parameters.get(index).isPointer();
    }

    /** Whoever gets an address may write there; an array stands for its own. */
    private void escapes(Expr value) {
        if (value instanceof Expr.AddressOf address) {
            mark(address.place());
            member(address.place());
        } else if (value instanceof Expr.Index index && index.base().type().isArray()) {
            escapes(index.index());
        } else if (value.type().isArray()) {
            mark(value);
            member(value);
        }
        boolean element = value instanceof Expr.Index || value instanceof Expr.Field;
        if (!element && !(value instanceof Expr.AddressOf)) {
            value.parts().forEach(this::escapes);
        }
    }

    private void mark(Expr place) {
        StringBuilder path = new StringBuilder();
        Expr e = place;
        while (true) {
            if (e instanceof Expr.Field field) {
                path.insert(0, "." + field.name());
                e = field.base();
            } else if (e instanceof Expr.Index index && index.base().type().isArray()) {
                path.insert(0, ANY);
                e = index.base();
            } else if (e instanceof Expr.Cast cast) {
                e = cast.operand();
            } else {
                break;
            }
        }
        if (e instanceof Expr.Var v) {
            written.computeIfAbsent(v.variable().key(), k -> new HashSet<>()).add(path.toString());
        }
    }

    boolean isWritten(Variable v, Place place) {
        String path = ELEMENT.matcher(place.path()).replaceAll(ANY);
        if (everything || isWritten(v.key(), path)) {
            return true;
        }
        CType type = v.type();
        while (type.plain() instanceof CType.Array array) {
            type = array.element();
        }
        if (type.struct().isEmpty()) {
            return false;
        }
        return place.type().struct().isPresent()
                || Arrays.stream(place.path().split("[.\\[]")).anyMatch(members::contains)
                || isWhole(type.struct().get(), 0);
    }

    /** True when a structure, or one in it, is written to as a whole. */
    private boolean isWhole(CType.Struct struct, int nesting) {
        return wholes.contains(struct.name())
                || nesting > MAX_NESTING
                || struct.members().stream()
                        .flatMap(m -> m.type().struct().or(() -> element(m.type())).stream())
                        .anyMatch(s -> isWhole(s, nesting + 1));
    }

    private static Optional<CType.Struct> element(CType type) {
        return type.plain() instanceof CType.Array array
                ? array.element().struct()
                : Optional.empty();
    }

    private boolean isWritten(String variable, String path) {
        for (String done : written.getOrDefault(variable, Set.of())) {
            if (Place.startsWith(path, done) || Place.startsWith(done, path)) {
                return true;
            }
        }
        return false;
    }
}
