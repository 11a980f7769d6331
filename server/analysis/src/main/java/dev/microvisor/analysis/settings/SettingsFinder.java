package dev.microvisor.analysis.settings;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the settings of a source: the nearest {@code microvisor.toml} in its folder or a parent.
 * Each file is read once; make a new finder when files may have changed. Safe for several threads.
 */
public final class SettingsFinder {
    /** Folders that are looked at upwards: a limit for paths that lead round in circles. */
    private static final int MAX_PARENTS = 256;

    private final SettingsReader reader;
    private final boolean reads;
    private final Map<Path, Settings> byFolder = new TreeMap<>();
    private final Map<Path, SettingsReader.Parsed> byFile = new TreeMap<>();

    /**
     * @param knownRules ids and other names of rules; empty when unknown rules should pass
     */
    public SettingsFinder(Set<String> knownRules) {
        this(knownRules, true);
    }

    private SettingsFinder(Set<String> knownRules, boolean reads) {
        this.reader = new SettingsReader(knownRules);
        this.reads = reads;
    }

    /** A finder that finds the defaults for every source. */
    public static SettingsFinder isolated() {
        return new SettingsFinder(Set.of(), false);
    }

    public synchronized Settings of(Path source) {
        Path absolute = source.toAbsolutePath().normalize();
        Path folder = Files.isDirectory(absolute) ? absolute : absolute.getParent();
        return folder == null || !reads ? Settings.DEFAULT : ofFolder(folder);
    }

    /** The wrappers that hold for any of these sources, each once. */
    public List<Wrapper> wrappers(Collection<Path> sources) {
        return sources.stream().flatMap(s -> of(s).wrappers().stream()).distinct().toList();
    }

    private Settings ofFolder(Path folder) {
        Settings known = byFolder.get(folder);
        if (known != null) {
            return known;
        }
        Settings found = Settings.DEFAULT;
        Path at = folder;
        for (int i = 0; at != null && i < MAX_PARENTS; i++, at = at.getParent()) {
            Path file = at.resolve(Settings.FILE_NAME);
            if (Files.isRegularFile(file)) {
                found = byFile.computeIfAbsent(file, reader::read).settings();
                break;
            }
        }
        byFolder.put(folder, found);
        return found;
    }

    /**
     * The findings that are wanted, with the severities that are wanted.
     *
     * @param ordered what the user orders for this run; it refines what the settings files say
     * @param hints whether hints are wanted that nobody asked for by name
     */
    public List<Finding> choose(List<Finding> findings, RuleChoice ordered, boolean hints) {
        List<Finding> chosen = new ArrayList<>();
        for (Finding finding : findings) {
            Path file = finding.range().file();
            Settings settings = of(file);
            settings.rulesFor(file)
                    .refinedBy(ordered)
                    .decide(finding.rule(), finding.severity(), hints || settings.pedantic())
                    .map(severity -> withSeverity(finding, severity))
                    .ifPresent(chosen::add);
        }
        return chosen;
    }

    private static Finding withSeverity(Finding f, Severity severity) {
        return severity == f.severity()
                ? f
                : new Finding(
                        f.rule(),
                        severity,
                        f.range(),
                        f.function(),
                        f.message(),
                        f.why(),
                        f.help(),
                        f.path(),
                        f.fixes());
    }

    /** What was wrong in the files that were read so far. */
    public synchronized List<Problem> problems() {
        List<Problem> all = new ArrayList<>();
        byFile.values().forEach(parsed -> all.addAll(parsed.problems()));
        return all;
    }
}
