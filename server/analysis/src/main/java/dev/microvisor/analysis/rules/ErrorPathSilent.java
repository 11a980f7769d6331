package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Tier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Flags a failure that is logged and dropped, in a file where other failures are posted as events.
 */
public final class ErrorPathSilent implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("error-path-silent", Severity.NOTE, RuleInfo.Tag.CONTROL_FLOW);

    /** Failures of one file that are posted before one that is not looks forgotten. */
    private static final int HABIT = 2;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private Aftermath aftermath(Check check) {
        return check.memory(
                this,
                Aftermath.class,
                () ->
                        new Aftermath(
                                (sym, set) ->
                                        !set.contains(0)
                                                && check.catalog()
                                                        .call(sym.call())
                                                        .filter(c -> c.tier() == Tier.MUST_CHECK)
                                                        .isPresent()));
    }

    @Override
    public void onCall(CallSite site, Check check) {
        aftermath(check).call(site);
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        aftermath(check).store(site);
    }

    @Override
    public void onReturn(FunctionExit exit, Check check) {
        aftermath(check).end(exit.function(), exit.state(), exit.result());
    }

    @Override
    public void checkProgram(Check check) {
        Events events = Events.of(check);
        Map<Path, Integer> habits = new HashMap<>();
        Map<Path, Events.Posted> examples = new HashMap<>();
        for (Aftermath.Course course : aftermath(check).courses()) {
            Optional<Events.Posted> posted = posted(course, events);
            posted.ifPresent(
                    p -> {
                        Path file = course.failing().range().file();
                        habits.merge(file, 1, Integer::sum);
                        examples.putIfAbsent(file, p);
                    });
        }
        for (Aftermath.Course course : aftermath(check).courses()) {
            Path file = course.failing().range().file();
            boolean dropped =
                    course.ends()
                            && course.function().result().plain().equals(CType.VOID)
                            && !course.stores()
                            && !course.calls().isEmpty()
                            && posted(course, events).isEmpty()
                            && course.calls().stream().allMatch(c -> LogCalls.isLog(c, check));
            if (dropped && habits.getOrDefault(file, 0) >= HABIT) {
                report(course, examples.get(file), events, check);
            }
        }
    }

    private static Optional<Events.Posted> posted(Aftermath.Course course, Events events) {
        return course.calls().stream()
                .flatMap(c -> events.posted(course.function(), c).stream())
                .findFirst();
    }

    private static void report(
            Aftermath.Course course, Events.Posted example, Events events, Check check) {
        Instr.Call failing = course.failing();
        check.report(
                Report.of(
                                INFO,
                                course.function().name(),
                                failing.nameRange(),
                                "a failure of " + failing.name() + " is logged and dropped")
                        .why(
                                "other failures in this file are posted, so that somebody acts on them;"
                                        + " after this one the program waits for what does not come")
                        .help("post an event here, too")
                        .note(
                                example.call().nameRange(),
                                "elsewhere " + events.written(example) + " is posted"));
    }
}
