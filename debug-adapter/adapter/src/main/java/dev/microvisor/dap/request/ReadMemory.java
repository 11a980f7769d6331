package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import java.util.Base64;
import org.eclipse.lsp4j.debug.ReadMemoryArguments;
import org.eclipse.lsp4j.debug.ReadMemoryResponse;

/** {@code readMemory}: also while the firmware runs, at a safe point. Has no side effects. */
public final class ReadMemory implements Handler<ReadMemoryArguments, ReadMemoryResponse> {
    /** More than the whole RAM and flash of the device. */
    private static final int MAX_BYTES = 4 << 20;

    private final Session session;

    public ReadMemory(Session session) {
        this.session = session;
    }

    @Override
    public ReadMemoryResponse handle(ReadMemoryArguments arguments) {
        Debugged debugged = session.debugged();
        int address = MemoryReference.parse(arguments.getMemoryReference(), arguments.getOffset());
        int count = arguments.getCount();
        if (count < 0 || count > MAX_BYTES) {
            throw new RequestFailed(
                    "cannot read " + count + " bytes at once: at most " + MAX_BYTES);
        }
        long room = 0x1_0000_0000L - Integer.toUnsignedLong(address);
        byte[] bytes = debugged.target().machine().peek(address, (int) Math.min(count, room));
        session.shownMemory()
                .add(
                        arguments.getMemoryReference(),
                        arguments.getOffset() == null ? 0 : arguments.getOffset(),
                        count);
        ReadMemoryResponse response = new ReadMemoryResponse();
        response.setAddress(MemoryReference.of(address));
        response.setData(Base64.getEncoder().encodeToString(bytes));
        response.setUnreadableBytes(count - bytes.length);
        return response;
    }
}
