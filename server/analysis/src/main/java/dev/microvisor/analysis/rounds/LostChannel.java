package dev.microvisor.analysis.rounds;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;
import java.util.Optional;

/**
 * An open channel whose handle is overwritten, or that is to carry a second request.
 *
 * @param opener the function of the call that opened it
 * @param slot the variable that keeps its handle
 * @param by the call that opens another, the store, or the call that sends the request
 */
public record LostChannel(
        Function opener, Instr.Call opening, Optional<Slot> slot, Instr by, List<Note> trail) {
    public LostChannel {
        trail = List.copyOf(trail);
    }
}
