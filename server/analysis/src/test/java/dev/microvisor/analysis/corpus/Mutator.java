package dev.microvisor.analysis.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to spoil a correct program wherever a pattern fits.
 *
 * @param find what is replaced, in any style that the projects have
 * @param where what the line of the report must hold; {@code $1} stands for a group of the match;
 *     empty for the changed lines
 */
record Mutator(
        String kind,
        Set<String> rules,
        Pattern find,
        String replacement,
        String where,
        Predicate<String> harmless) {
    static Mutator of(String kind, String rules, String find, String replacement, String where) {
        return new Mutator(
                kind,
                Set.of(rules.split(",")),
                Pattern.compile(find),
                replacement,
                where,
                text -> false);
    }

    /** Leaves out what does no harm: texts with the pattern in them, once they are changed. */
    Mutator unless(String pattern) {
        Predicate<String> outer = harmless;
        Pattern allowed = Pattern.compile(pattern);
        return new Mutator(
                kind,
                rules,
                find,
                replacement,
                where,
                text -> outer.test(text) || allowed.matcher(text).find());
    }

    /** One mutation for each place that fits. */
    List<Mutation> apply(Project project) {
        List<Mutation> all = new ArrayList<>();
        project.texts()
                .forEach(
                        (file, text) -> {
                            Matcher match = find.matcher(text);
                            while (match.find()) {
                                StringBuilder after = new StringBuilder(text);
                                after.replace(
                                        match.start(), match.end(), expand(match, replacement));
                                if (after.toString().equals(text)
                                        || harmless.test(after.toString())) {
                                    continue;
                                }
                                all.add(
                                        new Mutation(
                                                project,
                                                kind,
                                                rules,
                                                file,
                                                after.toString(),
                                                where.isEmpty()
                                                        ? Optional.empty()
                                                        : Optional.of(
                                                                Pattern.compile(
                                                                        expand(match, where)))));
                            }
                        });
        return all;
    }

    private static String expand(Matcher match, String template) {
        String text = template;
        for (int i = match.groupCount(); i > 0; i--) {
            text = text.replace("$" + i, match.group(i) == null ? "" : match.group(i));
        }
        return text;
    }
}
