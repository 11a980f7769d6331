package dev.microvisor.emulator.history;

import dev.microvisor.emulator.core.Footprint;
import dev.microvisor.emulator.machine.MachineSnapshot;
import dev.microvisor.emulator.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The remembered states of a run, oldest first, within a budget of memory. Near the present they
 * lie dense; each time the budget is used up every second one of the older ones is forgotten, so
 * the further back, the sparser they are.
 */
final class Moments {
    /** So many of the youngest are never thinned out: short steps back stay fast. */
    static final int DENSE = 64;

    /**
     * Most states after a change by hand. They cannot be thinned out, because replays need them;
     * past this number history begins later instead.
     */
    static final int MAX_PINNED = 1000;

    /** What a state costs besides its own pages: the table of pages, registers, kernel. */
    static final long OVERHEAD_BYTES = 10_000;

    private static final long PAGE_BYTES = Memory.PAGE_SIZE;

    private long budgetBytes;
    private final List<Moment> moments = new ArrayList<>();
    private long bytes;
    private int pinned;

    Moments(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    long budget() {
        return budgetBytes;
    }

    void setBudget(long newBudgetBytes) {
        budgetBytes = newBudgetBytes;
    }

    /**
     * Adds the youngest.
     *
     * @param ran what ran since the one before
     */
    void add(Position position, MachineSnapshot snapshot, boolean pin, Footprint ran) {
        // In a loop the same runs again and again, and need not be kept again and again.
        boolean again = !moments.isEmpty() && last().before().same(ran);
        Footprint before = again ? last().before() : ran;
        addLast(new Moment(position, snapshot, pin, before, 0));
        pinned += pin ? 1 : 0;
        if (pinned > MAX_PINNED) {
            forgetBeforeFirstPinned();
        }
        if (bytes > budgetBytes) {
            thin();
        }
    }

    private void addLast(Moment moment) {
        long cost = OVERHEAD_BYTES;
        if (!moments.isEmpty()) {
            MachineSnapshot before = last().snapshot();
            cost += moment.snapshot().memory().changedPages(before.memory()).size() * PAGE_BYTES;
            cost += moment.before() == last().before() ? 0 : moment.before().bytes();
        }
        moments.add(moment.costing(cost));
        bytes += cost;
    }

    /** Every second state before the dense part goes, except the first and the pinned ones. */
    private void thin() {
        List<Moment> kept = new ArrayList<>();
        int dense = moments.size() - DENSE;
        boolean keep = true;
        Footprint dropped = Footprint.NOTHING;
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            Footprint ran = dropped.with(moment.before());
            if (i == 0 || i >= dense || moment.pinned() || keep) {
                kept.add(moment.after(ran));
                dropped = Footprint.NOTHING;
            } else {
                dropped = ran;
            }
            keep = !keep;
        }
        replaceBy(kept);
    }

    private void forgetBeforeFirstPinned() {
        int first = nextPinned(0).orElseThrow();
        replaceBy(List.copyOf(moments.subList(first, moments.size())));
        pinned--;
        moments.set(0, first().unpinned());
    }

    private void replaceBy(List<Moment> kept) {
        moments.clear();
        bytes = 0;
        kept.forEach(this::addLast);
    }

    Moment first() {
        return moments.get(0);
    }

    Moment last() {
        return moments.get(moments.size() - 1);
    }

    /** Notes a better answer to what ran before a state. */
    void ranBefore(int index, Footprint ran) {
        moments.set(index, moments.get(index).after(ran));
    }

    int size() {
        return moments.size();
    }

    Moment get(int index) {
        return moments.get(index);
    }

    long bytes() {
        return bytes;
    }

    /** Index of the youngest state at or before an instruction number; -1 when there is none. */
    int indexAtOrBefore(long instruction) {
        int low = 0;
        int high = moments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (moments.get(middle).position().instruction() <= instruction) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Index of the first pinned state from an index on. */
    OptionalInt nextPinned(int fromIndex) {
        for (int i = Math.max(fromIndex, 0); i < moments.size(); i++) {
            if (moments.get(i).pinned()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Forgets all that came after the state with this index. */
    void dropAfter(int index) {
        while (moments.size() > index + 1) {
            Moment dropped = moments.remove(moments.size() - 1);
            bytes -= dropped.bytes();
            pinned -= dropped.pinned() ? 1 : 0;
        }
    }
}
