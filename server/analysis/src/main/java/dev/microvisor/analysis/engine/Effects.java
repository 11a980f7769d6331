package dev.microvisor.analysis.engine;

import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.stream.Stream;

/** Questions to contracts: what a system call does to resources. */
public final class Effects {
    /** The catalog's word for channels. */
    public static final String CHANNEL = "channel";

    /** The catalog's word for networks. */
    public static final String NETWORK = "network";

    /** A channel with a request whose answer has not been given up. */
    public static final String REQUESTED = "requested";

    /** A channel whose one request was refused. */
    public static final String SPENT = "spent";

    private Effects() {}

    public static <T extends Effect> Stream<T> of(SystemCall call, Class<T> kind) {
        return call.effects().stream().filter(kind::isInstance).map(kind::cast);
    }

    public static boolean acquires(SystemCall call, String resource) {
        return of(call, Effect.Acquires.class).anyMatch(e -> e.resource().equals(resource));
    }

    public static boolean releases(SystemCall call, String resource) {
        return of(call, Effect.Releases.class).anyMatch(e -> e.resource().equals(resource));
    }

    /** True for a call that sends a request: the channel is then waiting for an answer. */
    public static boolean requests(SystemCall call) {
        return of(call, Effect.State.class).anyMatch(e -> e.state().equals(REQUESTED));
    }

    /** True for a call that reads an answer. */
    public static boolean answers(SystemCall call) {
        return of(call, Effect.Uses.class).anyMatch(e -> e.states().contains(REQUESTED));
    }

    /** True for a call that a channel carries only once. */
    public static boolean isOneShot(SystemCall call) {
        return call.statuses().stream()
                .anyMatch(s -> s.status().equals("MV_STATUS_REQUESTALREADYSENT"));
    }
}
