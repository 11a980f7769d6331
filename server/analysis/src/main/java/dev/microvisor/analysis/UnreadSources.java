package dev.microvisor.analysis;

import dev.microvisor.analysis.cache.FileState;
import dev.microvisor.analysis.frontend.SourceCache;
import dev.microvisor.analysis.frontend.SourceText;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.analysis.project.FolderListing;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Interrupt;
import dev.microvisor.catalog.SystemCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sources that may belong to a program and that a lint does not read: a vendor's drivers and an
 * RTOS, excluded files, those beside the folders that were asked for. They are what the build
 * compiles besides, where it is known to compile more than was read; otherwise what lies below the
 * project's folders.
 *
 * <p>The program can be judged as if they were read when none of them names what the rules for
 * whole programs ask about: a system call (but those that only read something out), an interrupt, a
 * variable of the program, or one of its functions that leads to a system call or that its headers
 * offer to others. A vendored HAL or RTOS names none of these.
 */
final class UnreadSources {
    /** With more text than this nobody looks, and the program does not count as whole. */
    private static final long MAX_CHARS = 64L << 20;

    /** Comments and texts, which name nothing; names; and what ends a declaration. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "//[^\\n]*+|/\\*(?s:.*?)\\*/|\"(?:\\\\.|[^\"\\\\\\n])*+\"?"
                            + "|'(?:\\\\.|[^'\\\\\\n])*+'|([A-Za-z_]\\w*+)|([;{])");

    private static final String SUBMODULES = ".gitmodules";

    private final Set<Path> compiled;
    private final Collection<Path> roots;
    private final List<Unit> units;
    private final Catalog catalog;
    private final SourceCache sources;
    private final CancelToken cancel;
    private final Map<Path, FileState> listings = new TreeMap<>();
    private Boolean harmless;

    /**
     * @param compiled what the build compiles besides the units; empty when that is nothing, or not
     *     known
     * @param roots folders that hold the project
     */
    UnreadSources(
            Set<Path> compiled,
            Collection<Path> roots,
            List<Unit> units,
            Catalog catalog,
            SourceCache sources,
            CancelToken cancel) {
        this.compiled = compiled;
        this.roots = roots;
        this.units = units;
        this.catalog = catalog;
        this.sources = sources;
        this.cancel = cancel;
    }

    /** True when a function that the project declares and no unit defines is a library's. */
    boolean areHarmless() {
        if (harmless == null) {
            harmless = files().filter(this::noneIsPart).isPresent();
        }
        return harmless;
    }

    /** The folders that were searched, with what they held: another source may appear in each. */
    Map<Path, FileState> listings() {
        return listings;
    }

    /** Empty when they are too many, or cannot be listed. */
    private Optional<Set<Path>> files() {
        Set<Path> unread = new TreeSet<>();
        if (!compiled.isEmpty()) {
            // Start-up code in assembler names all handlers and is none.
            compiled.stream().filter(SourceFiles::isSource).forEach(unread::add);
            return Optional.of(unread).filter(u -> u.size() < SourceFiles.MAX_FILES);
        }
        for (Path root : roots) {
            boolean below = roots.stream().anyMatch(r -> !r.equals(root) && root.startsWith(r));
            if (below) {
                continue;
            }
            try {
                // Which folders are other projects' is known by this file: it counts as read.
                sources.text(root.resolve(SUBMODULES));
                List<Path> found =
                        SourceFiles.below(
                                root,
                                cancel,
                                folder -> listings.put(folder, FolderListing.of(folder)));
                if (found.size() >= SourceFiles.MAX_FILES) {
                    return Optional.empty();
                }
                unread.addAll(found);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        units.forEach(u -> unread.remove(u.file()));
        return Optional.of(unread);
    }

    private boolean noneIsPart(Set<Path> unread) {
        Telling telling = telling();
        long chars = 0;
        for (Path file : unread) {
            cancel.throwIfCancelled();
            Optional<SourceText> text = sources.text(file);
            if (text.isEmpty()) {
                return false;
            }
            String content = text.get().content();
            chars += content.length();
            if (chars > MAX_CHARS || telling.isNamedIn(content)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The names that make a source part of the program.
     *
     * @param everywhere wherever they stand
     * @param declared in a declaration with {@code extern}: variables that no header declares, and
     *     whose names others may use for their own
     */
    private record Telling(Set<String> everywhere, Set<String> declared) {
        boolean isNamedIn(String text) {
            Matcher token = TOKEN.matcher(text);
            boolean external = false;
            while (token.find()) {
                String name = token.group(1);
                if (name == null) {
                    external &= token.group(2) == null;
                } else if (everywhere.contains(name) || (external && declared.contains(name))) {
                    return true;
                } else {
                    external |= name.equals("extern");
                }
            }
            return false;
        }
    }

    private Telling telling() {
        Set<String> everywhere = new HashSet<>();
        Set<String> declared = new HashSet<>();
        for (Interrupt interrupt : catalog.interrupts()) {
            everywhere.add(interrupt.numberName());
            everywhere.add(interrupt.handlerName());
        }
        Set<String> systemCalls = new HashSet<>();
        catalog.calls().stream().filter(c -> !onlyReads(c)).forEach(c -> systemCalls.add(c.name()));
        everywhere.addAll(systemCalls);
        Set<Path> read = new HashSet<>();
        units.forEach(u -> read.add(u.file()));
        for (Unit unit : units) {
            for (Variable v : unit.globals()) {
                if (v.storage() == Variable.Storage.GLOBAL && v.declaration().definition()) {
                    boolean offered =
                            v.declaration().redeclarations().stream()
                                    .anyMatch(r -> !read.contains(r.file()));
                    (offered ? everywhere : declared).add(v.name());
                }
            }
        }
        addFunctions(everywhere, systemCalls);
        return new Telling(everywhere, declared);
    }

    /** True for a clock, a device's number and the like: to ask for them changes nothing. */
    private static boolean onlyReads(SystemCall call) {
        return !call.effects().isEmpty()
                && call.effects().stream().allMatch(Effect.Writes.class::isInstance);
    }

    private void addFunctions(Set<String> names, Set<String> systemCalls) {
        Set<String> leading = leading(systemCalls);
        for (Unit unit : units) {
            for (Function function : unit.functions()) {
                boolean tells = function.announced() || leading.contains(function.key());
                // Start-up code names main and does no more than call it.
                if (tells && !function.isStatic() && !function.name().equals("main")) {
                    names.add(function.name());
                }
            }
        }
    }

    /** The functions that lead to one of these system calls, by their keys. */
    private Set<String> leading(Set<String> systemCalls) {
        Map<String, Set<String>> calls = new HashMap<>();
        Set<String> leading = new HashSet<>();
        for (Unit unit : units) {
            for (Function function : unit.functions()) {
                Set<String> called = calls.computeIfAbsent(function.key(), n -> new HashSet<>());
                function.calls().map(Instr.Call::callee).forEach(called::add);
                if (function.calls().map(Instr.Call::name).anyMatch(systemCalls::contains)) {
                    leading.add(function.key());
                }
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> caller : calls.entrySet()) {
                if (!leading.contains(caller.getKey())
                        && caller.getValue().stream().anyMatch(leading::contains)) {
                    more |= leading.add(caller.getKey());
                }
            }
        }
        return leading;
    }
}
