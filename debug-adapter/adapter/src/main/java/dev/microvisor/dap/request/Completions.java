package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.FramePlace;
import dev.microvisor.dap.view.Node;
import dev.microvisor.symbols.value.ValueFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.debug.CompletionItem;
import org.eclipse.lsp4j.debug.CompletionItemType;
import org.eclipse.lsp4j.debug.CompletionsArguments;
import org.eclipse.lsp4j.debug.CompletionsResponse;

/** {@code completions}: names in scope, registers, and commands of the debug console. */
public final class Completions implements Handler<CompletionsArguments, CompletionsResponse> {
    private static final int MAX_ITEMS = 100;

    private final Session session;

    public Completions(Session session) {
        this.session = session;
    }

    @Override
    public CompletionsResponse handle(CompletionsArguments arguments) {
        Debugged debugged = session.stopped();
        int end =
                Math.min(
                        arguments.getText().length(),
                        Math.max(0, arguments.getColumn() - session.settings().firstColumn()));
        String text = arguments.getText().substring(0, end);
        int start = end;
        while (start > 0
                && (Character.isJavaIdentifierPart(text.charAt(start - 1))
                        || text.charAt(start - 1) == '$')) {
            start--;
        }
        String prefix = text.substring(start);
        List<CompletionItem> items = new ArrayList<>();
        for (String name : names(debugged, arguments.getFrameId(), prefix, text)) {
            CompletionItem item = new CompletionItem();
            item.setLabel(name);
            item.setType(CompletionItemType.VARIABLE);
            item.setStart(start);
            item.setLength(prefix.length());
            items.add(item);
        }
        CompletionsResponse response = new CompletionsResponse();
        response.setTargets(items.toArray(CompletionItem[]::new));
        return response;
    }

    private static List<String> names(
            Debugged debugged, Integer frameId, String prefix, String text) {
        List<String> commands = debugged.console().completions(text);
        if (text.startsWith("mv ") || text.startsWith("goto ")) {
            return commands;
        }
        if (prefix.startsWith("$")) {
            return debugged.registers().nodes().stream()
                    .map(n -> "$" + n.name())
                    .filter(n -> n.startsWith(prefix))
                    .toList();
        }
        FramePlace place = FrameIds.place(frameId, debugged);
        Stream<String> local =
                Stream.concat(
                                place.stack().locals(place.index(), ValueFormat.NATURAL).stream(),
                                place
                                        .stack()
                                        .arguments(place.index(), ValueFormat.NATURAL)
                                        .stream())
                        .map(Node::name);
        Stream<String> global =
                debugged.target().program().namesStartingWith(prefix, MAX_ITEMS).stream();
        Stream<String> macros =
                prefix.isEmpty()
                        ? Stream.empty()
                        : debugged
                                .target()
                                .program()
                                .macrosStartingWith(prefix, place.frame(), MAX_ITEMS)
                                .stream();
        return Stream.of(commands.stream(), local, global, macros)
                .flatMap(names -> names)
                .filter(n -> n.startsWith(prefix))
                .distinct()
                .limit(MAX_ITEMS)
                .toList();
    }
}
