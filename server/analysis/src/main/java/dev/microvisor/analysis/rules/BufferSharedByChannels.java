package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.catalog.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flags one buffer in two channels that are open together, or twice in one channel. */
public final class BufferSharedByChannels implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("buffer-shared-by-channels", Severity.ERROR, RuleInfo.Tag.BUFFERS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Openings with a buffer that another channel holds on some path. */
    private static final class Seen {
        private final List<Second> seconds = new ArrayList<>();
    }

    private record Second(CallSite site, Place buffer, SourceRange where, SourceRange first) {}

    @Override
    public void onCall(CallSite site, Check check) {
        if (site.contract().filter(c -> Effects.acquires(c, Effects.CHANNEL)).isEmpty()) {
            return;
        }
        List<Place> own = new ArrayList<>();
        Effects.of(site.contract().get(), Effect.Borrows.class)
                .map(Effect.Borrows::place)
                .forEach(
                        path ->
                                site.valueAt(path)
                                        .target()
                                        .ifPresent(
                                                buffer -> check(site, path, buffer, own, check)));
    }

    private void check(CallSite site, String path, Place buffer, List<Place> own, Check check) {
        SourceRange where = written(site, path, check);
        if (own.contains(buffer)) {
            check.report(
                    report(site, where, "'" + buffer.display() + "' is both buffers of the channel")
                            .why(
                                    "what is received lands in what is sent, which is write-protected"));
        }
        own.add(buffer);
        for (Handle handle : OpenChannels.on(site.state(), Effects.CHANNEL)) {
            boolean other = !handle.opened().equals(site.call().range());
            if (other && OpenChannels.loan(handle, buffer).isPresent()) {
                check.memory(this, Seen.class, Seen::new)
                        .seconds
                        .add(new Second(site, buffer, where, handle.opened()));
            }
        }
    }

    private static SourceRange written(CallSite site, String path, Check check) {
        Optional<ContractValue> value =
                check.values(site).stream().filter(v -> v.path().equals(path)).findFirst();
        return value.map(ContractValue::written).orElse(site.call().nameRange());
    }

    @Override
    public void checkProgram(Check check) {
        Doers closers = check.doers(c -> Effects.releases(c, Effects.CHANNEL));
        for (Second second : check.memory(this, Seen.class, Seen::new).seconds) {
            CallSite site = second.site();
            if (OpenChannels.staysOpen(site.function(), second.first(), site.call(), closers)) {
                check.report(
                        report(
                                        site,
                                        second.where(),
                                        "'"
                                                + second.buffer().display()
                                                + "' belongs to a channel that is still open")
                                .why(
                                        "both channels write into it, and closing one gives it back while"
                                                + " the other goes on")
                                .note(second.first(), "the other channel is opened here"));
            }
        }
    }

    private static Report report(CallSite site, SourceRange where, String message) {
        return Report.of(INFO, site.function().name(), where, message)
                .help("give each channel its own static buffers");
    }
}
