package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.SystemCall;
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
    private final Catalog catalog;
    private final boolean everything;

    Writes(Program program, Catalog catalog) {
        this.catalog = catalog;
        // What could not be read may write anything.
        this.everything = !program.isParsed();
        for (Function function : program.functions()) {
            function.instructions().forEach(this::read);
        }
    }

    private void read(Instr instr) {
        if (instr instanceof Instr.Store store) {
            mark(store.place());
            escapes(store.value());
        } else if (instr instanceof Instr.Call call) {
            // Its methods may write all of an object.
            call.object().ifPresent(this::escapes);
            Optional<SystemCall> contract = catalog.call(call.callee());
            for (int i = 0; i < call.arguments().size(); i++) {
                if (contract.isEmpty() || mayWrite(contract.get().parameters(), i)) {
                    escapes(call.arguments().get(i));
                }
            }
        }
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
        } else if (value instanceof Expr.Index index && index.base().type().isArray()) {
            escapes(index.index());
        } else if (value.type().isArray()) {
            mark(value);
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

    boolean isWritten(String variable, String path) {
        if (everything) {
            return true;
        }
        for (String done : written.getOrDefault(variable, Set.of())) {
            if (Place.startsWith(path, done) || Place.startsWith(done, path)) {
                return true;
            }
        }
        return false;
    }
}
