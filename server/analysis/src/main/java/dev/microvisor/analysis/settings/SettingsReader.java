package dev.microvisor.analysis.settings;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code microvisor.toml}. Every key that it does not know is reported. */
final class SettingsReader {
    /** A settings file is written by hand; a larger one is something else. */
    static final long MAX_BYTES = 1 << 20;

    static final Set<String> TOP_KEYS =
            Set.of(
                    "select",
                    "ignore",
                    "severity",
                    "exclude",
                    "pedantic",
                    "compile-commands",
                    "override",
                    "wrapper");
    static final Set<String> OVERRIDE_KEYS = Set.of("paths", "select", "ignore", "severity");
    static final Set<String> WRAPPER_KEYS =
            Set.of("function", "acquires", "releases", "checks", "never-returns");

    private final Set<String> knownRules;

    SettingsReader(Set<String> knownRules) {
        this.knownRules = Set.copyOf(knownRules);
    }

    /** Settings with whatever could be read, and what could not. */
    record Parsed(Settings settings, List<Problem> problems) {
        Parsed {
            problems = List.copyOf(problems);
        }
    }

    Parsed read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return broken(file, "is larger than " + MAX_BYTES + " bytes");
            }
            return parse(file, Files.readString(file));
        } catch (IOException e) {
            return broken(file, "cannot be read as UTF-8 text (" + e.getMessage() + ")");
        }
    }

    private static Parsed broken(Path file, String what) {
        return new Parsed(
                Settings.DEFAULT,
                List.of(
                        new Problem(
                                file,
                                Optional.empty(),
                                what,
                                "see the settings section of server/cli/README.md",
                                true)));
    }

    Parsed parse(Path file, String text) {
        TomlParseResult toml = Toml.parse(text);
        Reading reading = new Reading(file);
        for (TomlParseError error : toml.errors()) {
            reading.problem(error.position(), error.getMessage(), "correct the TOML syntax");
        }
        if (toml.hasErrors()) {
            // What the parser makes of the rest is no one's intention.
            return new Parsed(Settings.DEFAULT, reading.problems);
        }
        reading.checkKeys(toml, TOP_KEYS, "at the top level");
        Settings settings =
                new Settings(
                        Optional.of(file),
                        reading.flag(toml, "pedantic"),
                        reading.text(toml, "compile-commands").map(file.getParent()::resolve),
                        reading.rules(toml),
                        reading.patterns(toml, "exclude"),
                        reading.overrides(toml),
                        reading.wrappers(toml));
        return new Parsed(settings, reading.problems);
    }

    /** One pass over one file, collecting problems. */
    private final class Reading {
        private final Path file;
        private final List<Problem> problems = new ArrayList<>();

        Reading(Path file) {
            this.file = file;
        }

        void problem(TomlPosition at, String what, String advice) {
            Optional<Integer> line = Optional.ofNullable(at).map(p -> p.line() - 1);
            problems.add(new Problem(file, line, what, advice, true));
        }

        void checkKeys(TomlTable table, Set<String> known, String where) {
            for (String key : table.keySet()) {
                if (!known.contains(key)) {
                    problem(
                            table.inputPositionOf(List.of(key)),
                            "unknown key '" + key + "' " + where,
                            Suggestion.among(known, key)
                                    .map(s -> "did you mean '" + s + "'?")
                                    .orElse("known keys: " + String.join(", ", sorted(known))));
                }
            }
        }

        boolean flag(TomlTable table, String key) {
            Object value = table.get(List.of(key));
            if (value != null && !(value instanceof Boolean)) {
                wrongType(table, key, "true or false");
            }
            return Boolean.TRUE.equals(value);
        }

        Optional<String> text(TomlTable table, String key) {
            Object value = table.get(List.of(key));
            if (value != null && !(value instanceof String)) {
                wrongType(table, key, "a text in quotes");
            }
            return value instanceof String text ? Optional.of(text) : Optional.empty();
        }

        private void wrongType(TomlTable table, String key, String wanted) {
            problem(
                    table.inputPositionOf(List.of(key)),
                    "'" + key + "' has the wrong type",
                    "write " + wanted);
        }

        List<String> texts(TomlTable table, String key) {
            Object value = table.get(List.of(key));
            if (value == null) {
                return List.of();
            }
            if (value instanceof String text) {
                return List.of(text);
            }
            List<String> texts = new ArrayList<>();
            if (value instanceof TomlArray array) {
                for (Object element : array.toList()) {
                    if (element instanceof String text) {
                        texts.add(text);
                    }
                }
                if (texts.size() == array.size()) {
                    return texts;
                }
            }
            wrongType(table, key, "a list of texts, such as " + key + " = [\"…\"]");
            return texts;
        }

        List<String> patterns(TomlTable table, String key) {
            List<String> good = new ArrayList<>();
            for (String pattern : texts(table, key)) {
                try {
                    new PathPatterns(file.getParent(), List.of(pattern));
                    good.add(pattern);
                } catch (PatternSyntaxException e) {
                    problem(
                            table.inputPositionOf(List.of(key)),
                            "'" + pattern + "' is no path pattern: " + e.getDescription(),
                            "write a pattern as in .gitignore, such as \"third_party/**\"");
                }
            }
            return good;
        }

        private List<String> ruleIds(TomlTable table, String key) {
            List<String> ids = texts(table, key);
            for (String id : ids) {
                checkRule(table.inputPositionOf(List.of(key)), id);
            }
            return ids;
        }

        private void checkRule(TomlPosition at, String id) {
            if (!knownRules.isEmpty()
                    && !knownRules.contains(Rules.idOf(id))
                    && !id.equals(RuleChoice.ALL)) {
                problem(
                        at,
                        "unknown rule '" + id + "'",
                        Suggestion.among(knownRules, id)
                                .map(s -> "did you mean '" + s + "'?")
                                .orElse("'microvisor rules' lists them"));
            }
        }

        RuleChoice rules(TomlTable table) {
            return new RuleChoice(
                    ruleIds(table, "select"), ruleIds(table, "ignore"), severities(table));
        }

        private Map<String, Level> severities(TomlTable table) {
            Map<String, Level> levels = new TreeMap<>();
            Object value = table.get(List.of("severity"));
            if (value instanceof TomlTable section) {
                for (String rule : section.keySet()) {
                    TomlPosition at = section.inputPositionOf(List.of(rule));
                    checkRule(at, rule);
                    Optional<Level> level =
                            Optional.ofNullable(section.get(List.of(rule)))
                                    .map(Object::toString)
                                    .flatMap(Level::of);
                    level.ifPresent(l -> levels.put(rule, l));
                    if (level.isEmpty()) {
                        problem(
                                at,
                                "no such severity for '" + rule + "'",
                                "write one of " + String.join(", ", Level.words()));
                    }
                }
            } else if (value != null) {
                wrongType(
                        table, "severity", "a table, such as [severity] and then rule = \"note\"");
            }
            return levels;
        }

        List<PathRules> overrides(TomlTable table) {
            List<PathRules> overrides = new ArrayList<>();
            for (TomlTable section : tables(table, "override")) {
                checkKeys(section, OVERRIDE_KEYS, "in [[override]]");
                if (!section.contains(List.of("paths"))) {
                    problem(null, "an [[override]] has no paths", "add paths = [\"tests\"]");
                }
                overrides.add(new PathRules(patterns(section, "paths"), rules(section)));
            }
            return overrides;
        }

        List<Wrapper> wrappers(TomlTable table) {
            List<Wrapper> wrappers = new ArrayList<>();
            for (TomlTable section : tables(table, "wrapper")) {
                checkKeys(section, WRAPPER_KEYS, "in [[wrapper]]");
                Optional<String> function = text(section, "function");
                if (function.isEmpty()) {
                    problem(null, "a [[wrapper]] has no function", "add function = \"its_name\"");
                    continue;
                }
                wrappers.add(
                        new Wrapper(
                                function.get(),
                                texts(section, "acquires"),
                                texts(section, "releases"),
                                flag(section, "checks"),
                                flag(section, "never-returns")));
            }
            return wrappers;
        }

        private List<TomlTable> tables(TomlTable table, String key) {
            Object value = table.get(List.of(key));
            List<TomlTable> tables = new ArrayList<>();
            if (value == null) {
                return tables;
            }
            List<Object> elements = value instanceof TomlArray array ? array.toList() : List.of("");
            for (Object element : elements) {
                if (element instanceof TomlTable section) {
                    tables.add(section);
                } else {
                    wrongType(table, key, "[[" + key + "]]");
                    break;
                }
            }
            return tables;
        }
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }
}
