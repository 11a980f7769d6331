package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.line.SourcePosition;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.target.FrameContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of a backtrace.
 *
 * @param level 0 for the innermost
 * @param name of the function, or of what else this frame stands for
 * @param pc the next instruction of this frame; for the caller of an inlined function the same as
 *     that of the inlined one
 * @param lookupPc an address in the instruction that this frame is executing: for a caller, in its
 *     call
 * @param blocks from the body of this frame's function to the innermost block around the pc; empty
 *     for code without debug information
 */
public record Frame(
        int level,
        Kind kind,
        String name,
        long pc,
        long lookupPc,
        Optional<SourcePosition> position,
        Optional<Function> function,
        List<Block> blocks,
        PhysicalFrame physical) {

    /** What a frame stands for. */
    public enum Kind {
        /** A function that was called. */
        CALL,
        /** A function that the compiler inlined: it has no frame on the stack. */
        INLINED,
        /** A function that ended in a jump to the one below: its frame is gone. */
        TAIL_CALL,
        /** The processor took an exception here: what is above was interrupted. */
        EXCEPTION
    }

    public Frame {
        blocks = List.copyOf(blocks);
    }

    /** The registers as this frame has them. */
    public FrameContext registers() {
        return physical.registers();
    }

    /** The address that identifies the stack frame: SP before the call. */
    public OptionalLong canonicalAddress() {
        return physical.cfa();
    }

    /** What location expressions of this frame's variables are evaluated with. */
    public ExpressionContext expressions() {
        return physical.expressions();
    }

    public boolean hasVariables() {
        return !blocks.isEmpty() && kind != Kind.TAIL_CALL;
    }
}
