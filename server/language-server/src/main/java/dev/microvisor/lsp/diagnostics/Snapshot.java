package dev.microvisor.lsp.diagnostics;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Problem;
import dev.microvisor.lsp.document.Document;
import java.util.List;

/**
 * What is known about one version of a document.
 *
 * @param findings those in the document itself
 * @param complete true when headers and other files were looked at
 */
public record Snapshot(
        Document document, List<Finding> findings, List<Problem> problems, boolean complete) {
    public Snapshot {
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
    }
}
