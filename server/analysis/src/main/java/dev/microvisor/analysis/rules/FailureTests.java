package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

/** Tests of a status that leave the function when the call has failed. */
final class FailureTests {
    private FailureTests() {}

    /**
     * A suggestion that tests a variable after the statement that a place is in; empty when the
     * function's result has no word for a failure.
     */
    static Optional<Fix> after(
            SourceRange place, Variable status, Function function, boolean cpp, Check check) {
        Optional<String> way = way(status, function, cpp);
        return way.flatMap(
                w ->
                        Edits.in(place, check)
                                .flatMap(
                                        e ->
                                                e.statementAfter(
                                                        place,
                                                        List.of(
                                                                "if ("
                                                                        + status.name()
                                                                        + " != MV_STATUS_OKAY) {",
                                                                "    " + w,
                                                                "}")))
                                .map(
                                        e ->
                                                Edits.suggestion(
                                                        "Leave "
                                                                + function.name()
                                                                + " when '"
                                                                + status.name()
                                                                + "' is a failure",
                                                        e)));
    }

    private static Optional<String> way(Variable status, Function function, boolean cpp) {
        CType result = function.result();
        if (result.equals(CType.VOID)) {
            return Optional.of("return;");
        }
        if (result.isEnum("MvStatus")) {
            boolean same = status.type().isEnum("MvStatus") || !cpp;
            return Optional.of(
                    same
                            ? "return " + status.name() + ";"
                            : "return static_cast<enum MvStatus>(" + status.name() + ");");
        }
        boolean truth = result.plain() instanceof CType.Int i && i.name().equals("bool");
        return truth ? Optional.of("return false;") : Optional.empty();
    }
}
