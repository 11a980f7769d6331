package dev.microvisor.catalog;

import java.util.List;
import java.util.Optional;

/**
 * One system call.
 *
 * @param name the exported symbol, such as {@code mvOpenChannel}
 * @param slot index in the non-secure-callable table; the entry is at {@code 0x0C1FE000 + 8 * slot}
 * @param group the page that describes it
 * @param summary one sentence, in our words
 * @param prose further Markdown paragraphs for hover; may be empty
 * @param parameters in order; at most four words
 * @param tier what ignoring its status means
 * @param statuses the errors in the order in which Microvisor checks them; OKAY is not listed
 * @param notifications names of {@code MvEventType} constants that the call may lead to
 * @param context whether an interrupt handler may call it
 * @param deprecated present when firmware should stop using it
 * @param inHeader false for a call that is exported but absent from the SDK header
 * @param effects what the call does to resources, see {@link Effect}
 * @param source which document or header states these facts
 */
public record SystemCall(
        String name,
        int slot,
        Group group,
        String summary,
        String prose,
        List<Parameter> parameters,
        Tier tier,
        List<StatusCase> statuses,
        List<String> notifications,
        InterruptContext context,
        Optional<Deprecation> deprecated,
        boolean inHeader,
        List<Effect> effects,
        String source) {

    /** Address of slot 0 of the non-secure-callable table. */
    public static final int TABLE_ADDRESS = 0x0C1F_E000;

    /** Entries of the table; two of them have no call. */
    public static final int SLOTS = 74;

    public SystemCall {
        parameters = List.copyOf(parameters);
        statuses = List.copyOf(statuses);
        notifications = List.copyOf(notifications);
        effects = List.copyOf(effects);
    }

    /** The call's entry address without the Thumb bit. */
    public int address() {
        return TABLE_ADDRESS + 8 * slot;
    }

    public Optional<Parameter> parameter(String parameterName) {
        return parameters.stream().filter(p -> p.name().equals(parameterName)).findFirst();
    }

    /** Index of a parameter, or -1. */
    public int parameterIndex(String parameterName) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(parameterName)) {
                return i;
            }
        }
        return -1;
    }

    /** The C prototype, as the SDK header would write it. */
    public String prototype() {
        StringBuilder text = new StringBuilder("enum MvStatus ").append(name).append('(');
        if (parameters.isEmpty()) {
            text.append("void");
        }
        for (int i = 0; i < parameters.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(parameters.get(i).declaration());
        }
        return text.append(");").toString();
    }
}
