package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Severity;
import dev.microvisor.lsp.document.Places;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;

/** Findings as the protocol writes them. */
public final class DiagnosticWriter {
    /** Who says so, beside clangd. */
    public static final String SOURCE = "microvisor";

    /** Steps of a path that an editor is given; more are not read. */
    private static final int MAX_RELATED = 12;

    /** Rules whose findings editors strike through. */
    private static final Set<String> DEPRECATIONS =
            Set.of("deprecated-api", "deprecated-channel-type");

    private final Places places;
    private final RulePages pages;
    private volatile boolean related = true;

    public DiagnosticWriter(Places places, RulePages pages) {
        this.places = places;
        this.pages = pages;
    }

    /** Whether the client shows related information. */
    public void setRelated(boolean related) {
        this.related = related;
    }

    public List<Diagnostic> write(Snapshot snapshot) {
        return snapshot.findings().stream().map(f -> write(f, snapshot)).toList();
    }

    public Diagnostic write(Finding finding, Snapshot snapshot) {
        Diagnostic diagnostic = new Diagnostic();
        diagnostic.setRange(places.range(finding.range(), snapshot.document().text()));
        diagnostic.setSource(SOURCE);
        diagnostic.setCode(finding.rule());
        pages.address(finding.rule())
                .ifPresent(
                        href -> diagnostic.setCodeDescription(new DiagnosticCodeDescription(href)));
        boolean deprecated = DEPRECATIONS.contains(finding.rule());
        diagnostic.setSeverity(severity(finding.severity()));
        if (deprecated) {
            diagnostic.setTags(List.of(DiagnosticTag.Deprecated));
        }
        diagnostic.setMessage(message(finding));
        if (related && !finding.path().isEmpty()) {
            diagnostic.setRelatedInformation(
                    finding.path().stream().limit(MAX_RELATED).map(this::step).toList());
        }
        diagnostic.setData(Map.of("rule", finding.rule(), "fixes", finding.fixes().size()));
        return diagnostic;
    }

    private DiagnosticRelatedInformation step(Note note) {
        return new DiagnosticRelatedInformation(places.location(note.range()), note.message());
    }

    private static DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> DiagnosticSeverity.Error;
            case WARNING -> DiagnosticSeverity.Warning;
            case NOTE -> DiagnosticSeverity.Information;
            case HINT -> DiagnosticSeverity.Hint;
        };
    }

    private static String message(Finding finding) {
        StringBuilder text = new StringBuilder(finding.message());
        if (!finding.why().isEmpty()) {
            text.append('\n').append(finding.why());
        }
        if (!finding.help().isEmpty()) {
            text.append("\nHelp: ").append(finding.help());
        }
        return text.toString();
    }
}
