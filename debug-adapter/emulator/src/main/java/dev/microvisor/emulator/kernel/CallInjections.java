package dev.microvisor.emulator.kernel;

import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.Stateful;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The injections of a run and how often their places have been passed. Which injections there are
 * is a matter of the run, not of the machine's state: a snapshot holds only the counts.
 */
final class CallInjections implements Stateful<List<Integer>> {
    private List<CallInjection> injections = List.of();
    private List<Integer> counts = List.of();

    /** Replaces all; counting starts anew. */
    void replace(List<CallInjection> others) {
        injections = List.copyOf(others);
        counts = Collections.nCopies(injections.size(), 0);
    }

    /** True when a call of a name may still be answered, or has to be counted until then. */
    boolean await(String call) {
        for (int i = 0; i < injections.size(); i++) {
            if (injections.get(i).call().equals(call) && !injections.get(i).isOver(counts.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** How often the place of each injection has been passed, in the order they were given. */
    List<Integer> counts() {
        return counts;
    }

    /** A call is being made; what is to be answered in place of Microvisor, if anything is. */
    Optional<Status> beforeCall(SystemCall call, int callSite) {
        Optional<Status> answer = Optional.empty();
        for (int i = 0; i < injections.size(); i++) {
            CallInjection injection = injections.get(i);
            if (!injection.call().equals(call.name()) || !injection.sites().test(callSite)) {
                continue;
            }
            int ordinal = counts.get(i) + 1;
            List<Integer> counted = new ArrayList<>(counts);
            counted.set(i, ordinal);
            counts = List.copyOf(counted);
            if (injection.covers(ordinal) && answer.isEmpty()) {
                answer = Optional.of(injection.status());
            }
        }
        return answer;
    }

    /**
     * True for a status that comes with the call's whole effect, such as CHANNELCLOSED of {@code
     * mvCloseChannel}: the handle ends and its variable becomes 0 all the same.
     */
    static boolean endsHandle(SystemCall call, Status status) {
        return call.effects().stream()
                .anyMatch(
                        effect ->
                                effect instanceof Effect.Releases releases
                                        && releases.statuses().contains(status.constantName()));
    }

    @Override
    public List<Integer> save() {
        return counts;
    }

    /** Counts of other injections mean nothing to these. */
    @Override
    public void restore(List<Integer> state) {
        counts =
                state.size() == injections.size()
                        ? state
                        : Collections.nCopies(injections.size(), 0);
    }
}
