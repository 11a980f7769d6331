package dev.microvisor.symbols.location;

import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.target.FrameContext;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an expression may ask about the frame it is evaluated in. Methods throw {@link
 * UnavailableException} when they cannot answer.
 */
public interface ExpressionContext {
    FrameContext registers();

    /** DW_OP_fbreg counts from here. */
    long frameBase();

    /** DW_OP_call_frame_cfa. */
    long callFrameAddress();

    /** What an expression was when the function was entered: the caller's call site tells. */
    long entryValue(Slice expression);

    /** What the caller passed in a parameter that has no location of its own (call site). */
    long parameterValue(Die parameter);

    /** DW_OP_push_object_address. */
    OptionalLong objectAddress();

    /** The location expression of another entry, at the frame's pc. */
    Optional<Slice> locationOf(Die entry);
}
