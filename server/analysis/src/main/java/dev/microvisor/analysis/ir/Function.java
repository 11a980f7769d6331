package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A function with its control-flow graph.
 *
 * @param key unique in the program: the name, file and name for statics, qualified name for C++
 * @param name as written, without qualification
 * @param range the whole definition
 * @param nameRange its name
 * @param variables parameters and locals, statics included
 * @param blocks in order of creation; the first is the entry
 * @param loops the loops as written, outer before inner
 * @param cLinkage true in C and with {@code extern "C"}
 * @param noReturn declared so
 * @param self points at the object of a C++ member function that has one
 * @param weak another definition takes its place, if there is one
 * @param announced the project's own files declare it besides defining it: it is meant for their
 *     use, and is no callback that a library knows by its name
 */
public record Function(
        String key,
        String name,
        SourceRange range,
        SourceRange nameRange,
        CType result,
        List<Variable> parameters,
        List<Variable> variables,
        List<Block> blocks,
        List<Loop> loops,
        boolean isStatic,
        boolean cLinkage,
        boolean noReturn,
        Optional<Variable> self,
        boolean weak,
        boolean announced) {
    public Function {
        parameters = List.copyOf(parameters);
        variables = List.copyOf(variables);
        blocks = List.copyOf(blocks);
        loops = List.copyOf(loops);
    }

    /**
     * A loop.
     *
     * @param head the block that is reached again in each round
     * @param exit the block after the loop
     * @param blocks ids of the blocks between, head included
     */
    public record Loop(SourceRange range, Block head, Block exit, List<Integer> blocks) {}

    /** The same under another key. */
    Function as(String other) {
        return new Function(
                other,
                name,
                range,
                nameRange,
                result,
                parameters,
                variables,
                blocks,
                loops,
                isStatic,
                cLinkage,
                noReturn,
                self,
                weak,
                announced);
    }

    /** True for a C++ member function that has an object. */
    public boolean isMethod() {
        return self.isPresent();
    }

    public Block entry() {
        return blocks.get(0);
    }

    public Stream<Instr> instructions() {
        return blocks.stream().flatMap(b -> b.instructions().stream());
    }

    public Stream<Instr.Call> calls() {
        return instructions().filter(Instr.Call.class::isInstance).map(Instr.Call.class::cast);
    }

    public Stream<Instr.Store> stores() {
        return instructions().filter(Instr.Store.class::isInstance).map(Instr.Store.class::cast);
    }

    /** The stores to a whole variable. */
    public Stream<Instr.Store> storesTo(Variable variable) {
        return stores().filter(s -> s.isTo(variable));
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
