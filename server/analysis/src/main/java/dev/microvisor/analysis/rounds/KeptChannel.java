package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;

/**
 * An open channel that nobody closes any more, while its handle is still there.
 *
 * @param opener the function of the call that opened it
 * @param slot the variable that keeps its handle
 * @param held true when it is closed if the connection breaks
 */
public record KeptChannel(
        Function opener, Instr.Call opening, Slot slot, boolean held, List<Note> trail) {
    public KeptChannel {
        trail = List.copyOf(trail);
    }
}
