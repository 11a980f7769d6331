package dev.microvisor.emulator.history;

import dev.microvisor.emulator.core.Footprint;
import dev.microvisor.emulator.machine.Debuggee.Watch;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.MemoryImage;
import dev.microvisor.emulator.memory.Region;
import java.util.Optional;

/**
 * The stretches between remembered states and what ran in each, so that a search leaves out those
 * in which what it looks for cannot have happened. Where nothing is known, it may have.
 */
final class Stretches {
    private final Machine machine;
    private final Moments moments;

    /** What ran since the youngest remembered state, up to when the machine last left the end. */
    private Footprint open = Footprint.NOTHING;

    Stretches(Machine machine, Moments moments) {
        this.machine = machine;
        this.moments = moments;
    }

    /**
     * The machine is going to be put elsewhere.
     *
     * @param atEnd whether it stands where the known run ends: only then it has done something new
     */
    void leave(boolean atEnd) {
        Footprint ran = machine.takeFootprint();
        if (atEnd) {
            open = open.with(ran);
        }
    }

    /** What ran since the youngest remembered state, when the next one is going to be added. */
    Footprint close() {
        Footprint ran = open.with(machine.takeFootprint());
        open = Footprint.NOTHING;
        return ran;
    }

    /** The remembered states after the one with this index are going to be forgotten. */
    void openAfter(int index) {
        if (index + 1 < moments.size()) {
            open = moments.get(index + 1).before();
        }
    }

    /** The youngest remembered state is going to be replaced by one at the same place. */
    void reopen() {
        open = open.with(moments.last().before());
    }

    /**
     * A replay has run the stretch before a remembered state from its beginning to its end. With
     * breakpoints set, compiled code ends before them, so the answer may be a better one.
     */
    void ranAgain(int index) {
        Footprint known = moments.get(index).before();
        Footprint ran = machine.takeFootprint();
        Footprint both = known.onlyWith(ran);
        if (!both.same(known)) {
            moments.ranBefore(index, both);
        }
    }

    /** Whether what is sought may have happened in the stretch after a remembered state. */
    boolean mayHold(int index, Search.Sought sought) {
        boolean last = index + 1 >= moments.size();
        Footprint ran = last ? open : moments.get(index + 1).before();
        if ((sought.wanted().calls() && ran.called())
                || (sought.wanted().happenings() && ran.happened())) {
            return true;
        }
        for (int address : sought.addresses()) {
            if (ran.mayInclude(address)) {
                return true;
            }
        }
        for (Watch watch : sought.watches()) {
            if (watch.onRead() || last || mayWrite(index, watch)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayWrite(int index, Watch watch) {
        MemoryImage start = moments.get(index).snapshot().memory();
        MemoryImage end = moments.get(index + 1).snapshot().memory();
        int last = watch.address() + watch.sizeBytes() - 1;
        for (int page = watch.address() & -Memory.PAGE_SIZE;
                page - last <= 0;
                page += Memory.PAGE_SIZE) {
            Optional<Region> region = machine.regionAt(page);
            // What is no memory is a device; nobody notes when that is written.
            if (region.isEmpty() || start.mayDiffer(end, region.get(), page)) {
                return true;
            }
        }
        return false;
    }
}
