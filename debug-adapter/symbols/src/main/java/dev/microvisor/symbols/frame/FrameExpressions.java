package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.location.Expression;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.LocationList;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.target.FrameContext;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Answers expressions about one frame on the stack. */
final class FrameExpressions implements ExpressionContext {
    /** Entry values of entry values: each goes one frame out. */
    private static final int MAX_ENTRY_DEPTH = 32;

    private final PhysicalFrame frame;
    private final CallSites callSites;
    private int depth;
    private boolean computingFrameBase;

    FrameExpressions(PhysicalFrame frame, CallSites callSites) {
        this.frame = frame;
        this.callSites = callSites;
    }

    @Override
    public FrameContext registers() {
        return frame.registers();
    }

    @Override
    public long frameBase() {
        Die function =
                frame.function()
                        .orElseThrow(() -> new UnavailableException("no function here"))
                        .die();
        if (computingFrameBase) {
            throw new UnavailableException("the frame base refers to itself");
        }
        computingFrameBase = true;
        try {
            Slice expression =
                    LocationList.find(function, At.FRAME_BASE, frame.lookupPc())
                            .orElseThrow(() -> new UnavailableException("no frame base here"));
            Location base = Expression.locate(expression, function.unit(), this);
            if (base instanceof Location.Memory) {
                return ((Location.Memory) base).address();
            }
            if (base instanceof Location.Register) {
                OptionalInt value = registers().register(((Location.Register) base).number());
                return Integer.toUnsignedLong(
                        value.orElseThrow(
                                () -> new UnavailableException("the frame base was not saved")));
            }
            throw new UnavailableException("the frame base is not known here");
        } finally {
            computingFrameBase = false;
        }
    }

    @Override
    public long callFrameAddress() {
        return frame.cfa()
                .orElseThrow(() -> new UnavailableException("the frame's address is not known"));
    }

    @Override
    public long entryValue(Slice expression) {
        if (++depth > MAX_ENTRY_DEPTH) {
            throw new UnavailableException("entry values refer to each other without end");
        }
        try {
            return callSites.entryValue(frame, expression);
        } finally {
            depth--;
        }
    }

    @Override
    public long parameterValue(Die parameter) {
        return callSites.parameterValue(frame, parameter);
    }

    @Override
    public OptionalLong objectAddress() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<Slice> locationOf(Die entry) {
        return LocationList.find(entry, At.LOCATION, frame.lookupPc());
    }
}
