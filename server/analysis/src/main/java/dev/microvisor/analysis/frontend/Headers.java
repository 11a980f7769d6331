package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.project.ArmToolchain;
import dev.microvisor.analysis.project.CompilerFlags;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Foreign headers without what no file of the program can notice: macros that nobody mentions,
 * comments, and bodies of inline functions. Of the 2 MB of a vendor's device header a tenth is
 * left, and every unit reads it. Safe for several threads.
 *
 * <p>A file that turns up although {@link #learn} has not seen it coming must be learned and its
 * unit read again: it may mention a macro that was left out.
 */
final class Headers {
    private final SourceCache cache;
    private final Predicate<Path> own;
    private final HeaderMemory memory;
    private boolean cpp;

    /**
     * @param own files whose macros and functions stay
     * @param memory what earlier lints have seen
     */
    Headers(SourceCache cache, Predicate<Path> own, HeaderMemory memory) {
        this.cache = cache;
        this.own = own;
        this.memory = memory;
    }

    /** Looks through the files that units may include. */
    void learn(Map<Path, CompilerFlags> units) {
        Map<CompilerFlags, List<String>> groups = new LinkedHashMap<>();
        synchronized (memory) {
            units.forEach(
                    (file, flags) -> {
                        cpp |= flags.cpp();
                        groups.computeIfAbsent(flags, f -> new ArrayList<>()).add(file.toString());
                    });
            groups.forEach((flags, files) -> learn(files, flags));
        }
    }

    /** Looks through files that a unit included unexpectedly, and what these include. */
    void learn(Collection<String> files, CompilerFlags flags) {
        synchronized (memory) {
            List<HeaderScan> fresh = new ArrayList<>();
            new Walk(flags, fresh).from(files);
            memory.learn(fresh, flags.macros().values().stream().filter(v -> v != null).toList());
        }
    }

    /** True when a file was looked through before it was asked for. */
    boolean isKnown(String path) {
        return cache.read(path).text().filter(t -> known(path, t) != null).isPresent();
    }

    /** What a parser needs to see of a file; empty when there is no such file. */
    Optional<SourceText> text(String path) {
        Optional<SourceText> full = cache.read(path).text();
        HeaderScan scan = full.map(t -> known(path, t)).orElse(null);
        if (scan == null || memory.isEverything() || isWhole(path)) {
            return full;
        }
        return memory.pruned(key(path), full.get(), scan);
    }

    private HeaderScan known(String path, SourceText text) {
        return memory.scan(key(path), text);
    }

    private HeaderMemory.Key key(String path) {
        return new HeaderMemory.Key(path, isWhole(path), cpp);
    }

    private boolean isWhole(String path) {
        return SdkHeader.isSdkHeader(path)
                || path.startsWith(ArmToolchain.INCLUDE_FOLDER)
                || own.test(Path.of(path));
    }

    /** Follows includes, under one set of flags. */
    private final class Walk {
        private final CompilerFlags flags;
        private final List<HeaderScan> fresh;
        private final NameTable names = memory.names();
        private final BitSet defined = new BitSet();
        private final Set<String> seen = new HashSet<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<String> folders = new ArrayList<>();
        private final Map<String, Optional<String>> onPath = new HashMap<>();

        /** An include that nothing has made possible yet. */
        private record Pending(String from, HeaderScan.Include include) {}

        private List<Pending> pending = new ArrayList<>();

        Walk(CompilerFlags flags, List<HeaderScan> fresh) {
            this.flags = flags;
            this.fresh = fresh;
            flags.includes().forEach(f -> folders.add(f.toString()));
            folders.add(ArmToolchain.INCLUDE_FOLDER);
            flags.systemIncludes().forEach(f -> folders.add(f.toString()));
            ArmToolchain.macros().keySet().forEach(m -> defined.set(names.id(m)));
            flags.macros().keySet().forEach(m -> defined.set(names.id(m)));
            if (flags.cpp()) {
                defined.set(names.id("__cplusplus"));
            }
        }

        void from(Collection<String> files) {
            files.forEach(this::reach);
            flags.forcedIncludes().forEach(f -> reach(f.toString()));
            boolean more = true;
            while (more) {
                while (!open.isEmpty()) {
                    read(open.poll());
                }
                List<Pending> waiting = pending;
                pending = new ArrayList<>();
                waiting.forEach(p -> include(p.from(), p.include()));
                more = !open.isEmpty();
            }
        }

        private void reach(String path) {
            if (seen.add(path)) {
                open.add(path);
            }
        }

        private void read(String path) {
            Optional<SourceText> text = cache.read(path).text();
            if (text.isEmpty()) {
                return;
            }
            HeaderMemory.Key key = key(path);
            HeaderScan scan = memory.scan(key, text.get());
            if (scan == null) {
                scan = memory.look(key, text.get());
                fresh.add(scan);
            }
            scan.defines().forEach(d -> defined.set(d.name()));
            for (HeaderScan.Include include : scan.includes()) {
                include(path, include);
            }
        }

        private void include(String from, HeaderScan.Include include) {
            if (!include.mayHappen(defined)) {
                pending.add(new Pending(from, include));
            } else if (!include.name().isEmpty()) {
                resolve(from, include).ifPresent(this::reach);
            }
        }

        private Optional<String> resolve(String from, HeaderScan.Include include) {
            if (include.name().startsWith("/")) {
                return existing("", include.name());
            }
            if (include.quoted()) {
                int slash = Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\'));
                Optional<String> beside =
                        existing(slash < 0 ? "." : from.substring(0, slash), include.name());
                if (beside.isPresent()) {
                    return beside;
                }
                for (Path folder : flags.quoteIncludes()) {
                    Optional<String> found = existing(folder.toString(), include.name());
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return onPath.computeIfAbsent(include.name(), this::search);
        }

        private Optional<String> search(String name) {
            for (String folder : folders) {
                Optional<String> found = existing(folder, name);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private Optional<String> existing(String folder, String name) {
            String path = Includes.normal(folder + "/" + name);
            return cache.read(path).text().isPresent() ? Optional.of(path) : Optional.empty();
        }
    }
}
