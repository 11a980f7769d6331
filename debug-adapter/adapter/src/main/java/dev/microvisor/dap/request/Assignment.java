package dev.microvisor.dap.request;

import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.Evaluation;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import dev.microvisor.symbols.value.ValueFormat;

/** Gives something in the stopped firmware a new value. */
final class Assignment {
    private Assignment() {}

    /**
     * @param frame the frame in which names are looked up
     * @return the place, which now has the new value
     */
    static Node make(Session session, FramePlace frame, String place, String value) {
        Evaluation result = frame.stack().assign(frame.index(), place, value, ValueFormat.NATURAL);
        Node node = result.node().orElseThrow(() -> new RequestFailed(result.problem()));
        session.changed(node.address().orElse(0), node.sizeBytes());
        return node;
    }
}
