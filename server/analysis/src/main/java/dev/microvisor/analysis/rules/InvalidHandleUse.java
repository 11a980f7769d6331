package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.HandleUse;
import java.util.HashSet;
import java.util.Set;

/** Flags a handle that never held anything: 0, or left at 0 by a call that failed. */
public final class InvalidHandleUse implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("invalid-handle-use", Severity.ERROR, RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onHandleUse(HandleUse use, Check check) {
        check.memory(this, HandleFault.Uses.class, HandleFault.Uses::new).add(use);
    }

    @Override
    public void checkProgram(Check check) {
        HandleFault.Uses uses = check.memory(this, HandleFault.Uses.class, HandleFault.Uses::new);
        Set<SourceRange> causes = new HashSet<>();
        for (HandleFault.Uses.Certain certain : uses.certain(check)) {
            SourceRange since = certain.fault().since();
            if (certain.fault().kind() == HandleFault.Kind.CLOSED
                    || (since != null && !causes.add(since))) {
                continue;
            }
            HandleUse use = certain.use();
            String resource = HandleFault.resource(use.effect());
            boolean failed = certain.fault().kind() == HandleFault.Kind.OPEN_FAILED;
            check.report(
                    Report.of(
                                    INFO,
                                    use.function().name(),
                                    use.where(),
                                    failed
                                            ? "the "
                                                    + resource
                                                    + "'s handle is 0 here when opening it failed"
                                            : "the " + resource + "'s handle is 0 here")
                            .why("0 is no handle: " + use.contract().name() + " always fails")
                            .help(
                                    failed
                                            ? "leave when the handle could not be had"
                                            : "open the " + resource + " before this call")
                            .note(certain.fault().since(), "it would come from here")
                            .note(use.where(), "used here"));
        }
    }
}
