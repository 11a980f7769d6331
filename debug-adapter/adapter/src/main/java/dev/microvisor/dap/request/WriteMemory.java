package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import java.util.Base64;
import org.eclipse.lsp4j.debug.WriteMemoryArguments;
import org.eclipse.lsp4j.debug.WriteMemoryResponse;

/** {@code writeMemory}: also while the firmware runs, at a safe point. */
public final class WriteMemory implements Handler<WriteMemoryArguments, WriteMemoryResponse> {
    private final Session session;

    public WriteMemory(Session session) {
        this.session = session;
    }

    @Override
    public WriteMemoryResponse handle(WriteMemoryArguments arguments) {
        Debugged debugged = session.debugged();
        int address = MemoryReference.parse(arguments.getMemoryReference(), arguments.getOffset());
        byte[] bytes = bytes(arguments.getData());
        if (!debugged.target().machine().poke(address, bytes)) {
            throw new RequestFailed(
                    "there is no memory at "
                            + MemoryReference.of(address)
                            + " that could be written");
        }
        session.changed(address, bytes.length);
        WriteMemoryResponse response = new WriteMemoryResponse();
        response.setBytesWritten(bytes.length);
        return response;
    }

    private static byte[] bytes(String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new RequestFailed("the data is not base64: " + e.getMessage());
        }
    }
}
