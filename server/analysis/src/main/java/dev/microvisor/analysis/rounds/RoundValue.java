package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;

/** What is known of a variable while the rounds of a loop are followed. */
sealed interface RoundValue {
    RoundValue ANY = new Numbers(ValueSet.ALL);
    RoundValue NONZERO = new Numbers(ValueSet.NONZERO);
    RoundValue ZERO = new Numbers(ValueSet.ZERO);

    /** What it may be as a number: handles and addresses are not 0. */
    ValueSet numbers();

    /** A number, or a handle of which nothing is known. */
    record Numbers(ValueSet numbers) implements RoundValue {}

    /**
     * The handle of a channel that a call has opened and that nobody has tried to close.
     *
     * @param request the call that has sent its request; null before
     */
    record Open(Function function, Instr.Call call, Instr.Call request) implements RoundValue {
        @Override
        public ValueSet numbers() {
            return ValueSet.NONZERO;
        }
    }

    /** The address of something that is followed. */
    record At(Object cell) implements RoundValue {
        @Override
        public ValueSet numbers() {
            return ValueSet.NONZERO;
        }
    }

    static RoundValue of(long number) {
        return new Numbers(ValueSet.of(number));
    }
}
