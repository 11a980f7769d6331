package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where regions may be entered, and how they hand over to each other.
 *
 * <p>A call of the guest is a call in the JVM: where it returns to is known before it returns.
 * Whoever calls must be ready for anything else, though: the guest may get somewhere else, or has
 * to be left alone. Then the callers return one after the other.
 */
public final class Entrances {
    /** Stands for what must not be entered: executes nothing. */
    static final CompiledRegion CLOSED =
            new CompiledRegion() {
                @Override
                public int run(int left, int depth) {
                    return left;
                }
            };

    /** Calls inside each other; those beyond are not made in the JVM. */
    static final int MAX_DEPTH = 64;

    /** No address of an instruction. */
    private static final int NOWHERE = -1;

    /** Size of the direct-mapped table. */
    private static final int SIZE = 1 << 12;

    private final CpuState cpu;
    private final Fallback fallback;
    private final CompiledRegion[] table = new CompiledRegion[SIZE];
    private final Map<Integer, Link> links = new HashMap<>();
    private boolean emptied;

    Entrances(CpuState cpu, Fallback fallback) {
        this.cpu = cpu;
        this.fallback = fallback;
        Arrays.fill(table, CLOSED);
    }

    private static int slot(int address) {
        return (address >>> 1) & (SIZE - 1);
    }

    /** The region that may be entered at an address, or null. */
    public CompiledRegion at(int address) {
        CompiledRegion region = table[slot(address)];
        return region.start() == address ? region : null;
    }

    /** Lets a region be entered. */
    public void open(CompiledRegion region) {
        table[slot(region.start())] = region;
        link(region.start()).target = region;
    }

    /** Lets no region be entered at an address. */
    public void close(int address) {
        table[slot(address)] = CLOSED;
        link(address).target = CLOSED;
    }

    /** Lets no region be entered before it is opened again. */
    public void closeAll() {
        emptied = true;
        Arrays.fill(table, CLOSED);
        links.values().forEach(link -> link.target = CLOSED);
    }

    /** Lets no region be entered; none that exists will be again. */
    void clear() {
        closeAll();
        // As many as their regions call, whose number is limited.
        links.clear();
    }

    /** True when regions that are being executed may be out of date: they must be left. */
    public boolean wasEmptied() {
        return emptied;
    }

    /** What calls of an address are to go through. */
    Link link(int address) {
        return links.computeIfAbsent(address, a -> new Link());
    }

    /**
     * Executes from the PC on until the fallback says {@link Fallback#UNWIND}.
     *
     * @param left how many instructions may be executed
     */
    public void run(int left) {
        emptied = false;
        proceed(left, NOWHERE, 0);
    }

    /**
     * Executes from the PC on until the guest gets to an address.
     *
     * @param depth of calls inside each other
     * @return how many instructions are left, or {@link Fallback#UNWIND}
     */
    int proceed(int limit, int until, int depth) {
        final CpuState cpu = this.cpu;
        final CompiledRegion[] table = this.table;
        int left = limit;
        while (left >= 0 && (cpu.pc != until || cpu.it != 0)) {
            int pc = cpu.pc;
            CompiledRegion region = table[slot(pc)];
            if (region.start() != pc || cpu.it != 0) {
                left = fallback.execute(left, null);
                continue;
            }
            int after = region.run(left, depth);
            left = after == left ? fallback.execute(left, region) : after;
        }
        return left;
    }
}
