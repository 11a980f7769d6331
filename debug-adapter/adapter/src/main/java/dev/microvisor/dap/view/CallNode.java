package dev.microvisor.dap.view;

import dev.microvisor.emulator.kernel.view.CallView;
import java.util.ArrayList;
import java.util.List;

/** A system call: arguments as they were, status in words, where it was made. */
record CallNode(CallView call, Places places, Meanings meanings) {
    private static final String FINE = "MV_STATUS_OKAY";

    Node node() {
        List<Node> parts = new ArrayList<>();
        parts.add(Node.leaf("status", status()));
        call.arguments().forEach(a -> parts.add(argument(a)));
        parts.add(places.node("called", call.instruction(), call.callSite()));
        parts.add(Node.leaf("what it does", meanings.ofCall(call.name())));
        if (call.inInterrupt()) {
            parts.add(Node.leaf("context", "made by an interrupt handler"));
        }
        if (call.injected()) {
            parts.add(Node.leaf("injected", "a fault of the cloud file gave this status"));
        }
        String failed = call.statusName().equals(FINE) ? "" : "✗ ";
        return Node.group("#" + call.number(), failed + call.text(), parts)
                .from(Places.call(call.callSite()));
    }

    private String status() {
        if (call.statusName().equals(FINE)) {
            return FINE; // It is most of them, and says of itself what it means.
        }
        return meanings.ofStatus(call.name(), call.statusName());
    }

    private static Node argument(CallView.ArgumentView argument) {
        return Node.group(
                        argument.name().isEmpty() ? "*" : argument.name(),
                        argument.value(),
                        argument.fields().stream().map(CallNode::argument).toList())
                .typed(argument.type());
    }
}
