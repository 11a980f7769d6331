package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.OpenRow;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablePresentationHint;
import org.eclipse.lsp4j.debug.VariablePresentationHintAttributes;
import org.eclipse.lsp4j.debug.VariablePresentationHintKind;

/** Rows of values as the protocol writes them. */
final class Rows {
    private Rows() {}

    static Variable variable(Node node, FramePlace place, Debugged debugged) {
        Variable variable = new Variable();
        variable.setName(node.name());
        variable.setValue(node.value());
        if (!node.type().isEmpty()) {
            variable.setType(node.type());
        }
        if (!node.evaluateName().isEmpty()) {
            variable.setEvaluateName(node.evaluateName());
        }
        variable.setVariablesReference(reference(node, place, debugged));
        if (node.children().indexed() > 0) {
            variable.setIndexedVariables(node.children().indexed());
        }
        if (node.children().named() > 0) {
            variable.setNamedVariables(node.children().named());
        }
        node.address().ifPresent(a -> variable.setMemoryReference(MemoryReference.of(a)));
        node.codeAddress()
                .ifPresent(a -> variable.setValueLocationReference(debugged.codePlaces().add(a)));
        variable.setPresentationHint(hint(node));
        return variable;
    }

    /** 0 when there is nothing inside. */
    static int reference(Node node, FramePlace place, Debugged debugged) {
        boolean opens = node.children().named() > 0 || node.children().indexed() > 0;
        return opens
                ? debugged.openRows().add(new OpenRow(node.children(), place, node.evaluateName()))
                : 0;
    }

    static VariablePresentationHint hint(Node node) {
        VariablePresentationHint hint = new VariablePresentationHint();
        List<String> attributes = new ArrayList<>();
        if (node.kind() == Node.Kind.DATA) {
            hint.setKind(VariablePresentationHintKind.DATA);
        } else {
            hint.setKind(VariablePresentationHintKind.VIRTUAL);
            attributes.add(VariablePresentationHintAttributes.READ_ONLY);
        }
        if (node.kind() == Node.Kind.READ_ONLY) {
            attributes.add(VariablePresentationHintAttributes.RAW_STRING);
        }
        if (!attributes.isEmpty()) {
            hint.setAttributes(attributes.toArray(String[]::new));
        }
        return hint;
    }
}
