package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.StructType;
import java.util.List;
import java.util.Optional;

/** Flags a versioned parameter structure whose version is missing or wrong. */
public final class ParamsVersion implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "params-version",
                    Severity.ERROR,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCallInContext(CallSite site, Check check) {
        onCall(site, check);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        for (ContractValue value : check.values(site)) {
            boolean version =
                    check.catalog()
                            .struct(value.owner())
                            .filter(StructType::versioned)
                            .map(s -> s.fields().get(0).path().equals(value.name()))
                            .orElse(false);
            if (version) {
                check(site, value, check);
            }
        }
    }

    private static void check(CallSite site, ContractValue value, Check check) {
        for (Constraint constraint : value.constraints()) {
            if (!(constraint instanceof Constraint.Const wanted)) {
                continue;
            }
            Optional<Long> number = value.value().number();
            boolean unset = value.value() instanceof Value.Unset;
            if (unset || (number.isPresent() && number.get() != wanted.value())) {
                String message =
                        unset
                                ? "version of struct " + value.owner() + " is not set"
                                : number.get() == 0
                                        ? "version of struct " + value.owner() + " is missing (0)"
                                        : "version of struct "
                                                + value.owner()
                                                + " is "
                                                + number.get();
                Report report =
                        Report.of(INFO, site.function().name(), value.written(), message)
                                .why(
                                        site.call().name()
                                                + " answers MV_STATUS_UNSUPPORTEDSTRUCTUREVERSION")
                                .help("set ." + value.name() + " = " + wanted.value())
                                .note(site.call().nameRange(), "passed here");
                VersionEdits.of(value, wanted.value(), check)
                        .map(
                                edit ->
                                        new Fix(
                                                "Set ." + value.name() + " = " + wanted.value(),
                                                true,
                                                List.of(edit)))
                        .ifPresent(report::fix);
                check.report(report);
            }
        }
    }
}
