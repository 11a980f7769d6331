package dev.microvisor.emulator.kernel.interrupts;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which interrupts are fast. On the device a fast interrupt may pre-empt Microvisor itself; nothing
 * of Microvisor takes time here, so a fast interrupt differs from others only in that these calls
 * enable it, and not the application by the interrupt controller.
 */
public final class FastInterrupts implements Stateful<FastInterrupts.State> {
    /** Bytes of the vector table before the first interrupt. */
    private static final int FIRST_VECTOR_OFFSET = 16 * Integer.BYTES;

    private final Host host;
    private State state = new State(Set.of(), Set.of(), true);

    public FastInterrupts(Host host) {
        this.host = host;
    }

    /**
     * Everything that changes.
     *
     * @param fast marked as fast
     * @param enabled of those, the enabled ones; kept while all are disabled
     * @param allEnabled false between DisableAll and EnableAll
     */
    public record State(Set<Integer> fast, Set<Integer> enabled, boolean allEnabled) {
        public State {
            fast = Set.copyOf(fast);
            enabled = Set.copyOf(enabled);
        }
    }

    public boolean isFast(int irq) {
        return state.fast().contains(irq);
    }

    /** In ascending order. */
    public List<Integer> all() {
        return new ArrayList<>(new TreeSet<>(state.fast()));
    }

    Status set(int irq) {
        if (!host.guest().interruptExists(irq) || host.centres().usesInterrupt(irq)) {
            return Status.INVALIDINTERRUPT;
        }
        int vector = host.guest().vectorTable() + FIRST_VECTOR_OFFSET + irq * Integer.BYTES;
        if (!host.memory().readable(vector, Integer.BYTES)
                || !host.memory().readable(host.memory().word(vector) & ~1, Short.BYTES)) {
            return Status.INVALIDVECTOR;
        }
        change(new State(with(state.fast(), irq), state.enabled(), state.allEnabled()));
        return Status.OKAY;
    }

    Status clear(int irq) {
        return ifFast(
                irq,
                new State(
                        without(state.fast(), irq),
                        without(state.enabled(), irq),
                        state.allEnabled()));
    }

    Status enable(int irq) {
        return ifFast(irq, new State(state.fast(), with(state.enabled(), irq), state.allEnabled()));
    }

    Status disable(int irq) {
        return ifFast(
                irq, new State(state.fast(), without(state.enabled(), irq), state.allEnabled()));
    }

    void enableAll(boolean on) {
        change(new State(state.fast(), state.enabled(), on));
    }

    /** Each interrupt that is fast now reaches its handler when both it and all are enabled. */
    private void change(State next) {
        state = next;
        for (int irq : next.fast()) {
            boolean reaches = next.allEnabled() && next.enabled().contains(irq);
            host.guest().enableInterrupt(irq, reaches);
        }
    }

    /** An interrupt that is not fast is not one that these calls are for. */
    private Status ifFast(int irq, State next) {
        if (!isFast(irq)) {
            return Status.INVALIDINTERRUPT;
        }
        change(next);
        return Status.OKAY;
    }

    private static Set<Integer> with(Set<Integer> set, int irq) {
        Set<Integer> more = new TreeSet<>(set);
        more.add(irq);
        return more;
    }

    private static Set<Integer> without(Set<Integer> set, int irq) {
        Set<Integer> fewer = new TreeSet<>(set);
        fewer.remove(irq);
        return fewer;
    }

    /** The application is gone. */
    public void reset() {
        state = new State(Set.of(), Set.of(), true);
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
