package dev.microvisor.analysis.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one {@code microvisor.toml} says.
 *
 * @param file where it was read; empty for the defaults
 * @param pedantic whether hints are reported outside the editor
 * @param compileCommands a database that replaces the search for one
 * @param exclude patterns of paths that are not linted when a folder is searched
 */
public record Settings(
        Optional<Path> file,
        boolean pedantic,
        Optional<Path> compileCommands,
        RuleChoice rules,
        List<String> exclude,
        List<PathRules> overrides,
        List<Wrapper> wrappers) {

    /** Name of the file that is searched for. */
    public static final String FILE_NAME = "microvisor.toml";

    /** What holds where no settings file is found. */
    public static final Settings DEFAULT =
            new Settings(
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    RuleChoice.DEFAULT,
                    List.of(),
                    List.of(),
                    List.of());

    public Settings {
        exclude = List.copyOf(exclude);
        overrides = List.copyOf(overrides);
        wrappers = List.copyOf(wrappers);
    }

    /**
     * The rules that hold for a file: the general ones, then every override that matches, in order.
     */
    public RuleChoice rulesFor(Path source) {
        RuleChoice choice = rules;
        for (PathRules override : overrides) {
            if (matches(override.paths(), source)) {
                choice = choice.refinedBy(override.rules());
            }
        }
        return choice;
    }

    public boolean excludes(Path source) {
        return matches(exclude, source);
    }

    private boolean matches(List<String> patterns, Path source) {
        return file.map(Path::getParent)
                .filter(folder -> new PathPatterns(folder, patterns).match(source))
                .isPresent();
    }
}
