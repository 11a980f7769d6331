package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.debug.run.RunOutput.CallPlace;
import dev.microvisor.symbols.line.SourceLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where in the source system calls were made. Remembers what it has looked up. */
public final class CallPlaces {
    /** A return address is after its call; this many bytes back is inside it. */
    private static final int INTO_CALL = 2;

    private final Target target;
    private final Map<Integer, CallPlace> known = new HashMap<>();

    public CallPlaces(Target target) {
        this.target = target;
    }

    /**
     * @param returnAddress where the firmware goes on after the call, without the Thumb bit
     */
    public CallPlace at(int returnAddress) {
        return known.computeIfAbsent(returnAddress, this::lookUp);
    }

    private CallPlace lookUp(int returnAddress) {
        int inside = returnAddress - INTO_CALL;
        Optional<SourceLine> line = target.program().lineAt(inside);
        return new CallPlace(
                returnAddress,
                target.functionName(inside),
                line.map(l -> target.sources().display(l.file().path())).orElse(""),
                line.map(SourceLine::line).orElse(0));
    }
}
