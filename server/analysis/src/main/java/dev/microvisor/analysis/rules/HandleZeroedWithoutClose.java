package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Handle;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Sym;
import java.util.Optional;

/** Flags the last copy of an open handle being overwritten. */
public final class HandleZeroedWithoutClose implements Rule {
    static final String ID = "handle-zeroed-without-close";

    private static final RuleInfo INFO =
            new RuleInfo(ID, Severity.WARNING, RuleInfo.Fixing.SUGGESTED, RuleInfo.Tag.HANDLES);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        Optional<Sym> sym = site.before().symbol();
        Handle handle = sym.map(s -> site.state().handles().get(s)).orElse(null);
        if (handle == null || !site.value().number().filter(n -> n == 0).isPresent()) {
            return;
        }
        boolean opened =
                sym.get().kind() == Sym.Kind.HANDLE
                        ? OpenChannels.isCertain(handle, site.state())
                        : handle.change() != null;
        boolean closing = handle.isClosing();
        boolean last = site.state().holders(sym.get()).stream().allMatch(site.place()::equals);
        if (opened && !closing && last && !site.state().isTrusted(sym.get())) {
            String resource = handle.resource().replace('-', ' ');
            Report report =
                    Report.of(
                                    INFO,
                                    site.function().name(),
                                    site.store().range(),
                                    "'"
                                            + site.place().display()
                                            + "' is set to 0 while its "
                                            + resource
                                            + " is open")
                            .why(
                                    "the "
                                            + resource
                                            + " stays open without anybody to close it;"
                                            + " only a closing call gives it back")
                            .help("close it instead: closing writes the 0")
                            .note(handle.opened(), "opened here")
                            .notes(site.state().trail());
            String place = check.text(site.store().place().range());
            Optional<String> closer = ClosingEdits.closer(handle.resource(), check.catalog());
            if (closer.isPresent() && !place.isEmpty() && !site.store().declaration()) {
                report.suggestion(
                        "Close it with " + closer.get(),
                        site.store().range(),
                        "(void)" + closer.get() + "(&" + place + ")");
            }
            check.report(report);
        }
    }
}
