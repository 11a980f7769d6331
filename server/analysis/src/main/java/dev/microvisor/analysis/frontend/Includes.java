package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.project.ArmToolchain;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.cdt.core.index.IIndexFileLocation;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.internal.core.parser.IMacroDictionary;
import org.eclipse.cdt.internal.core.parser.scanner.InternalFileContent;
import org.eclipse.cdt.internal.core.parser.scanner.InternalFileContentProvider;

/** Answers the preprocessor's includes from the cache. One instance a parse. */
final class Includes extends InternalFileContentProvider {
    private final SourceCache cache;
    private final Predicate<String> skip;

    /**
     * @param skip headers whose contents are not wanted; they count as found and empty
     */
    Includes(SourceCache cache, Predicate<String> skip) {
        this.cache = cache;
        this.skip = skip;
    }

    @Override
    public boolean getInclusionExists(String path) {
        return cache.read(normal(path)).text().isPresent();
    }

    @Override
    public InternalFileContent getContentForInclusion(String path, IMacroDictionary macros) {
        String name = normal(path);
        Optional<SourceText> text = cache.read(name).text();
        if (text.isEmpty()) {
            return null;
        }
        if (skip.test(name)) {
            // A compiler's own stdalign.h may be large; ours says the same of what rules need.
            String standard = ArmToolchain.INCLUDE_FOLDER + "/" + Path.of(name).getFileName();
            text = cache.read(standard).text();
            if (text.isEmpty()) {
                return new InternalFileContent(name, InternalFileContent.InclusionKind.SKIP_FILE);
            }
            name = standard;
        }
        return (InternalFileContent) FileContent.create(name, text.get().chars());
    }

    @Override
    public InternalFileContent getContentForInclusion(IIndexFileLocation location, String path) {
        return getContentForInclusion(path, null);
    }

    /** One name for each file, so that include guards and ranges agree. */
    private static String normal(String path) {
        return path.startsWith(ArmToolchain.INCLUDE_FOLDER) || path.indexOf('.') < 0
                ? path
                : Path.of(path).normalize().toString();
    }
}
