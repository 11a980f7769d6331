package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.project.ArmToolchain;
import dev.microvisor.analysis.project.CompilerFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.cdt.core.index.IIndexFileLocation;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.internal.core.parser.IMacroDictionary;
import org.eclipse.cdt.internal.core.parser.scanner.InternalFileContent;
import org.eclipse.cdt.internal.core.parser.scanner.InternalFileContentProvider;

/** Answers the preprocessor's includes from the cache. One instance a parse. */
final class Includes extends InternalFileContentProvider {
    /** Headers that one unit may include, each time counted; a large one includes some hundred. */
    private static final int MAX_INCLUSIONS = 20_000;

    /** Characters of all these; the largest vendors' headers together have a tenth. */
    private static final long MAX_CHARS = 256L << 20;

    private final SourceCache cache;
    private final Optional<Headers> headers;
    private final Predicate<String> skip;
    private final Map<String, SourceText> given = new HashMap<>();
    private final List<String> surprises = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final MacroGrowth growth = new MacroGrowth();
    private int inclusions;
    private long chars;

    /**
     * @param headers leaves out what no one needs; empty to read all of every file
     * @param skip headers whose contents are not wanted; they count as found and empty
     */
    Includes(SourceCache cache, Optional<Headers> headers, Predicate<String> skip) {
        this.cache = cache;
        this.headers = headers;
        this.skip = skip;
    }

    /**
     * Looks at what the preprocessor gets to read first.
     *
     * @throws EndlessInput when it would not come back
     */
    void start(SourceText source, CompilerFlags flags) {
        StringBuilder defines = new StringBuilder();
        flags.macros()
                .forEach(
                        (name, value) -> {
                            if (value != null) {
                                defines.append("#define ").append(name).append(' ');
                                defines.append(value.replace('\n', ' ')).append('\n');
                            }
                        });
        check(new MacroText("command line", defines.toString()));
        check(source.macros());
    }

    private void check(MacroText text) {
        growth.read(text)
                .ifPresent(
                        macro -> {
                            throw EndlessInput.macro(macro, growth.place(macro));
                        });
    }

    private void count(SourceText text) {
        chars += text.chars().length;
        if (++inclusions > MAX_INCLUSIONS || chars > MAX_CHARS) {
            throw EndlessInput.includes(MAX_INCLUSIONS, MAX_CHARS, text.path());
        }
        check(text.macros());
    }

    /** Every path that was asked for, in vain too. */
    Set<String> asked() {
        return asked;
    }

    private SourceCache.Entry read(String path) {
        asked.add(path);
        return cache.read(path);
    }

    /** Files that were included although nobody had looked through them before. */
    List<String> surprises() {
        return surprises;
    }

    /** The text of a file as the preprocessor got it; offsets in the syntax tree refer to it. */
    Optional<SourceText> text(String path) {
        SourceText text = given.get(path);
        return text != null ? Optional.of(text) : cache.read(path).text();
    }

    @Override
    public boolean getInclusionExists(String path) {
        return read(normal(path)).text().isPresent();
    }

    @Override
    public InternalFileContent getContentForInclusion(String path, IMacroDictionary macros) {
        String name = normal(path);
        Optional<SourceText> text = read(name).text();
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
        } else if (headers.isPresent()) {
            text = Optional.ofNullable(given.get(name)).or(() -> known(normal(path)));
        }
        given.put(name, text.get());
        count(text.get());
        return (InternalFileContent) FileContent.create(name, text.get().chars());
    }

    private Optional<SourceText> known(String name) {
        if (!headers.get().isKnown(name)) {
            surprises.add(name);
        }
        return headers.get().text(name);
    }

    @Override
    public InternalFileContent getContentForInclusion(IIndexFileLocation location, String path) {
        return getContentForInclusion(path, null);
    }

    /** One name for each file, so that include guards and ranges agree. */
    static String normal(String path) {
        return path.startsWith(ArmToolchain.INCLUDE_FOLDER) || isNormal(path)
                ? path
                : Path.of(path).normalize().toString();
    }

    /**
     * Most paths are; asking the file system's own code about each costs more than reading some.
     */
    private static boolean isNormal(String path) {
        return path.indexOf('\\') < 0
                && !path.contains("/.")
                && !path.contains("//")
                && !path.startsWith(".");
    }
}
