package dev.microvisor.lsp;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.lsp.diagnostics.DiagnosticWriter;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.PublishDiagnosticsParams;

/**
 * What is wrong in {@code microvisor.toml}, a compilation database and their like, as diagnostics
 * of those files: an error there weakens or silences the checks of every source. Nobody opens such
 * a file in the language server, so these are pushed even where the client pulls. Safe for several
 * threads.
 */
final class SetupDiagnostics {
    private final Documents documents;
    private final Places places;
    private final Map<String, List<Problem>> byDocument = new HashMap<>();
    private Map<Path, List<Diagnostic>> shown = Map.of();

    SetupDiagnostics(Documents documents) {
        this.documents = documents;
        this.places = new Places(documents);
    }

    /** What the last look at a document met; the answer says what the client has to be told. */
    synchronized List<PublishDiagnosticsParams> met(String uri, List<Problem> problems) {
        List<Problem> ofSetup = problems.stream().filter(SetupDiagnostics::isOfSetup).toList();
        if (ofSetup.isEmpty()) {
            byDocument.remove(uri);
        } else {
            byDocument.put(uri, ofSetup);
        }
        return changes();
    }

    private static boolean isOfSetup(Problem problem) {
        Path file = problem.where();
        return !SourceFiles.isSource(file)
                && !SourceFiles.isHeader(file)
                && Files.isRegularFile(file);
    }

    private List<PublishDiagnosticsParams> changes() {
        Set<Problem> present = new LinkedHashSet<>();
        byDocument.values().forEach(present::addAll);
        Map<Path, List<Diagnostic>> wanted = new TreeMap<>();
        present.forEach(
                p -> wanted.computeIfAbsent(p.where(), f -> new ArrayList<>()).add(diagnostic(p)));
        List<PublishDiagnosticsParams> changes = new ArrayList<>();
        Set<Path> files = new LinkedHashSet<>(shown.keySet());
        files.addAll(wanted.keySet());
        for (Path file : files) {
            List<Diagnostic> now = wanted.getOrDefault(file, List.of());
            if (!now.equals(shown.getOrDefault(file, List.of()))) {
                changes.add(new PublishDiagnosticsParams(places.uri(file), now));
            }
        }
        shown = wanted;
        return changes;
    }

    private Diagnostic diagnostic(Problem problem) {
        int line = problem.line().orElse(0);
        int length = documents.textOf(problem.where()).line(line).length();
        Location place = places.location(new SourceRange(problem.where(), line, 0, line, length));
        Diagnostic diagnostic =
                new Diagnostic(
                        place.getRange(),
                        problem.advice().isEmpty()
                                ? problem.what()
                                : problem.what() + "\nHelp: " + problem.advice());
        diagnostic.setSeverity(
                problem.fatal() ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
        diagnostic.setSource(DiagnosticWriter.SOURCE);
        return diagnostic;
    }
}
