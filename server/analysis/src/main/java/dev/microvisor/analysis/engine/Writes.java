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

/**
 * Which parts of static variables the program ever writes. What it does not write keeps its initial
 * value, however many functions read it.
 */
final class Writes {
    private final Map<String, Set<String>> written = new HashMap<>();

    /** Names of members that anything is stored in, or whose address is taken, by any pointer. */
    private final Set<String> members = new HashSet<>();

    /** Names of the classes with methods: their members are written by name, by whatever way. */
    private final Set<String> classes = new HashSet<>();

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
                    ret.value().filter(v -> !isObject(v)).ifPresent(this::escapes);
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
                escapes(store.value());
            }
        } else if (instr instanceof Instr.Call call) {
            boolean followed = program.function(call.callee(), call.range().file()).isPresent();
            // Its methods may write all of an object.
            call.object().filter(o -> !followed || !isObject(o)).ifPresent(this::escapes);
            Optional<SystemCall> contract = catalog.call(call.callee());
            for (int i = 0; i < call.arguments().size(); i++) {
                Expr argument = call.arguments().get(i);
                boolean known = followed && isObject(argument);
                if (!known && (contract.isEmpty() || mayWrite(contract.get().parameters(), i))) {
                    escapes(argument);
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

    /** The last member that a place goes through. */
    private void member(Expr place) {
        Expr e = place;
        while (!(e instanceof Expr.Field)) {
            if (e instanceof Expr.Index index) {
                e = index.base();
            } else if (e instanceof Expr.Cast cast) {
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
                path.setLength(0);
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
        if (everything || isWritten(v.key(), place.path())) {
            return true;
        }
        if (className(Optional.of(v.type())).filter(classes::contains).isEmpty()) {
            return false;
        }
        return place.type().struct().isPresent()
                || Arrays.stream(place.path().split("[.\\[]")).anyMatch(members::contains);
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
