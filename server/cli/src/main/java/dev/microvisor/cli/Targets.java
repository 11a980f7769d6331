package dev.microvisor.cli;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.project.SourceFiles;
import dev.microvisor.analysis.settings.SettingsFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources that files and folders stand for, as the analysis finds them.
 *
 * @param files absolute and sorted
 * @param problems folders that cannot be searched
 */
record Targets(List<Path> files, List<Problem> problems) {
    Targets {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    static Targets find(List<Path> paths, SettingsFinder settings) {
        Set<Path> files = new TreeSet<>();
        List<Problem> problems = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try {
                SourceFiles.below(path, CancelToken.NEVER).stream()
                        .filter(file -> !settings.of(file).excludes(file))
                        .forEach(files::add);
            } catch (IOException e) {
                problems.add(
                        new Problem(
                                path,
                                Optional.empty(),
                                "cannot be searched",
                                "check its permissions",
                                true));
            }
        }
        return new Targets(List.copyOf(files), problems);
    }
}
