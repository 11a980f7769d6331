package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.HandleUse;
import java.util.HashSet;
import java.util.Set;

/** Flags a handle that is passed on after it was closed. */
public final class HandleUseAfterClose implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("handle-use-after-close", Severity.ERROR, RuleInfo.Tag.HANDLES);

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
            boolean closed = certain.fault().kind() == HandleFault.Kind.CLOSED;
            if (closed && causes.add(certain.fault().since())) {
                HandleUse use = certain.use();
                String resource = HandleFault.resource(use.effect());
                check.report(
                        Report.of(
                                        INFO,
                                        use.function().name(),
                                        use.where(),
                                        "the " + resource + " is closed before this call")
                                .why(
                                        use.contract().name()
                                                + " answers MV_STATUS_INVALIDHANDLE: closing ends the"
                                                + " handle and writes 0 into its variable")
                                .help("do this before closing, or open a new " + resource)
                                .note(certain.fault().since(), "closed here")
                                .note(use.where(), "used here"));
            }
        }
        for (HandleFault.Uses.Possible possible : uses.possible(check)) {
            if (causes.add(possible.fault().since())) {
                onOneWay(possible, check);
            }
        }
    }

    private static void onOneWay(HandleFault.Uses.Possible possible, Check check) {
        HandleUse use = possible.use();
        String resource = HandleFault.resource(use.effect());
        check.report(
                Report.of(
                                INFO,
                                use.function().name(),
                                use.where(),
                                "the " + resource + " may be closed before this call")
                        .severity(Severity.WARNING)
                        .why(
                                use.contract().name()
                                        + " answers MV_STATUS_INVALIDHANDLE when it is reached"
                                        + " after a closing that worked")
                        .help("do this before closing, or leave when it is closed")
                        .note(possible.fault().since(), "closed here")
                        .notes(possible.way()));
    }
}
