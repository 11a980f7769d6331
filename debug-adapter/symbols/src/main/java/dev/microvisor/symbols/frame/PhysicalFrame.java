package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.target.FrameContext;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A frame on the stack, with what is needed to evaluate expressions in it. The frame around it is
 * computed at the first request. Belongs to the thread that stopped the machine.
 */
public final class PhysicalFrame {
    private final Unwinder unwinder;
    private final FrameContext registers;
    private final long pc;
    private final long lookupPc;
    private final Optional<Function> function;
    private final Optional<CfaRow> row;
    private final OptionalLong cfa;
    private final boolean innermost;
    private final ExpressionContext expressions;
    private Unwinder.Step outward;

    /**
     * @param innermost whether nothing was called from here: it is the stopped or interrupted code
     */
    PhysicalFrame(
            Unwinder unwinder,
            FrameContext registers,
            long pc,
            long lookupPc,
            boolean innermost,
            Optional<Function> function,
            Optional<CfaRow> row) {
        this.unwinder = unwinder;
        this.registers = registers;
        this.pc = pc;
        this.lookupPc = lookupPc;
        this.innermost = innermost;
        this.function = function;
        this.row = row;
        this.expressions = new FrameExpressions(this, unwinder.callSites());
        this.cfa = row.isPresent() ? unwinder.cfa(this, row.get()) : OptionalLong.empty();
    }

    public FrameContext registers() {
        return registers;
    }

    public long pc() {
        return pc;
    }

    long lookupPc() {
        return lookupPc;
    }

    boolean isInnermost() {
        return innermost;
    }

    Optional<Function> function() {
        return function;
    }

    Optional<CfaRow> row() {
        return row;
    }

    OptionalLong cfa() {
        return cfa;
    }

    ExpressionContext expressions() {
        return expressions;
    }

    /** The frame around this one, or why there is none. */
    Unwinder.Step outward() {
        if (outward == null) {
            outward = unwinder.step(this);
        }
        return outward;
    }
}
