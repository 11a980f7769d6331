package dev.microvisor.analysis;

import dev.microvisor.analysis.cache.FileState;
import dev.microvisor.analysis.cache.ResultCache;
import dev.microvisor.analysis.cache.Stored;
import dev.microvisor.analysis.frontend.SourceCache;
import dev.microvisor.analysis.project.CompilerFlags;
import dev.microvisor.analysis.project.FolderListing;
import dev.microvisor.analysis.project.OwnCode;
import dev.microvisor.analysis.project.ProjectModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an earlier lint of the same request left, as long as every file it looked at is the same.
 */
final class KeptResult {
    private static final String OWN = "own ";
    private static final String FOREIGN = "foreign ";

    private final ResultCache cache;
    private final String asked;
    private final SourceCache sources;
    private final OwnCode own;

    KeptResult(
            ResultCache cache,
            ProjectModel model,
            LintRequest request,
            SourceCache sources,
            OwnCode own) {
        this.cache = cache;
        this.asked = asked(model, request);
        this.sources = sources;
        this.own = own;
    }

    /** All that decides a result but for the contents of files. */
    private static String asked(ProjectModel model, LintRequest request) {
        List<Path> paths =
                request.paths().stream().map(p -> p.toAbsolutePath().normalize()).toList();
        StringBuilder text = new StringBuilder().append(paths).append(request.wrappers());
        text.append(model.targets());
        text.append(model.searched().stream().sorted().toList());
        text.append(model.bystanders());
        List<Map<Path, CompilerFlags>> ways = new ArrayList<>(List.of(model.units()));
        ways.addAll(model.otherwise());
        for (Map<Path, CompilerFlags> way : ways) {
            way.forEach((file, flags) -> text.append('\n').append(file).append(flags.text()));
            text.append('\n');
        }
        return text.toString();
    }

    /** Empty when there is none, or a file has changed since. */
    Optional<Stored> find() {
        return cache.find(asked).filter(this::holds);
    }

    /**
     * @param listings folders in which another source would matter
     * @return what prevented it, if anything did
     */
    Optional<Problem> keep(
            Map<Path, FileState> listings, List<Finding> findings, List<Problem> problems) {
        Map<String, FileState> states = new TreeMap<>();
        listings.forEach((folder, state) -> states.put(folder.toString(), state));
        sources.states().forEach((file, state) -> states.put(file, owned(file, state)));
        return cache.put(asked, new Stored(states, findings, problems));
    }

    /** Whose a file is depends on more than its contents. */
    private FileState owned(String file, FileState state) {
        return state.isAbsent()
                ? state
                : new FileState(owner(file) + state.content(), state.stamp());
    }

    private String owner(String file) {
        return own.test(Path.of(file)) ? OWN : FOREIGN;
    }

    private boolean holds(Stored stored) {
        for (Map.Entry<String, FileState> file : stored.files().entrySet()) {
            FileState before = file.getValue();
            if (FolderListing.isOne(before)) {
                if (!FolderListing.holds(Path.of(file.getKey()), before)) {
                    return false;
                }
                continue;
            }
            if (!before.isAbsent()) {
                String owner = owner(file.getKey());
                if (!before.content().startsWith(owner)) {
                    return false;
                }
                before = new FileState(before.content().substring(owner.length()), before.stamp());
            }
            if (!sources.holds(file.getKey(), before)) {
                return false;
            }
        }
        return true;
    }
}
