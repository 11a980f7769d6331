package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.catalog.Effect;
import java.util.List;

/** Flags a call that opens more of something than may be open at once. */
public final class ChannelLimit implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("channel-limit", Severity.ERROR, RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCall(CallSite site, Check check) {
        site.contract().stream()
                .flatMap(c -> Effects.of(c, Effect.Acquires.class))
                .forEach(a -> check(site, a.resource(), check));
    }

    private static void check(CallSite site, String resource, Check check) {
        int limit = check.catalog().resource(resource).map(r -> r.maxLive()).orElse(0);
        List<Handle> open =
                OpenChannels.on(site.state(), resource).stream()
                        .filter(h -> OpenChannels.isCertain(h, site.state()))
                        .filter(h -> !h.opened().equals(site.call().range()))
                        .toList();
        if (limit > 0 && open.size() >= limit) {
            String name = resource.replace('-', ' ');
            Report report =
                    Report.of(
                                    INFO,
                                    site.function().name(),
                                    site.call().range(),
                                    open.size() + " " + name + "s are open already")
                            .why("no more than " + limit + " can be: the call fails")
                            .help("close one first");
            open.forEach(h -> report.note(h.opened(), "opened here"));
            check.report(report);
        }
    }
}
