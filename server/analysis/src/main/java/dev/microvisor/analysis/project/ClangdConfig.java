package dev.microvisor.analysis.project;

import dev.microvisor.analysis.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the {@code .clangd} files in the parents of a source say about its compile command: the
 * section {@code CompileFlags} with {@code Add}, {@code Remove} and {@code CompilationDatabase},
 * under {@code If} with {@code PathMatch} and {@code PathExclude}. The rest is clangd's own.
 *
 * <p>See https://clangd.llvm.org/config. A user's own {@code config.yaml} is not read: a build
 * server has none.
 */
final class ClangdConfig {
    static final String NAME = ".clangd";

    /** Larger files are not settings. */
    private static final long MAX_BYTES = 1 << 20;

    /** Documents of one file; each may be for other sources. */
    private static final int MAX_DOCUMENTS = 64;

    /** Flags of which {@code Remove} takes the argument, too, and every spelling. */
    private static final List<String> WITH_VALUE =
            List.of("-I", "-D", "-U", "-isystem", "-iquote", "-idirafter", "-include", "-imacros");

    private final List<Problem> problems;
    private final Map<Path, List<Fragment>> folders = new HashMap<>();

    /** A document of one file. */
    private record Fragment(
            Path folder,
            List<Pattern> matches,
            List<Pattern> excludes,
            List<String> add,
            List<String> remove,
            Optional<String> database) {
        boolean appliesTo(Path source) {
            String path = folder.relativize(source).toString().replace('\\', '/');
            return matches.stream().allMatch(m -> m.matcher(path).matches())
                    && excludes.stream().noneMatch(e -> e.matcher(path).matches());
        }
    }

    /**
     * @param problems hears of files that cannot be read
     */
    ClangdConfig(List<Problem> problems) {
        this.problems = problems;
    }

    /** The database that the nearest file names; empty when none does. */
    Optional<Path> database(Path source) {
        Optional<Path> named = Optional.empty();
        for (Fragment fragment : of(source)) {
            if (fragment.database().isPresent()) {
                named = path(fragment.folder(), fragment.database().get());
            }
        }
        return named;
    }

    /** "Ancestors" is the usual search, and "None" would leave us with less than a guess. */
    private static Optional<Path> path(Path folder, String name) {
        if (name.equals("Ancestors") || name.equals("None")) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.resolve(name).normalize().resolve(CompileDatabase.NAME));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The arguments of a compile command without what is removed and with what is added. */
    List<String> adjusted(Path source, List<String> arguments) {
        List<String> adjusted = arguments;
        for (Fragment fragment : of(source)) {
            adjusted = without(adjusted, fragment.remove());
            adjusted.addAll(fragment.add());
        }
        return adjusted;
    }

    private static List<String> without(List<String> arguments, List<String> remove) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (i == 0 || remove.stream().noneMatch(r -> isMeant(r, word))) {
                left.add(word);
            } else if (WITH_VALUE.contains(word)) {
                i++;
            }
        }
        return left;
    }

    private static boolean isMeant(String remove, String word) {
        return word.equals(remove)
                || (WITH_VALUE.contains(remove) && word.startsWith(remove))
                || (remove.endsWith("*")
                        && word.startsWith(remove.substring(0, remove.length() - 1)));
    }

    /** Outer files first: inner ones refine them. */
    private List<Fragment> of(Path source) {
        List<Fragment> all = new ArrayList<>();
        for (Path dir = source.getParent(); dir != null; dir = dir.getParent()) {
            all.addAll(0, folders.computeIfAbsent(dir, this::read));
        }
        return all.stream().filter(f -> f.appliesTo(source)).toList();
    }

    private List<Fragment> read(Path folder) {
        Path file = folder.resolve(NAME);
        List<Fragment> fragments = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return fragments;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(broken(file, "is too large to be settings"));
                return fragments;
            }
            try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
                for (Object document : yaml.loadAll(text)) {
                    if (document instanceof Map<?, ?> map && fragments.size() < MAX_DOCUMENTS) {
                        fragments.add(fragment(folder, map));
                    }
                }
            }
        } catch (IOException e) {
            problems.add(broken(file, "cannot be read"));
        } catch (YAMLException e) {
            problems.add(broken(file, "is not valid YAML"));
        } catch (PatternSyntaxException e) {
            problems.add(broken(file, "has a PathMatch that is no regular expression"));
        }
        return fragments;
    }

    private static Fragment fragment(Path folder, Map<?, ?> document) {
        Map<?, ?> condition = section(document, "If");
        Map<?, ?> flags = section(document, "CompileFlags");
        return new Fragment(
                folder,
                patterns(condition, "PathMatch"),
                patterns(condition, "PathExclude"),
                words(flags, "Add"),
                words(flags, "Remove"),
                words(flags, "CompilationDatabase").stream().findFirst());
    }

    private static Map<?, ?> section(Map<?, ?> document, String name) {
        return document.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<Pattern> patterns(Map<?, ?> section, String name) {
        return words(section, name).stream().map(Pattern::compile).toList();
    }

    /** A scalar or a list of scalars. */
    private static List<String> words(Map<?, ?> section, String name) {
        Object value = section.get(name);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    private static Problem broken(Path file, String what) {
        return new Problem(
                file,
                Optional.empty(),
                NAME + " " + what + "; its compile flags are not used",
                "see https://clangd.llvm.org/config",
                false);
    }
}
