package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Flags a write into the send buffer of an open channel: it crashes the application. */
public final class SendBufferWrite implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("send-buffer-write", Severity.ERROR, RuleInfo.Tag.BUFFERS);

    /** Library functions that write where their first argument points. */
    private static final Set<String> WRITERS =
            Set.of(
                    "memcpy",
                    "memmove",
                    "memset",
                    "strcpy",
                    "strncpy",
                    "strcat",
                    "strncat",
                    "sprintf",
                    "snprintf",
                    "vsprintf",
                    "vsnprintf");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Writes on some path. */
    private static final class Seen {
        private final List<Write> writes = new ArrayList<>();
    }

    private record Write(Function function, Instr instr, Place place, SourceRange opened) {}

    @Override
    public void onStore(StoreSite site, Check check) {
        remember(site.function(), site.store(), site.place(), site.state(), check);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        if (WRITERS.contains(site.call().name())) {
            site.argument(0)
                    .target()
                    .ifPresent(p -> remember(site.function(), site.call(), p, site.state(), check));
        }
    }

    private void remember(Function function, Instr instr, Place place, State state, Check check) {
        for (Handle handle : OpenChannels.on(state, Effects.CHANNEL)) {
            boolean locked =
                    OpenChannels.loan(handle, place)
                            .filter(Handle.Loan::writeProtected)
                            .isPresent();
            if (locked && OpenChannels.isCertain(handle, state)) {
                check.memory(this, Seen.class, Seen::new)
                        .writes
                        .add(new Write(function, instr, place, handle.opened()));
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        Doers closers = Doers.of(check, c -> Effects.releases(c, Effects.CHANNEL));
        for (Write write : check.memory(this, Seen.class, Seen::new).writes) {
            if (OpenChannels.staysOpen(write.function(), write.opened(), write.instr(), closers)) {
                check.report(
                        Report.of(
                                        INFO,
                                        write.function().name(),
                                        write.instr().range(),
                                        "write to '"
                                                + write.place().display()
                                                + "', the send buffer of an open channel")
                                .why(
                                        "Microvisor write-protects it until the channel is closed: the"
                                                + " write crashes the application")
                                .help("build the request in another buffer; Microvisor copies it")
                                .note(write.opened(), "the channel is opened here")
                                .note(write.instr().range(), "written here"));
            }
        }
    }
}
