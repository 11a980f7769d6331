package dev.microvisor.analysis;

import dev.microvisor.analysis.frontend.SourceCache;
import dev.microvisor.analysis.project.ProjectModel;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Interrupt;
import dev.microvisor.catalog.SystemCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sources that the build compiles besides those that are linted: a vendor's drivers and an
 * RTOS, when somebody asks for the folder of the application only. As long as none of them handles
 * interrupts, Microvisor's resources or what the application declares, the application can be
 * judged as if all were here.
 */
final class Bystanders {
    /** A build with more of them is not looked through. */
    private static final int MAX_FILES = 2000;

    private final ProjectModel model;
    private final List<Path> requested;
    private final SourceCache sources;
    private final Catalog catalog;
    private Boolean harmless;

    Bystanders(ProjectModel model, List<Path> requested, SourceCache sources, Catalog catalog) {
        this.model = model;
        this.requested =
                requested.stream()
                        .map(p -> p.toAbsolutePath().normalize())
                        .filter(Files::isDirectory)
                        .toList();
        this.sources = sources;
        this.catalog = catalog;
    }

    /** False also when it is not known what the build compiles. Ask when the units are read. */
    boolean areHarmless() {
        if (harmless == null) {
            Set<Path> others = model.bystanders();
            harmless = !others.isEmpty() && others.size() <= MAX_FILES && noneMatters(others);
        }
        return harmless;
    }

    private boolean noneMatters(Set<Path> others) {
        Pattern resources = Pattern.compile("\\b(" + usersOfResources() + ")\\s*\\(");
        Pattern handlers = Pattern.compile("\\bvoid\\s+(" + handlers() + ")\\s*\\(");
        Pattern headers = Pattern.compile("#\\s*include\\s*\"([^\"]*/)?(" + headers() + ")\"");
        return others.stream()
                .allMatch(
                        f ->
                                sources.text(f)
                                        .filter(
                                                t ->
                                                        !t.has(resources)
                                                                && !t.has(handlers)
                                                                && !t.has(headers))
                                        .isPresent());
    }

    /** Calls that get, use or give back something; reading a clock is no such thing. */
    private String usersOfResources() {
        return catalog.calls().stream()
                .filter(
                        c ->
                                c.effects().stream()
                                        .anyMatch(
                                                e ->
                                                        e instanceof Effect.Acquires
                                                                || e instanceof Effect.Uses
                                                                || e instanceof Effect.Releases))
                .map(SystemCall::name)
                .collect(Collectors.joining("|"));
    }

    private String handlers() {
        return catalog.interrupts().stream()
                .map(Interrupt::handlerName)
                .collect(Collectors.joining("|"));
    }

    /** The names of the headers below the folders asked for, as far as units include them. */
    private String headers() {
        return sources.states().entrySet().stream()
                .filter(f -> !f.getValue().isAbsent())
                .map(f -> Path.of(f.getKey()))
                .filter(f -> requested.stream().anyMatch(f::startsWith))
                .map(f -> Pattern.quote(f.getFileName().toString()))
                .distinct()
                .collect(Collectors.joining("|"));
    }
}
