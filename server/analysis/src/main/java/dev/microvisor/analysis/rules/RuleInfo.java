package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import java.util.Set;

/**
 * What is fixed about a rule; its prose is the page of its id.
 *
 * @param id what users write to allow it
 * @param severity of its findings, unless a finding says otherwise
 * @param since the version that brought it
 * @param tags for filters and SARIF
 */
public record RuleInfo(String id, Severity severity, String since, Set<Tag> tags) {
    public RuleInfo {
        tags = Set.copyOf(tags);
    }

    RuleInfo(String id, Severity severity, Tag... tags) {
        this(id, severity, "0.1", Set.of(tags));
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
