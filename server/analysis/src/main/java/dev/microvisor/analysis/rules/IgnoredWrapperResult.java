package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flags a thrown-away result of a function that tells by it how a system call went. */
public final class IgnoredWrapperResult implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "ignored-wrapper-result",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Function function : check.program().functions()) {
            EmptyTests empty = EmptyTests.in(function, check);
            function.calls()
                    .filter(
                            c ->
                                    c.use() == Instr.ResultUse.DISCARDED
                                            || (c.use() == Instr.ResultUse.USED
                                                    && empty.areAllOf(c, function)))
                    .filter(c -> c.origin() != Instr.Origin.HEADER_MACRO)
                    .forEach(call -> check(function, call, check));
        }
    }

    private static void check(Function function, Instr.Call call, Check check) {
        check.program()
                .function(call.callee())
                .filter(f -> !f.result().equals(CType.VOID))
                .filter(f -> !isReadElsewhere(f, function, call, check))
                .ifPresent(
                        callee ->
                                check.facts()
                                        .statusResult(callee)
                                        .ifPresent(
                                                system ->
                                                        check.report(
                                                                report(
                                                                        function, call, callee,
                                                                        system))));
    }

    /** True when the status also goes where the program looks at it afterwards. */
    private static boolean isReadElsewhere(
            Function callee, Function function, Instr.Call call, Check check) {
        for (Place place : check.facts().statusOutputs(callee)) {
            boolean read =
                    (place.root() instanceof Place.Pointee pointee && place.path().isEmpty())
                            ? isArgumentRead(pointee, callee, function, call)
                            : Slot.of(place).filter(s -> isRead(s, callee, check)).isPresent();
            if (read) {
                return true;
            }
        }
        return false;
    }

    private static boolean isArgumentRead(
            Place.Pointee pointee, Function callee, Function function, Instr.Call call) {
        int index =
                Optional.ofNullable(pointee.pointer().place())
                        .flatMap(Place::variable)
                        .map(v -> callee.parameters().indexOf(v))
                        .orElse(-1);
        if (index < 0 || index >= call.arguments().size()) {
            return false;
        }
        Optional<Variable> target =
                ByteTarget.of(call.arguments().get(index))
                        .or(() -> ByteTarget.place(call.arguments().get(index)))
                        .map(ByteTarget::variable);
        return target.isEmpty()
                || !target.get().isAutomatic()
                || Ways.find(
                        function,
                        call,
                        new Ways.Visitor() {
                            @Override
                            public Ways.Step at(Instr instr) {
                                return step(instr.expressions());
                            }

                            @Override
                            public Ways.Step at(Block.Exit exit) {
                                return step(exit.expressions());
                            }

                            private Ways.Step step(List<Expr> expressions) {
                                return expressions.stream().anyMatch(e -> reads(e, target.get()))
                                        ? Ways.Step.FOUND
                                        : Ways.Step.ON;
                            }
                        });
    }

    /** True when the variable's value is used, not only its address. */
    private static boolean reads(Expr e, Variable variable) {
        if (e instanceof Expr.AddressOf a && a.place() instanceof Expr.Var) {
            return false;
        }
        return (e instanceof Expr.Var v && v.variable().equals(variable))
                || e.parts().stream().anyMatch(p -> reads(p, variable));
    }

    /** True when another function reads what is left in a slot. */
    private static boolean isRead(Slot slot, Function callee, Check check) {
        return check.program().functions().stream()
                .filter(f -> !f.equals(callee))
                .anyMatch(
                        f ->
                                Stream.concat(
                                                f.instructions().map(Instr::expressions),
                                                f.blocks().stream()
                                                        .map(b -> b.exit().expressions()))
                                        .anyMatch(slot::isIn));
    }

    private static Report report(
            Function function, Instr.Call call, Function callee, String system) {
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                "the result of "
                                        + call.name()
                                        + (call.use() == Instr.ResultUse.USED
                                                ? " is tested, and nothing depends on it"
                                                : " is ignored")
                                        + "; it tells whether "
                                        + system
                                        + " worked")
                        .why("what follows runs as if it had worked")
                        .help(
                                "test the result, or write (void) in front when it does not matter here")
                        .note(
                                callee.nameRange(),
                                call.name() + " returns what became of " + system);
        Edits.ignoreOnPurpose(call, report);
        return report;
    }
}
