package dev.microvisor.dap.request;

import dev.microvisor.dap.motion.Stop;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.emulator.machine.Registers;
import org.eclipse.lsp4j.debug.GotoArguments;

/** {@code goto}: moves the program counter without executing what lies between. */
public final class Goto implements Handler<GotoArguments, Void> {
    private final Session session;

    public Goto(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(GotoArguments arguments) {
        Debugged debugged = session.resumable();
        int address =
                debugged.codePlaces()
                        .get(arguments.getTargetId())
                        .orElseThrow(() -> new RequestFailed("this place is of an earlier stop"));
        debugged.target().machine().registers().set(Registers.PC, address);
        debugged.resumed();
        session.afterResponse(
                () -> session.halt(Stop.of("goto", debugged.target().describe(address))));
        return null;
    }
}
