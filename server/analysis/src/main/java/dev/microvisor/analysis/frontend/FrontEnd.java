package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.project.CompilerFlags;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.cdt.core.dom.ast.ASTVisitor;
import org.eclipse.cdt.core.dom.ast.IASTPreprocessorIncludeStatement;
import org.eclipse.cdt.core.dom.ast.IASTProblem;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.core.runtime.CoreException;

/** Sources and flags in, units out. Safe to use from several threads. */
public final class FrontEnd {
    /** {@link CType} and its records initialise each other: one thread must do it, not several. */
    static final CType FIRST = CType.UNKNOWN;

    private static final Logger LOG = Logger.getLogger(FrontEnd.class.getName());

    /** CDT recurses with the nesting of the source; generated code is deeper than 8 MB allow. */
    private static final long STACK_BYTES = 64L << 20;

    /** Problems told of one file; the first ones are the ones to mend. */
    private static final int MAX_PROBLEMS = 8;

    /** How often a unit is read anew because of files that only the preprocessor could name. */
    private static final int MAX_SURPRISES = 4;

    private final SourceCache cache;
    private final Headers headers;
    private final LintRequest.Depth depth;
    private final Predicate<Path> own;
    private final Map<String, Long> device;
    private final Progress progress;
    private final AtomicBoolean saidBundled = new AtomicBoolean();

    /** Hears how many units are read. */
    @FunctionalInterface
    public interface Progress {
        void read(int units, int of);
    }

    /**
     * @param own files whose functions are read; other headers give types and declarations only
     * @param device numbers that the device's header names; they stand in where it is missing
     * @param progress hears of each unit that is read
     */
    public FrontEnd(
            SourceCache cache,
            LintRequest.Depth depth,
            Predicate<Path> own,
            Map<String, Long> device,
            Progress progress) {
        this.device = Map.copyOf(device);
        this.progress = progress;
        this.cache = cache;
        this.depth = depth;
        this.own = own;
        this.headers = new Headers(cache, own, cache.memory().headers());
    }

    /** Reads all units, several at a time, in the order of their files. */
    public List<Unit> read(Map<Path, CompilerFlags> units, int threads, CancelToken cancel) {
        Map<Path, Unit> known = known(units);
        Map<Path, CompilerFlags> fresh = new TreeMap<>(units);
        fresh.keySet().removeAll(known.keySet());
        if (depth == LintRequest.Depth.FULL) {
            headers.learn(fresh);
        }
        readAll(fresh, threads, cancel).forEach(u -> known.put(u.file(), u));
        return units.keySet().stream().map(known::get).toList();
    }

    /** What an earlier lint has read already, and nobody has written since. */
    private Map<Path, Unit> known(Map<Path, CompilerFlags> units) {
        Map<Path, Unit> known = new HashMap<>();
        if (depth == LintRequest.Depth.FULL) {
            units.forEach(
                    (file, flags) ->
                            cache.memory()
                                    .units()
                                    .flatMap(m -> m.recall(file, flags, cache, own))
                                    .ifPresent(u -> known.put(file, u)));
        }
        return known;
    }

    private List<Unit> readAll(Map<Path, CompilerFlags> units, int threads, CancelToken cancel) {
        if (units.isEmpty()) {
            return List.of();
        }
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        Math.max(1, Math.min(threads, units.size())),
                        work -> {
                            Thread thread = new Thread(null, work, "parse", STACK_BYTES);
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            List<Future<Unit>> running = new ArrayList<>();
            units.forEach(
                    (file, flags) -> running.add(pool.submit(() -> read(file, flags, cancel))));
            List<Unit> read = new ArrayList<>();
            for (Future<Unit> unit : running) {
                read.add(unit.get());
                progress.read(read.size(), running.size());
            }
            return read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException cancelled) {
                throw cancelled;
            }
            throw new IllegalStateException("the front end failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Unit read(Path file, CompilerFlags flags, CancelToken cancel) {
        cancel.throwIfCancelled();
        SourceCache.Entry entry = cache.read(file.toString());
        if (entry.text().isEmpty()) {
            return failed(file, flags, unreadable(file, entry.failure()));
        }
        SourceText source = entry.text().get();
        try {
            return parse(source, flags);
        } catch (EndlessInput e) {
            return failed(file, flags, problem(file, e.getMessage(), e.advice(), true));
        } catch (StackOverflowError e) {
            return failed(
                    file,
                    flags,
                    problem(
                            file,
                            "is nested too deeply to be parsed",
                            "exclude it if it is generated",
                            true));
        } catch (CoreException e) {
            return failed(
                    file,
                    flags,
                    problem(file, "could not be parsed", "check that it is C or C++", true));
        } catch (RuntimeException e) {
            // CDT throws on some broken sources; the other files must still be read.
            LOG.log(Level.FINE, e, () -> "reading " + file);
            return failed(
                    file,
                    flags,
                    problem(
                            file,
                            "could not be parsed (" + e.getClass().getSimpleName() + ")",
                            "see that it compiles; if it does, report this file",
                            true));
        }
    }

    private Unit parse(SourceText source, CompilerFlags flags) throws CoreException {
        boolean quick = depth == LintRequest.Depth.QUICK;
        Includes includes = includes(quick, source, flags);
        IASTTranslationUnit tree = Parser.parse(source, flags, includes);
        for (int i = 0; i < MAX_SURPRISES && !includes.surprises().isEmpty(); i++) {
            headers.learn(includes.surprises(), flags);
            includes = includes(quick, source, flags);
            tree = Parser.parse(source, flags, includes);
        }
        if (!includes.surprises().isEmpty()) {
            includes = new Includes(cache, Optional.empty(), name -> false);
            includes.start(source, flags);
            tree = Parser.parse(source, flags, includes);
        }
        List<Problem> problems = new ArrayList<>();
        boolean complete = !quick;
        encodingProblem(source).ifPresent(problems::add);
        complete &= includeProblems(tree, source, quick, problems);
        // What does not parse for want of a header is no news beside the header.
        boolean parsed = syntaxProblems(tree, source, complete ? problems : new ArrayList<>());
        Unit unit =
                new UnitReader(tree, source, includes, flags.cpp(), flags.shortEnums(), own, device)
                        .read(problems, parsed, complete && parsed);
        if (!quick) {
            Set<String> asked = new HashSet<>(includes.asked());
            asked.add(source.path().toString());
            cache.memory().units().ifPresent(m -> m.keep(flags, asked, cache, own, unit));
        }
        return unit;
    }

    private static Optional<Problem> encodingProblem(SourceText source) {
        String advice = "save it as UTF-8";
        if (source.startsWith("\u00ff\u00fe") || source.startsWith("\u00fe\u00ff")) {
            String what = "is UTF-16, which compilers do not read";
            return Optional.of(problem(source.path(), what, advice, false));
        }
        if (source.mentions("\0")) {
            return Optional.of(
                    problem(
                            source.path(),
                            "holds NUL characters: it is UTF-16 or no text",
                            advice + ", or exclude it",
                            false));
        }
        return source.utf8()
                ? Optional.empty()
                : Optional.of(
                        problem(source.path(), "is not UTF-8; read as Latin-1", advice, false));
    }

    private Includes includes(boolean quick, SourceText source, CompilerFlags flags) {
        Includes includes =
                quick
                        ? new Includes(cache, Optional.empty(), this::skipWhenQuick)
                        : new Includes(cache, Optional.of(headers), name -> false);
        includes.start(source, flags);
        return includes;
    }

    /** While typing only the project's own headers and the SDK's are worth their time. */
    private boolean skipWhenQuick(String name) {
        return !own.test(Path.of(name))
                && !name.startsWith(dev.microvisor.analysis.project.ArmToolchain.INCLUDE_FOLDER)
                && !SdkHeader.isSdkHeader(name);
    }

    private boolean includeProblems(
            IASTTranslationUnit tree, SourceText source, boolean quick, List<Problem> problems) {
        boolean complete = true;
        for (IASTPreprocessorIncludeStatement include : tree.getIncludeDirectives()) {
            if (!quick
                    && include.getPath().equals(SdkHeader.BUNDLED)
                    && saidBundled.compareAndSet(false, true)) {
                problems.add(
                        problem(
                                source.path(),
                                "includes "
                                        + SdkHeader.NAME
                                        + ", which is in none of its include folders; the bundled"
                                        + " one is used",
                                "name the SDK's folder with -I to use its own",
                                false));
            }
            if (include.isActive() && !include.isResolved()) {
                complete = false;
                if (!quick && problems.size() < MAX_PROBLEMS) {
                    int offset =
                            include.getFileLocation() == null
                                    ? 0
                                    : include.getFileLocation().getNodeOffset();
                    boolean here = include.getContainingFilename().equals(source.path().toString());
                    problems.add(
                            new Problem(
                                    source.path(),
                                    here ? Optional.of(source.line(offset)) : Optional.empty(),
                                    "header '" + include.getName() + "' not found",
                                    "add its folder with -I in compile_commands.json",
                                    false));
                }
            }
        }
        return complete;
    }

    private boolean syntaxProblems(
            IASTTranslationUnit tree, SourceText source, List<Problem> problems) {
        List<IASTProblem> found = new ArrayList<>();
        tree.accept(
                new ASTVisitor() {
                    {
                        shouldVisitProblems = true;
                        shouldVisitDeclarations = true;
                    }

                    @Override
                    public int visit(IASTProblem problem) {
                        found.add(problem);
                        return PROCESS_CONTINUE;
                    }

                    @Override
                    public int visit(org.eclipse.cdt.core.dom.ast.IASTDeclaration declaration) {
                        return own.test(Path.of(declaration.getContainingFilename()))
                                ? PROCESS_CONTINUE
                                : PROCESS_SKIP;
                    }
                });
        for (IASTProblem bad : found) {
            if (problems.size() >= MAX_PROBLEMS) {
                break;
            }
            if (bad.getFileLocation() != null
                    && bad.getContainingFilename().equals(source.path().toString())) {
                int line = source.line(bad.getFileLocation().getNodeOffset());
                problems.add(
                        new Problem(
                                source.path(),
                                Optional.of(line),
                                "syntax error; what follows up to the next declaration is not"
                                        + " analysed",
                                "see that it compiles",
                                false));
            }
        }
        return found.isEmpty();
    }

    private static Problem unreadable(Path file, SourceCache.Failure failure) {
        return switch (failure) {
            case TOO_LARGE ->
                    problem(
                            file,
                            "is larger than " + (SourceCache.MAX_BYTES >> 20) + " MB",
                            "exclude it; it is most likely generated",
                            true);
            case UNREADABLE -> problem(file, "cannot be read", "check its permissions", true);
            case ABSENT, NONE ->
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                            ? problem(
                                    file,
                                    "is a link to nothing, a pipe or a device",
                                    "name or link a regular file, or exclude it",
                                    true)
                            : problem(file, "does not exist", "check the spelling", true);
        };
    }

    private static Unit failed(Path file, CompilerFlags flags, Problem problem) {
        return new Unit(
                file, flags.cpp(), List.of(), List.of(), Map.of(), List.of(problem), false, false);
    }

    private static Problem problem(Path file, String what, String advice, boolean fatal) {
        return new Problem(file, Optional.empty(), what, advice, fatal);
    }
}
