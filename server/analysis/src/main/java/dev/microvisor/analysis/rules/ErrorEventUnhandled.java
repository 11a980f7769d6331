package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.ir.Instr;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flags an event that is posted because a system call failed and that no consumer knows. */
public final class ErrorEventUnhandled implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("error-event-unhandled", Severity.WARNING, RuleInfo.Tag.CONTROL_FLOW);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Calls made after a system call has failed. */
    private static final class Seen {
        private final Map<Instr.Call, After> calls = new LinkedHashMap<>();
    }

    private record After(CallSite site, Sym failed) {}

    @Override
    public void onCall(CallSite site, Check check) {
        if (site.contract().isPresent()) {
            return;
        }
        for (Sym sym : site.state().symbols()) {
            if (sym.kind() == Sym.Kind.STATUS
                    && sym.origin() != null
                    && !site.state().set(sym).contains(0)) {
                check.memory(this, Seen.class, Seen::new)
                        .calls
                        .putIfAbsent(site.call(), new After(site, sym));
                return;
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        Events events = Events.of(check);
        for (After after : check.memory(this, Seen.class, Seen::new).calls.values()) {
            events.posted(after.site().function(), after.site().call())
                    .filter(
                            p ->
                                    events.consumer(p.enumeration())
                                            .filter(c -> !c.handles(p.value()))
                                            .isPresent())
                    .ifPresent(p -> report(after, p, events, check));
        }
    }

    private static void report(After after, Events.Posted posted, Events events, Check check) {
        String name = events.written(posted);
        Events.Consumer consumer = events.consumer(posted.enumeration()).orElseThrow();
        check.report(
                Report.of(
                                INFO,
                                posted.function().name(),
                                posted.where().range(),
                                name + " is posted, and no case handles it")
                        .why(
                                after.failed().call()
                                        + " failed, and whoever could do something about it never"
                                        + " learns of it")
                        .help("add a case for " + name + " in " + consumer.function().name())
                        .note(after.failed().origin(), after.failed().call() + " failed here")
                        .note(consumer.choice().value().range(), "events are told apart here"));
    }
}
