package dev.microvisor.analysis.rules;

import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.stream.Stream;

/** Questions to contracts: what a system call does to resources. */
final class Effects {
    /** The catalog's word for channels. */
    static final String CHANNEL = "channel";

    /** The catalog's word for networks. */
    static final String NETWORK = "network";

    /** A channel with a request whose answer has not been given up. */
    static final String REQUESTED = "requested";

    /** A channel whose one request was refused. */
    static final String SPENT = "spent";

    private Effects() {}

    static <T extends Effect> Stream<T> of(SystemCall call, Class<T> kind) {
        return call.effects().stream().filter(kind::isInstance).map(kind::cast);
    }

    static boolean acquires(SystemCall call, String resource) {
        return of(call, Effect.Acquires.class).anyMatch(e -> e.resource().equals(resource));
    }

    static boolean releases(SystemCall call, String resource) {
        return of(call, Effect.Releases.class).anyMatch(e -> e.resource().equals(resource));
    }

    /** True for a call that sends a request: the channel is then waiting for an answer. */
    static boolean requests(SystemCall call) {
        return of(call, Effect.State.class).anyMatch(e -> e.state().equals(REQUESTED));
    }

    /** True for a call that reads an answer. */
    static boolean answers(SystemCall call) {
        return of(call, Effect.Uses.class).anyMatch(e -> e.states().contains(REQUESTED));
    }

    /** True for a call that a channel carries only once. */
    static boolean isOneShot(SystemCall call) {
        return call.statuses().stream()
                .anyMatch(s -> s.status().equals("MV_STATUS_REQUESTALREADYSENT"));
    }
}
