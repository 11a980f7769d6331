package dev.microvisor.analysis.settings;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns for paths under one folder, read as {@code .gitignore} reads them: a pattern without a
 * slash matches a file or folder of that name anywhere, one with a slash starts at the folder of
 * the settings file, and whatever matches a folder matches all below it.
 */
final class PathPatterns {
    private final Path base;
    private final List<PathMatcher> matchers = new ArrayList<>();

    PathPatterns(Path base, List<String> patterns) {
        this.base = base;
        for (String pattern : patterns) {
            add(pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern);
        }
    }

    private void add(String pattern) {
        if (pattern.contains("/")) {
            addGlob(pattern.startsWith("/") ? pattern.substring(1) : pattern);
        } else {
            addGlob(pattern);
            addGlob("**/" + pattern);
        }
    }

    private void addGlob(String glob) {
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob + "/**"));
        if (glob.startsWith("**/")) {
            // Java's "**/x" wants at least one folder in front; everybody else's does not.
            String rest = glob.substring(3);
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + rest));
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + rest + "/**"));
        }
    }

    boolean match(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(base)) {
            return false;
        }
        Path relative = base.relativize(absolute);
        return matchers.stream().anyMatch(m -> m.matches(relative));
    }
}
