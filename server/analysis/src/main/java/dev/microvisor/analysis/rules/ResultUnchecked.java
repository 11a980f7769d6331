package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.CType;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Flags the use of an answer whose own result nobody looked at: the call that reads it succeeds
 * even when the request failed.
 */
public final class ResultUnchecked implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "result-unchecked",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.STATUS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        function.calls()
                .filter(c -> check.program().function(c.callee()).isEmpty())
                .forEach(
                        call ->
                                check.catalog()
                                        .call(call.callee())
                                        .ifPresent(c -> check(function, call, c, check)));
    }

    private static void check(
            Function function, Instr.Call call, SystemCall contract, Check check) {
        for (Effect effect : contract.effects()) {
            int index = contract.parameterIndex(effect.place());
            if (!(effect instanceof Effect.Writes) || index < 0) {
                continue;
            }
            Optional<String> result = resultField(contract, index, check.catalog());
            Optional<Variable> variable = written(call, index);
            if (result.isPresent() && variable.isPresent()) {
                check(function, call, contract, index, variable.get(), result.get(), check);
            }
        }
    }

    /** The first field, when it tells by an enumeration how the request went. */
    private static Optional<String> resultField(SystemCall contract, int index, Catalog catalog) {
        return CType.of(contract.parameters().get(index).type())
                .structName()
                .flatMap(catalog::struct)
                .map(s -> s.fields().get(0))
                .filter(f -> CType.of(f.type()).enumName().isPresent())
                .map(StructType.Field::path);
    }

    private static Optional<Variable> written(Instr.Call call, int index) {
        return index < call.arguments().size()
                        && call.arguments().get(index).uncast() instanceof Expr.AddressOf address
                        && address.place() instanceof Expr.Var v
                        && (v.variable().isAutomatic()
                                || v.variable().storage() == Variable.Storage.STATIC_LOCAL)
                ? Optional.of(v.variable())
                : Optional.empty();
    }

    private static void check(
            Function function,
            Instr.Call call,
            SystemCall contract,
            int parameter,
            Variable variable,
            String result,
            Check check) {
        List<Expr.Field> fields = new ArrayList<>();
        long mentions = 0;
        for (Expr e : expressions(function)) {
            for (Expr part : e.walk().toList()) {
                if (part instanceof Expr.Var v && v.variable().equals(variable)) {
                    mentions++;
                } else if (part instanceof Expr.Field f
                        && f.base() instanceof Expr.Var v
                        && v.variable().equals(variable)) {
                    fields.add(f);
                }
            }
        }
        // Once for the call itself; any other use as a whole may lead to a test elsewhere.
        boolean onlyFields = mentions == fields.size() + 1;
        boolean tested = fields.stream().anyMatch(f -> f.name().equals(result));
        if (onlyFields && !fields.isEmpty() && !tested) {
            Report report =
                    Report.of(
                                    INFO,
                                    function.name(),
                                    fields.get(0).range(),
                                    "'"
                                            + variable.name()
                                            + "."
                                            + fields.get(0).name()
                                            + "' is used and '"
                                            + variable.name()
                                            + "."
                                            + result
                                            + "' was never tested")
                            .why(
                                    call.name()
                                            + " answers MV_STATUS_OKAY for a failed request too; the"
                                            + " other fields then mean nothing")
                            .help("test " + variable.name() + "." + result + " first")
                            .note(call.nameRange(), "read here");
            success(contract, parameter, check.catalog())
                    .flatMap(ok -> test(function, call, variable.name() + "." + result, ok))
                    .ifPresent(report::fix);
            check.report(report);
        }
    }

    /** The constant of the result's enumeration that means success. */
    private static Optional<String> success(SystemCall contract, int index, Catalog catalog) {
        return CType.of(contract.parameters().get(index).type())
                .structName()
                .flatMap(catalog::struct)
                .flatMap(s -> CType.of(s.fields().get(0).type()).enumName())
                .flatMap(
                        name ->
                                catalog.enumerations().stream()
                                        .filter(e -> e.name().equals(name))
                                        .findFirst())
                .flatMap(
                        e ->
                                e.constants().stream()
                                        .filter(c -> c.value() == 0)
                                        .map(EnumType.Constant::name)
                                        .findFirst());
    }

    /** Widens the test of the call's status by a test of the result. */
    private static Optional<Fix> test(
            Function function, Instr.Call call, String result, String ok) {
        Set<Variable> kept = new HashSet<>();
        function.instructions()
                .filter(Instr.Store.class::isInstance)
                .map(Instr.Store.class::cast)
                .filter(s -> s.value().uncast() instanceof Expr.Temp t && isResult(t, call))
                .filter(s -> s.place() instanceof Expr.Var)
                .forEach(s -> kept.add(((Expr.Var) s.place()).variable()));
        for (Block block : function.blocks()) {
            if (block.exit() instanceof Block.Exit.Branch branch
                    && branch.condition() instanceof Expr.Binary test
                    && test.right().uncast() instanceof Expr.Num n
                    && n.value() == 0
                    && isStatus(test.left().uncast(), call, kept)
                    && test.range().startLine() >= call.range().startLine()) {
                boolean equal = test.op().equals("==");
                if (equal || test.op().equals("!=")) {
                    String more =
                            equal
                                    ? " && " + result + " == " + ok
                                    : " || " + result + " != " + ok + ")";
                    TextEdit end = new TextEdit(Edits.after(test.range()), more);
                    return Optional.of(
                            equal
                                    ? Edits.suggestion("Test " + result + " as well", end)
                                    : Edits.suggestion(
                                            "Test " + result + " as well",
                                            new TextEdit(Edits.before(test.range()), "("),
                                            end));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isResult(Expr.Temp temp, Instr.Call call) {
        return temp.id() == call.result().id();
    }

    private static boolean isStatus(Expr e, Instr.Call call, Set<Variable> kept) {
        return (e instanceof Expr.Temp t && isResult(t, call))
                || (e instanceof Expr.Var v && kept.contains(v.variable()));
    }

    private static List<Expr> expressions(Function function) {
        List<Expr> all = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Instr instr : block.instructions()) {
                if (instr instanceof Instr.Store s) {
                    // To set the whole, as at its declaration, is no use of it.
                    if (!(s.place() instanceof Expr.Var)) {
                        all.add(s.place());
                    }
                    all.add(s.value());
                } else if (instr instanceof Instr.Call c) {
                    all.addAll(c.arguments());
                } else if (instr instanceof Instr.Eval e) {
                    all.add(e.value());
                } else if (instr instanceof Instr.Declare d) {
                    all.addAll(d.lengths());
                }
            }
            all.addAll(block.exit().expressions());
        }
        return all;
    }
}
