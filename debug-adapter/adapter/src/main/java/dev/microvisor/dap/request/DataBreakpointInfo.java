package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Evaluation;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.OpenRow;
import dev.microvisor.symbols.value.ValueFormat;
import java.util.Optional;
import org.eclipse.lsp4j.debug.DataBreakpointAccessType;
import org.eclipse.lsp4j.debug.DataBreakpointInfoArguments;
import org.eclipse.lsp4j.debug.DataBreakpointInfoResponse;

/** {@code dataBreakpointInfo}: whether a row, an expression or an address can be watched. */
public final class DataBreakpointInfo
        implements Handler<DataBreakpointInfoArguments, DataBreakpointInfoResponse> {
    private final Session session;

    public DataBreakpointInfo(Session session) {
        this.session = session;
    }

    @Override
    public DataBreakpointInfoResponse handle(DataBreakpointInfoArguments arguments) {
        Debugged debugged = session.debugged();
        if (Boolean.TRUE.equals(arguments.getAsAddress())) {
            int address = MemoryReference.parse(arguments.getName(), null);
            int size = arguments.getBytes() == null ? Integer.BYTES : arguments.getBytes();
            return watchable(address, size, MemoryReference.of(address));
        }
        Optional<Node> node = find(debugged, arguments);
        if (node.isEmpty() || node.get().address().isEmpty() || node.get().sizeBytes() == 0) {
            DataBreakpointInfoResponse no = new DataBreakpointInfoResponse();
            no.setDescription(arguments.getName() + " is not in memory and cannot be watched");
            return no;
        }
        int size = arguments.getBytes() == null ? node.get().sizeBytes() : arguments.getBytes();
        return watchable(node.get().address().getAsInt(), size, arguments.getName());
    }

    private static Optional<Node> find(Debugged debugged, DataBreakpointInfoArguments arguments) {
        if (arguments.getVariablesReference() != null) {
            Optional<Node.Children> inside =
                    debugged.openRows()
                            .get(arguments.getVariablesReference())
                            .map(OpenRow::children);
            if (inside.isPresent()) {
                String name = arguments.getName();
                return Node.group("", "", inside.get())
                        .child(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
            }
        }
        FramePlace place = FrameIds.place(arguments.getFrameId(), debugged);
        Evaluation value =
                place.stack().evaluate(place.index(), arguments.getName(), ValueFormat.NATURAL);
        return value.node();
    }

    private static DataBreakpointInfoResponse watchable(int address, int size, String label) {
        DataBreakpointInfoResponse yes = new DataBreakpointInfoResponse();
        yes.setDataId(new DataId(address, size, label).text());
        yes.setDescription(label + " (" + size + " bytes at " + MemoryReference.of(address) + ")");
        yes.setAccessTypes(
                new DataBreakpointAccessType[] {
                    DataBreakpointAccessType.READ,
                    DataBreakpointAccessType.WRITE,
                    DataBreakpointAccessType.READ_WRITE
                });
        yes.setCanPersist(true);
        return yes;
    }
}
