package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.project.ProjectModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one file as a lint would, without judging it. */
final class Functions {
    private Functions() {}

    /** The functions of a file; its folder is the project's own. */
    static List<Function> of(Path file) {
        ProjectModel model =
                ProjectModel.of(
                        new LintRequest(
                                List.of(file),
                                Optional.empty(),
                                Map.of(),
                                LintRequest.Depth.FULL,
                                1),
                        CancelToken.NEVER);
        FrontEnd frontEnd =
                new FrontEnd(
                        new SourceCache(Map.of(), () -> "", Memory.ofOneLint()),
                        LintRequest.Depth.FULL,
                        f -> f.startsWith(file.getParent()),
                        Map.of(),
                        (read, of) -> {});
        return frontEnd.read(model.units(), 1, CancelToken.NEVER).get(0).functions();
    }
}
