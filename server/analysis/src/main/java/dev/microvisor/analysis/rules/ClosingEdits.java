package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ways out of one function on which a resource stays open, and edits that close it there.
 *
 * <p>Where a way out is also taken without the resource, the edit asks the handle first.
 */
final class ClosingEdits {
    private static final String RETURN = "return";

    private final Function function;
    private final Map<Block.Exit.Return, Boolean> ways = new LinkedHashMap<>();
    private Place handle;

    ClosingEdits(Function function) {
        this.function = function;
    }

    /** The call that gives a resource back through a pointer to its handle. */
    static Optional<String> closer(String resource, Catalog catalog) {
        return catalog.calls().stream()
                .filter(c -> c.parameters().size() == 1)
                .filter(
                        c ->
                                Effects.of(c, Effect.Releases.class)
                                        .anyMatch(r -> r.resource().equals(resource)))
                .map(SystemCall::name)
                .findFirst();
    }

    /**
     * @param place what holds the handle
     * @param certain false when the resource may not be open
     */
    void leaves(Block.Exit.Return way, Place place, boolean certain) {
        handle = place;
        ways.merge(way, certain, Boolean::logicalAnd);
    }

    /** A way on which the handle is not open. */
    void without(Block.Exit.Return way) {
        ways.computeIfPresent(way, (w, certain) -> false);
    }

    /** One suggestion that closes the resource on all of the ways; empty when it cannot. */
    Optional<Fix> fix(String resource, Check check) {
        Optional<String> closer = closer(resource, check.catalog());
        Optional<Variable> variable = handle == null ? Optional.empty() : handle.variable();
        Optional<Edits> edits = Edits.in(function.range(), check);
        if (closer.isEmpty()
                || variable.isEmpty()
                || edits.isEmpty()
                || handle.path().contains("[")) {
            return Optional.empty();
        }
        List<TextEdit> all = new ArrayList<>();
        String close = "(void)" + closer.get() + "(&" + handle.display() + ");";
        for (Map.Entry<Block.Exit.Return, Boolean> way : ways.entrySet()) {
            List<String> lines =
                    way.getValue()
                            ? List.of(close)
                            : List.of("if (" + handle.display() + " != 0) {", "    " + close, "}");
            Optional<TextEdit> edit = edit(way.getKey(), lines, edits.get());
            if (edit.isEmpty()) {
                return Optional.empty();
            }
            all.add(edit.get());
        }
        Variable.Declaration declared = variable.get().declaration();
        boolean unset =
                ways.containsValue(false)
                        && variable.get().isAutomatic()
                        && !declared.initialised();
        if (unset) {
            all.add(0, new TextEdit(declared.attributePlace(), " = 0"));
        }
        return Optional.of(new Fix("Close '" + handle.display() + "' here", false, all));
    }

    private Optional<TextEdit> edit(Block.Exit.Return way, List<String> lines, Edits edits) {
        String written = edits.slice(way.range());
        if (!written.startsWith(RETURN)) {
            // The end of the body: the brace closes it.
            return Optional.of(edits.beforeBrace(way.range(), lines));
        }
        List<String> before = new ArrayList<>();
        String result = written;
        String value = written.substring(RETURN.length()).strip();
        if (value.contains("(")) {
            // What is returned may need the resource: it is computed first.
            SourceRange start = Edits.before(function.range());
            String type =
                    edits.slice(
                                    new SourceRange(
                                            start.file(),
                                            start.startLine(),
                                            start.startColumn(),
                                            function.nameRange().startLine(),
                                            function.nameRange().startColumn()))
                            .replaceAll("\\b(static|inline|extern|virtual)\\b", "")
                            .replaceAll("\\s+", " ")
                            .strip();
            if (type.isEmpty() || type.contains("(") || type.contains("::")) {
                return Optional.empty();
            }
            String name = edits.slice(function.range()).contains("outcome") ? "answer" : "outcome";
            before.add(type + (type.endsWith("*") ? "" : " ") + name + " = " + value);
            result = "return " + name + ";";
        }
        before.addAll(lines);
        return edits.beforeReturn(way.range(), before, result);
    }
}
