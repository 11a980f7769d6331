package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.Optional;

/**
 * Sets a field of a parameter structure: where it is written, in the structure's initialiser, or by
 * a statement before the call.
 */
final class VersionEdits {
    private VersionEdits() {}

    static Optional<TextEdit> of(ContractValue value, long wanted, Check check) {
        SourceRange call = value.site().call().nameRange();
        SourceRange written = value.written();
        if (!written.equals(call)) {
            return Optional.of(new TextEdit(written, Long.toString(wanted)));
        }
        int dot = value.path().indexOf('.');
        Optional<Place> struct =
                dot < 0
                        ? Optional.empty()
                        : value.site().valueAt(value.path().substring(0, dot)).target();
        Optional<Variable> variable =
                struct.filter(p -> p.path().isEmpty()).flatMap(Place::variable);
        if (variable.isEmpty() || value.value() instanceof Value.Pending) {
            return Optional.empty();
        }
        String field = value.path().substring(dot);
        Optional<SourceRange> initializer = initializer(variable.get(), value);
        if (initializer.isPresent()) {
            return inside(initializer.get(), field + " = " + wanted, check);
        }
        if (variable.get().type().isConst()) {
            return Optional.empty();
        }
        return Edits.in(call, check)
                .flatMap(
                        e ->
                                e.statementBefore(
                                        call,
                                        variable.get().name() + field + " = " + wanted + ";"));
    }

    private static Optional<SourceRange> initializer(Variable variable, ContractValue value) {
        Optional<Expr> declared = variable.declaration().initializer();
        Optional<Expr> stored =
                value.site().function().storesTo(variable).map(Instr.Store::value).findFirst();
        return declared.or(() -> stored).filter(Expr.Aggregate.class::isInstance).map(Expr::range);
    }

    /** A designator at the beginning of braces; positional values leave no room for one. */
    private static Optional<TextEdit> inside(SourceRange braces, String designator, Check check) {
        String text = check.text(braces);
        int open = text.indexOf('{');
        if (open < 0 || !text.endsWith("}")) {
            return Optional.empty();
        }
        String content = text.substring(open + 1, text.length() - 1).strip();
        if (content.isEmpty() || content.equals("0")) {
            return Optional.of(
                    new TextEdit(braces, text.substring(0, open) + "{" + designator + "}"));
        }
        if (!content.startsWith(".")) {
            return Optional.empty();
        }
        int first = text.indexOf('.', open);
        int lines = (int) text.substring(0, first).chars().filter(c -> c == '\n').count();
        int column =
                lines == 0
                        ? braces.startColumn() + first
                        : first - text.substring(0, first).lastIndexOf('\n') - 1;
        int line = braces.startLine() + lines;
        String separator = lines == 0 ? ", " : ",\n" + " ".repeat(column);
        return Optional.of(
                new TextEdit(
                        new SourceRange(braces.file(), line, column, line, column),
                        designator + separator));
    }
}
