package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The order in which a call's conditions are looked at: that of the catalog, where it can be. What
 * concerns the channel behind a handle cannot be known before the handle is known to be good; a
 * pointer inside a structure is only followed when the action has begun ({@code LATEFAULT}).
 */
enum CheckOrder {
    /** The catalog's. */
    CATALOG(List.of()),

    /** A request: first the channel, then what is counted, then what is pointed at. */
    REQUEST(
            List.of(
                    Set.of(Status.CHANNELCLOSED, Status.REQUESTALREADYSENT, Status.RATELIMITED),
                    Set.of(Status.TOOMANYELEMENTS, Status.TOOMANYCONFIGKEYS),
                    Set.of(
                            Status.LATEFAULT,
                            Status.INVALIDBUFFERSIZE,
                            Status.UNKNOWNCONFIGSTORE,
                            Status.UNKNOWNCONFIGSCOPE,
                            Status.INVALIDCONFIGKEY))),

    /** A connect request: its counts lie behind pointers, too. */
    CONNECT(
            List.of(
                    Set.of(Status.CHANNELCLOSED, Status.REQUESTALREADYSENT),
                    Set.of(
                            Status.LATEFAULT,
                            Status.INVALIDAUTHENTICATION,
                            Status.TOOMANYELEMENTS,
                            Status.REQUIREDELEMENTMISSING),
                    Set.of(Status.INVALIDBUFFERSIZE))),

    /** Data that moves before its count is told, or that stays where it is when it is too long. */
    TRANSFER(
            List.of(
                    Set.of(Status.CHANNELCLOSED, Status.WRONGDATAREQUESTED),
                    Set.of(Status.INVALIDBUFFERSIZE),
                    Set.of(Status.LATEFAULT)));

    /** What comes after the statuses that are in none of them. */
    private final List<Set<Status>> stages;

    CheckOrder(List<Set<Status>> stages) {
        this.stages = List.copyOf(stages);
    }

    List<Status> of(List<Status> documented) {
        return documented.stream().sorted(Comparator.comparingInt(this::stage)).toList();
    }

    private int stage(Status status) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).contains(status)) {
                return i;
            }
        }
        return -1;
    }
}
