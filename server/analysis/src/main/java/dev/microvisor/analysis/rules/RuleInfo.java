package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import java.util.List;
import java.util.Set;

/**
 * What is fixed about a rule; its prose is the page of its id.
 *
 * @param id what users write to allow it
 * @param severity of its findings, unless a finding says otherwise
 * @param fixing how far its findings can be mended by an edit
 * @param since the version that brought it
 * @param tags for filters and SARIF
 * @param aliases other names that users may write for it
 */
public record RuleInfo(
        String id,
        Severity severity,
        Fixing fixing,
        String since,
        Set<Tag> tags,
        List<String> aliases) {
    public RuleInfo {
        tags = Set.copyOf(tags);
        aliases = List.copyOf(aliases);
    }

    RuleInfo(String id, Severity severity, Tag... tags) {
        this(id, severity, Fixing.NONE, tags);
    }

    RuleInfo(String id, Severity severity, Fixing fixing, Tag... tags) {
        this(id, severity, fixing, "0.1", Set.of(tags), List.of());
    }

    /** The same rule, which users may also call by another name. */
    RuleInfo alias(String name) {
        return new RuleInfo(id, severity, fixing, since, tags, List.of(name));
    }

    /**
     * Whether findings come with edits. Not every finding of a rule can be mended: where an edit
     * cannot be placed so that the file surely compiles there is none.
     */
    public enum Fixing {
        NONE(""),
        /** Edits that somebody must look at. */
        SUGGESTED("`microvisor lint --fix --unsafe-fixes` makes a suggestion."),
        /** Edits that change nothing but the mistake. */
        SAFE("`microvisor lint --fix` does it.");

        private final String sentence;

        Fixing(String sentence) {
            this.sentence = sentence;
        }

        /** How to get the edit, in Markdown; empty when there is none. */
        public String sentence() {
            return sentence;
        }
    }

    /** What a rule is about or how it works. */
    public enum Tag {
        STATUS,
        BUFFERS,
        DATA,
        HANDLES,
        NOTIFICATIONS,
        INTERRUPTS,
        CONTROL_FLOW,
        DEPRECATED,
        /** Sound with the SDK header only, so that it may speak while somebody types. */
        QUICK,
        /** Needs every file of the program; silent when parts are missing. */
        WHOLE_PROGRAM
    }

    public boolean is(Tag tag) {
        return tags.contains(tag);
    }
}
