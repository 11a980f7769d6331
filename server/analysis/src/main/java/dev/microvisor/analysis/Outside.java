package dev.microvisor.analysis;

import dev.microvisor.analysis.frontend.SourceCache;
import dev.microvisor.analysis.frontend.SourceText;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Interrupt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The project's sources that a lint does not read: excluded ones, and those beside the folders that
 * were asked for. They may be left out of sight without harm when none of them names what the rules
 * for whole programs ask about: a system call, an interrupt, a variable of the program, or one of
 * its functions that lead to a system call. A vendored HAL or RTOS names none of these.
 */
final class Outside {
    /** With more than this nobody looks, and the program does not count as whole. */
    private static final long MAX_CHARS = 64L << 20;

    private final Collection<Path> roots;
    private final Catalog catalog;
    private final SourceCache sources;
    private final CancelToken cancel;
    private Boolean harmless;

    /**
     * @param roots folders that hold the project
     */
    Outside(Collection<Path> roots, Catalog catalog, SourceCache sources, CancelToken cancel) {
        this.roots = roots;
        this.catalog = catalog;
        this.sources = sources;
        this.cancel = cancel;
    }

    /** True when a function that the project declares and no unit defines is a library's. */
    boolean isHarmless(List<Unit> units) {
        if (harmless == null) {
            harmless = look(units);
        }
        return harmless;
    }

    private boolean look(List<Unit> units) {
        Set<Path> read = new HashSet<>();
        units.forEach(u -> read.add(u.file()));
        Set<Path> unread = new HashSet<>();
        for (Path root : roots) {
            boolean below = roots.stream().anyMatch(r -> !r.equals(root) && root.startsWith(r));
            if (below) {
                continue;
            }
            try {
                List<Path> found = SourceFiles.below(root, cancel);
                if (found.size() >= SourceFiles.MAX_FILES) {
                    return false;
                }
                unread.addAll(found);
            } catch (IOException e) {
                return false;
            }
        }
        unread.removeAll(read);
        Set<String> telling = telling(units);
        long chars = 0;
        for (Path file : unread) {
            cancel.throwIfCancelled();
            Optional<SourceText> text = sources.text(file);
            if (text.isEmpty()) {
                return false;
            }
            String content = text.get().content();
            chars += content.length();
            if (chars > MAX_CHARS || names(content, telling)) {
                return false;
            }
        }
        return true;
    }

    private static boolean names(String text, Set<String> telling) {
        for (int i = 0; i < text.length(); i++) {
            int start = i;
            while (i < text.length() && Character.isJavaIdentifierPart(text.charAt(i))) {
                i++;
            }
            if (i > start && telling.contains(text.substring(start, i))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> telling(List<Unit> units) {
        Set<String> names = new HashSet<>();
        catalog.calls().forEach(c -> names.add(c.name()));
        for (Interrupt interrupt : catalog.interrupts()) {
            names.add(interrupt.numberName());
            names.add(interrupt.handlerName());
        }
        for (Unit unit : units) {
            unit.globals().stream()
                    .filter(v -> v.storage() == Variable.Storage.GLOBAL)
                    .filter(v -> v.declaration().definition())
                    .forEach(v -> names.add(v.name()));
        }
        addCallers(units, names);
        return names;
    }

    /** Functions that lead to a system call, by their names. */
    private static void addCallers(List<Unit> units, Set<String> names) {
        Map<String, Set<String>> calls = new HashMap<>();
        for (Unit unit : units) {
            for (Function function : unit.functions()) {
                Set<String> called = calls.computeIfAbsent(function.name(), n -> new HashSet<>());
                function.calls().map(Instr.Call::name).forEach(called::add);
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> caller : calls.entrySet()) {
                if (!names.contains(caller.getKey())
                        && caller.getValue().stream().anyMatch(names::contains)) {
                    more |= names.add(caller.getKey());
                }
            }
        }
        // Start-up code names main and does no more than call it.
        names.remove("main");
    }
}
