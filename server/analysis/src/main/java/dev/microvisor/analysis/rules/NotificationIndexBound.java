package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.ir.Function;

/** Flags a ring index that wraps at another number than the ring has records. */
public final class NotificationIndexBound implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-index-bound",
                    Severity.ERROR,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        RingIndexes indexes = new RingIndexes(check);
        for (Function function : check.program().functions()) {
            for (RingIndexes.Wrap wrap : indexes.wraps(function)) {
                compare(function, wrap, check);
            }
        }
    }

    private static void compare(Function function, RingIndexes.Wrap wrap, Check check) {
        long records = wrap.ring().count();
        long bound = wrap.bound();
        if (records < 0 || bound == records) {
            return;
        }
        String name = wrap.ring().name();
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                wrap.where(),
                                "the index wraps at "
                                        + bound
                                        + ", but '"
                                        + name
                                        + "' has "
                                        + records
                                        + " records")
                        .why(
                                bound > records
                                        ? "the handler reads behind the ring and takes what lies there"
                                                + " for a notification"
                                        : "Microvisor goes on to the records behind it, and the handler"
                                                + " never sees those")
                        .help("wrap at the number of records of '" + name + "'")
                        .note(wrap.ring().declared(), "the ring is declared here");
        wrap.number()
                .filter(n -> wrap.ring().isVisibleIn(n.file()))
                .ifPresent(
                        n ->
                                report.safeFix(
                                        "Wrap at the number of records",
                                        n,
                                        "(sizeof("
                                                + wrap.ring().text()
                                                + ") / sizeof("
                                                + wrap.ring().text()
                                                + "[0]))"));
        check.report(report);
    }
}
