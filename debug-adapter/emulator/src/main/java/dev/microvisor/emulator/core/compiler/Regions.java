package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.FloatOperations;
import dev.microvisor.emulator.memory.Memory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The code cache: regions by the addresses at which they are entered. When it is full it is
 * emptied; the garbage collector then unloads the classes.
 */
public final class Regions {
    /** Most regions kept. */
    static final int MAX_REGIONS = 3000;

    /** A page whose code has changed as often under compiled regions is not compiled any more. */
    private static final int MAX_CHANGES = 20;

    private static final int PAGE_BITS = 10;

    private final Entrances entrances;
    private final RegionCompiler compiler;
    private final Map<Integer, CompiledRegion> byEntry = new HashMap<>();
    private final Set<CompiledRegion> all = new HashSet<>();
    private final Set<Integer> hopeless = new HashSet<>();
    private final Map<Integer, Integer> changesOfPage = new HashMap<>();

    public Regions(
            CodeSource source,
            CpuState cpu,
            Memory memory,
            FloatOperations floats,
            Fallback fallback) {
        this.entrances = new Entrances(cpu, fallback);
        this.compiler =
                new RegionCompiler(
                        source,
                        entrances,
                        byEntry::containsKey,
                        Constant.values(cpu, memory, floats, entrances));
    }

    /** Where regions may be entered by others. */
    public Entrances entrances() {
        return entrances;
    }

    /** Regions compiled at present. */
    public int size() {
        return all.size();
    }

    /** Size in bytes of the largest method that was made. */
    public int largestBytecode() {
        return compiler.largestBytecode();
    }

    /** The region to be entered at an address, or null. */
    public CompiledRegion at(int address) {
        return byEntry.get(address);
    }

    /** True when the instruction at an address is known to be one for the interpreter. */
    public boolean isHopeless(int address) {
        return hopeless.contains(address);
    }

    /** Compiles the region from an address, unless that makes no sense. */
    public Optional<CompiledRegion> compile(int address) {
        if (changesOfPage.getOrDefault(address >>> PAGE_BITS, 0) >= MAX_CHANGES) {
            noteHopeless(address);
            return Optional.empty();
        }
        if (all.size() >= MAX_REGIONS) {
            clear();
        }
        Optional<CompiledRegion> made = compiler.compile(address);
        made.ifPresentOrElse(
                region -> {
                    all.add(region);
                    byEntry.put(address, region);
                },
                () -> noteHopeless(address));
        return made;
    }

    private void noteHopeless(int address) {
        if (hopeless.size() >= MAX_REGIONS) {
            hopeless.clear();
        }
        hopeless.add(address);
    }

    /** Forgets the regions made from bytes that have changed; returns their entries. */
    public List<Integer> changed(int address, int sizeBytes) {
        hopeless.clear();
        List<Integer> entries = discardAround(address, sizeBytes);
        if (!entries.isEmpty()) {
            changesOfPage.merge(address >>> PAGE_BITS, 1, Integer::sum);
        }
        return entries;
    }

    /**
     * Forgets the regions that code is part of, which is to be compiled in another way; returns
     * their entries.
     */
    public List<Integer> discardAround(int address, int sizeBytes) {
        Set<Integer> entries = new HashSet<>();
        for (Iterator<CompiledRegion> i = all.iterator(); i.hasNext(); ) {
            CompiledRegion region = i.next();
            if (region.plan().touches(address, sizeBytes)) {
                i.remove();
                region.discard();
                entries.add(region.start());
            }
        }
        if (!entries.isEmpty()) {
            entrances.closeAll();
            byEntry.values().removeIf(CompiledRegion::isDiscarded);
        }
        return List.copyOf(entries);
    }

    /** Forgets all. */
    public void clear() {
        all.forEach(CompiledRegion::discard);
        all.clear();
        hopeless.clear();
        entrances.clear();
        byEntry.clear();
    }
}
