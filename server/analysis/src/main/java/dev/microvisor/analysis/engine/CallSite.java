package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.SystemCall;
import java.util.List;
import java.util.Optional;

/**
 * A call on one path, just before it happens.
 *
 * @param contract the system call it makes; empty for other functions
 * @param arguments their values, in order
 * @param object for a C++ method what points at its object
 */
public record CallSite(
        Function function,
        Instr.Call call,
        Optional<SystemCall> contract,
        List<Value> arguments,
        Optional<Value> object,
        State state,
        Reader reader) {

    /** Reads memory in the state of the path. */
    @FunctionalInterface
    public interface Reader {
        Value load(Place place);
    }

    public Value argument(int index) {
        return index < arguments.size() ? arguments.get(index) : Value.UNKNOWN;
    }

    public Optional<Expr> expression(int index) {
        return index < call.arguments().size()
                ? Optional.of(call.arguments().get(index))
                : Optional.empty();
    }

    public Value load(Place place) {
        return state.settle(reader.load(place));
    }

    /**
     * The value that a contract means by a parameter or by a field behind it, such as {@code
     * params.v1.send_buffer}; of a parameter that is a pointer to a handle the handle.
     */
    public Value valueAt(String contractPath) {
        int dot = contractPath.indexOf('.');
        String name = dot < 0 ? contractPath : contractPath.substring(0, dot);
        int index = contract.map(c -> c.parameterIndex(name)).orElse(-1);
        Value argument = argument(index);
        if (dot < 0) {
            return argument;
        }
        return Evaluator.pointee(argument, dev.microvisor.analysis.ir.CType.UNKNOWN)
                .map(p -> load(p.at(contractPath.substring(dot))))
                .orElse(Value.UNKNOWN);
    }

    /** What a pointer points at, when that has a name. */
    public Optional<Place> pointee(Value pointer) {
        return Evaluator.pointee(pointer, dev.microvisor.analysis.ir.CType.UNKNOWN);
    }

    /** The handle that an effect speaks of: by value, or in the variable pointed at. */
    public Value handleAt(String contractPath) {
        Value value = valueAt(contractPath);
        boolean byPointer =
                contract.flatMap(c -> c.parameter(contractPath))
                        .filter(p -> p.type().endsWith("*"))
                        .isPresent();
        return byPointer ? pointee(value).map(this::load).orElse(Value.UNKNOWN) : value;
    }

    /** The steps that led here. */
    public List<Note> trail() {
        return state.trail();
    }
}
