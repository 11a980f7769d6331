package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
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
import java.util.Comparator;
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

    /** Results that a structure of pointers leads to, as that of a config item. */
    @Override
    public void checkProgram(Check check) {
        for (Facts.SystemCallFact fact : check.facts().systemCalls()) {
            for (Effect effect : fact.contract().effects()) {
                if (effect instanceof Effect.Writes
                        && effect.place().contains(".")
                        && isResult(effect.place(), fact.contract(), check.catalog())) {
                    local(fact.places().get(effect.place()), fact)
                            .filter(v -> !isRead(v, fact.function()))
                            .ifPresent(v -> nested(fact, v, check));
                }
            }
        }
    }

    /** A pointer to an enumeration with more than one constant. */
    private static boolean isResult(String place, SystemCall contract, Catalog catalog) {
        int dot = place.indexOf('.');
        return contract.parameter(place.substring(0, dot))
                .flatMap(p -> CType.of(p.type()).structName())
                .flatMap(catalog::struct)
                .flatMap(s -> s.field(place.substring(dot + 1)))
                .flatMap(f -> CType.of(f.type()).enumName())
                .flatMap(catalog::enumeration)
                .filter(e -> e.constants().size() > 2)
                .isPresent();
    }

    private static Optional<Variable> local(Value pointer, Facts.SystemCallFact fact) {
        return Optional.ofNullable(pointer)
                .flatMap(Value::target)
                .filter(p -> p.path().isEmpty())
                .flatMap(Place::variable)
                .filter(v -> fact.function().variables().contains(v))
                .filter(v -> v.storage() != Variable.Storage.PARAMETER);
    }

    /** True when somebody looks at the variable, or gets its address besides the structure. */
    private static boolean isRead(Variable variable, Function function) {
        long addresses = 0;
        long mentions = 0;
        for (Expr e : expressions(function)) {
            for (Expr part : e.walk().toList()) {
                if (part instanceof Expr.Var v && v.variable().equals(variable)) {
                    mentions++;
                } else if (part instanceof Expr.AddressOf a
                        && a.place() instanceof Expr.Var v
                        && v.variable().equals(variable)) {
                    addresses++;
                }
            }
        }
        return addresses != 1 || mentions != 1;
    }

    /** Reports the first use of something else that the call writes. */
    private static void nested(Facts.SystemCallFact fact, Variable result, Check check) {
        Set<Variable> written = new HashSet<>();
        for (Effect effect : fact.contract().effects()) {
            if (effect instanceof Effect.Writes) {
                Optional.ofNullable(fact.places().get(effect.place()))
                        .flatMap(Value::target)
                        .flatMap(Place::variable)
                        .filter(v -> !v.equals(result))
                        .ifPresent(written::add);
            }
        }
        Optional<Expr> use =
                expressions(fact.function()).stream()
                        .flatMap(Expr::walk)
                        .filter(e -> e instanceof Expr.Var v && written.contains(v.variable()))
                        .filter(e -> isBehind(e.range(), fact.call().range()))
                        .min(Comparator.comparing(e -> e.range().startLine()));
        if (use.isEmpty()) {
            neverRead(fact.function(), fact.call(), result.name(), check);
            return;
        }
        check.report(
                Report.of(
                                INFO,
                                fact.function().name(),
                                use.get().range(),
                                "'"
                                        + ((Expr.Var) use.get()).variable().name()
                                        + "' is used and '"
                                        + result.name()
                                        + "' was never tested")
                        .why(
                                fact.call().name()
                                        + " answers MV_STATUS_OKAY also when"
                                        + " the result is a failure; nothing"
                                        + " else is written then")
                        .help("test " + result.name() + " first")
                        .note(fact.call().nameRange(), "read here"));
    }

    /** What a call read stays where it is; with {@code (void)} in front that is meant. */
    private static void neverRead(Function function, Instr.Call call, String result, Check check) {
        if (call.use() != Instr.ResultUse.VOIDED) {
            check.report(
                    Report.of(
                                    INFO,
                                    function.name(),
                                    call.nameRange(),
                                    "nobody looks at '" + result + "', which says how it went")
                            .why(
                                    call.name()
                                            + " answers MV_STATUS_OKAY for a failed request too: it"
                                            + " only says that there was an answer to read")
                            .help("test " + result));
        }
    }

    private static boolean isBehind(SourceRange range, SourceRange call) {
        return range.file().equals(call.file()) && range.startLine() > call.endLine();
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

    /** The variable that the answer is written to, or a parameter that points at it. */
    private static Optional<Variable> written(Instr.Call call, int index) {
        if (index >= call.arguments().size()) {
            return Optional.empty();
        }
        Expr argument = call.arguments().get(index).uncast();
        if (argument instanceof Expr.AddressOf address && address.place() instanceof Expr.Var v) {
            return Optional.of(v.variable());
        }
        return argument instanceof Expr.Var pointer
                        && pointer.variable().storage() == Variable.Storage.PARAMETER
                ? Optional.of(pointer.variable())
                : Optional.empty();
    }

    /** The functions that can see a variable; empty when some of them may not be at hand. */
    private static List<Function> scope(Variable variable, Function function, Check check) {
        if (!variable.isFileScope()) {
            return List.of(function);
        }
        return check.program().isWhole() ? List.copyOf(check.program().functions()) : List.of();
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
        for (Function near : scope(variable, function, check)) {
            for (Expr e : expressions(near)) {
                for (Expr part : e.walk().toList()) {
                    if (part instanceof Expr.Var v && v.variable().equals(variable)) {
                        mentions++;
                    } else if (part instanceof Expr.Field f && isOf(f, variable)) {
                        fields.add(f);
                    }
                }
            }
        }
        // Once for the call itself; any other use as a whole may lead to a test elsewhere.
        boolean onlyFields = mentions == fields.size() + 1;
        boolean tested = fields.stream().anyMatch(f -> f.name().equals(result));
        if (mentions == 1 && fields.isEmpty() && variable.storage() == Variable.Storage.LOCAL) {
            neverRead(function, call, variable.name() + "." + result, check);
        }
        if (onlyFields && !fields.isEmpty() && !tested) {
            String name = variable.name() + (variable.type().isPointer() ? "->" : ".");
            Report report =
                    Report.of(
                                    INFO,
                                    function.name(),
                                    fields.get(0).range(),
                                    "'"
                                            + name
                                            + fields.get(0).name()
                                            + "' is used and '"
                                            + name
                                            + result
                                            + "' was never tested")
                            .why(
                                    call.name()
                                            + " answers MV_STATUS_OKAY for a failed request too; the"
                                            + " other fields then mean nothing")
                            .help("test " + name + result + " first")
                            .note(call.nameRange(), "read here");
            success(contract, parameter, check.catalog())
                    .flatMap(ok -> test(function, call, name + result, ok))
                    .ifPresent(report::fix);
            check.report(report);
        }
    }

    /** A field of the variable, or of what it points at. */
    private static boolean isOf(Expr.Field field, Variable variable) {
        Expr base = field.base() instanceof Expr.Deref d ? d.pointer().uncast() : field.base();
        return base instanceof Expr.Var v && v.variable().equals(variable);
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
        function.stores()
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
