package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where regions may be entered by other regions, and how they hand over to each other.
 *
 * <p>A call of the guest is a call in the JVM: what it returns to is known before it returns.
 * Whoever calls must be ready for anything else, though: the guest may go elsewhere, and the number
 * of instructions may run out. Then the callers return one after the other.
 */
public final class Entrances {
    /** Stands for all that must not be entered: executes nothing. */
    static final CompiledRegion CLOSED =
            new CompiledRegion() {
                @Override
                public int run(int left, int depth) {
                    return left;
                }
            };

    /** Calls inside each other; more of them, and all return. */
    static final int MAX_DEPTH = 64;

    /** No address of an instruction. */
    private static final int NOWHERE = -1;

    /** Size of the direct-mapped table of where regions are entered. */
    private static final int SIZE = 1 << 12;

    private final CpuState cpu;
    private final CompiledRegion[] table = new CompiledRegion[SIZE];
    private final Map<Integer, Link> links = new HashMap<>();

    Entrances(CpuState cpu) {
        this.cpu = cpu;
        closeAll();
    }

    private static int slot(int address) {
        return (address >>> 1) & (SIZE - 1);
    }

    /** The region that may be entered at an address, or null. */
    public CompiledRegion at(int address) {
        CompiledRegion region = table[slot(address)];
        return region.start() == address ? region : null;
    }

    /** Lets other regions enter this one. */
    public void open(CompiledRegion region) {
        table[slot(region.start())] = region;
        link(region.start()).target = region;
    }

    /** Lets no other region enter the one at an address. */
    public void close(int address) {
        table[slot(address)] = CLOSED;
        link(address).target = CLOSED;
    }

    /** Lets no region be entered. */
    public void closeAll() {
        Arrays.fill(table, CLOSED);
        links.values().forEach(link -> link.target = CLOSED);
    }

    /** What calls of an address are to go through. */
    Link link(int address) {
        return links.computeIfAbsent(address, a -> new Link());
    }

    /**
     * Runs one region after the other while they may be entered.
     *
     * @param left how many instructions may be executed
     * @return how many are left
     */
    public int run(CompiledRegion first, int left) {
        int after = first.run(left, 0);
        return after == left ? after : proceed(after, NOWHERE, 0);
    }

    /**
     * Runs regions from the PC on, until they get to an address or there is none to be entered.
     *
     * @param depth of calls inside each other
     * @return how many instructions are left
     */
    int proceed(int limit, int until, int depth) {
        final CpuState cpu = this.cpu;
        final CompiledRegion[] table = this.table;
        int left = limit;
        while (cpu.it == 0 && cpu.pc != until) {
            int pc = cpu.pc;
            CompiledRegion region = table[slot(pc)];
            if (region.start() != pc) {
                break;
            }
            int after = region.run(left, depth);
            if (after == left) {
                break;
            }
            left = after;
        }
        return left;
    }
}
