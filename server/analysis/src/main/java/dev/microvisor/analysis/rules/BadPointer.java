package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Direction;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.Optional;

/**
 * Flags a null pointer where Microvisor needs memory, and constant memory where it writes. Only
 * when each path to the call has it.
 */
public final class BadPointer implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("bad-pointer", Severity.ERROR, RuleInfo.Tag.BUFFERS, RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        Verdicts verdicts = check.memory(this, Verdicts.class, Verdicts::new);
        for (ContractValue value : check.values(site)) {
            Optional<String> mistake = mistake(value, check);
            if (mistake.isPresent()) {
                verdicts.bad(value, report(value, mistake.get()));
            } else {
                verdicts.good(value);
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        check.memory(this, Verdicts.class, Verdicts::new).report(check);
    }

    private static Optional<String> mistake(ContractValue value, Check check) {
        if (isNull(value) && (mustPoint(value, check) || isCounted(value, check))) {
            return Optional.of(value.name() + " is a null pointer");
        }
        if (value.value() instanceof Value.Unset && mustPoint(value, check)) {
            return Optional.of(value.name() + " is not set");
        }
        return value.value()
                .target()
                .filter(BadPointer::isConstant)
                .filter(p -> isWritten(value))
                .map(p -> value.name() + " points at constant memory");
    }

    private static boolean isNull(ContractValue value) {
        return value.value().number().filter(n -> n == 0).isPresent()
                || value.value()
                        .symbol()
                        .filter(s -> value.site().state().set(s).isOnly(0))
                        .isPresent();
    }

    private static boolean mustPoint(ContractValue value, Check check) {
        return value.constraints().stream()
                .anyMatch(
                        c -> c instanceof Constraint.NonNull && value.applies(c, check.catalog()));
    }

    /** A field beside the pointer says that there are bytes. */
    private static boolean isCounted(ContractValue value, Check check) {
        return !value.owner().isEmpty()
                && check.catalog().struct(value.owner()).stream()
                        .flatMap(s -> s.fields().stream())
                        .filter(
                                f ->
                                        f.constraints().stream()
                                                .anyMatch(
                                                        c ->
                                                                c instanceof Constraint.LengthOf l
                                                                        && value.path()
                                                                                .equals(
                                                                                        value
                                                                                                .siblingPath(
                                                                                                        l
                                                                                                                .of()))))
                        .anyMatch(
                                f ->
                                        value.sibling(f.path())
                                                .number()
                                                .filter(n -> n > 0)
                                                .isPresent());
    }

    /** Memory that the linker puts into flash. */
    private static boolean isConstant(Place place) {
        if (place.root() instanceof Place.Literal) {
            return true;
        }
        Optional<Variable> variable = place.variable().filter(Variable::isStatic);
        if (variable.isEmpty()) {
            return false;
        }
        CType type = variable.get().type();
        while (type.plain() instanceof CType.Array array) {
            type = array.element();
        }
        return type.isConst() && !type.isVolatile();
    }

    private static boolean isWritten(ContractValue value) {
        SystemCall contract = value.site().contract().orElseThrow();
        boolean out =
                contract.parameter(value.path())
                        .filter(p -> p.direction() != Direction.IN)
                        .isPresent();
        return out
                || contract.effects().stream()
                        .filter(e -> e instanceof Effect.Writes || e instanceof Effect.Borrows)
                        .anyMatch(e -> e.place().equals(value.path()));
    }

    private static Report report(ContractValue value, String message) {
        CallSite site = value.site();
        return Report.of(INFO, site.function().name(), value.written(), message)
                .why(
                        site.call().name()
                                + " answers MV_STATUS_PARAMETERFAULT or MV_STATUS_LATEFAULT")
                .help("let " + value.name() + " point at memory of the application")
                .note(site.call().nameRange(), "passed to " + site.call().name() + " here");
    }
}
