package dev.microvisor.emulator.core;

import dev.microvisor.emulator.core.compiler.CodeSource;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.memory.Region;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The decoded instructions, one {@code long} for each halfword of flash and RAM. Arrays are made
 * when a region is first executed.
 */
final class CodeSpace implements CodeSource {
    /** Most sequences kept. */
    private static final int MAX_SEQUENCES = 50_000;

    /** Most places without a breakpoint that compiled code avoids because there once was one. */
    private static final int MAX_PAST_STOPS = 64;

    /**
     * A place behind a call, or where regions happened to be left, is compiled when it was come to
     * as often from elsewhere.
     */
    private static final int MAX_ARRIVALS = 500;

    /** Places whose arrivals are counted. */
    private static final int MAX_PLACES = 10_000;

    /** The decoded instructions of one region. */
    static final class Block {
        final int base;

        /** What stands at each place outside IT blocks. */
        final long[] code;

        /** Sequences by the places where they begin. */
        final Sequence[] sequences;

        /** How often each place was branched to; see {@link Interpreter#HOT}. */
        final short[] heat;

        /** Where it is noted what runs. */
        final Tracks.Track track;

        Block(Region region, Tracks.Track track) {
            this.track = track;
            base = region.base();
            code = new long[region.sizeBytes() / 2];
            sequences = new Sequence[code.length];
            heat = new short[code.length];
        }

        boolean contains(int address) {
            return (address - base) >>> 1 < code.length;
        }
    }

    /** The block that was found last, and whether it holds what is decoded with privilege. */
    private Block latest;

    private boolean latestPrivileged;

    private final Map<Integer, Integer> arrivals = new HashMap<>();
    private final List<Region> regions;

    /** By region; what is decoded with privilege first, then what without. */
    private final Block[] blocks;

    /** How many sequences there may be. */
    private int sequences;

    /** The sequence that is being made. */
    private final long[] building = new long[Sequence.MAX_INSTRUCTIONS];

    private final Memory memory;
    private final Tracks tracks = new Tracks();
    private Set<Integer> breakpoints = Set.of();

    /** Where breakpoints are or were: compiled code does not run over these. */
    private final Set<Integer> stops = new HashSet<>();

    /** False when breakpoints were set and no compiled code has run since. */
    private boolean stopsKnown = true;

    CodeSpace(Memory memory) {
        this.memory = memory;
        this.regions = memory.regions();
        this.blocks = new Block[2 * regions.size()];
    }

    /** The block that holds an address, or null when no memory for code is there. */
    Block blockAt(int address) {
        boolean privileged = asPrivileged();
        if (latest != null && privileged == latestPrivileged && latest.contains(address)) {
            return latest;
        }
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).contains(address)) {
                int at = privileged ? i : regions.size() + i;
                if (blocks[at] == null) {
                    blocks[at] = new Block(regions.get(i), tracks.of(regions.get(i)));
                }
                latest = blocks[at];
                latestPrivileged = privileged;
                return latest;
            }
        }
        return null;
    }

    /** Notes of what runs. */
    Tracks tracks() {
        return tracks;
    }

    /** Notes that instructions in a row have run; they lie in one region. */
    void ran(int from, int to) {
        Block block = blockAt(from);
        if (block != null) {
            block.track.ran(from, to);
        }
    }

    /** The MPU is asked when an instruction is decoded, so what it may answer is kept apart. */
    private boolean asPrivileged() {
        return memory.protection().disabled() || memory.privileged();
    }

    @Override
    public boolean isStop(int address) {
        return stops.contains(address);
    }

    @Override
    public int peekByte(int address) {
        byte[] bytes = memory.peek(address, 1);
        return bytes.length == 0 ? 0 : bytes[0] & 0xFF;
    }

    /** Decodes the instruction at an address, without regard to breakpoints. */
    @Override
    public long decode(int address, boolean inIt) {
        int first = memory.fetchHalf(address);
        long packed;
        if (Decoder.isWide(first)) {
            int second = memory.fetchHalf(address + 2);
            packed = Decoder.wide(first << 16 | second, address, inIt);
        } else {
            packed = Decoder.narrow(first, address, inIt);
        }
        return inIt ? packed | Instruction.IN_IT : packed;
    }

    /** Decodes the instruction at an address, or takes what was decoded there. */
    private long decoded(Block block, int address, boolean inIt) {
        int slot = (address - block.base) >>> 1;
        if (inIt) {
            return decode(address, true);
        }
        long packed = block.code[slot];
        if (packed == Op.UNDECODED) {
            packed = decode(address, false);
            block.code[slot] = packed;
        }
        return packed;
    }

    /**
     * What stands at an address: {@link Op#BREAKPOINT} at one, {@link Op#UNDECODED} where nothing
     * may be executed.
     */
    long peekDecoded(int address, boolean inIt) {
        Block block = blockAt(address);
        if (block == null) {
            return Op.UNDECODED;
        }
        if (breakpoints.contains(address)) {
            return Op.BREAKPOINT;
        }
        try {
            return decoded(block, address, inIt);
        } catch (GuestFault fault) {
            return Op.UNDECODED;
        }
    }

    /** A sequence of one instruction, which is not kept; breakpoints are passed over. */
    Sequence single(int address, boolean inIt) {
        long packed = decoded(blockAt(address), address, inIt);
        return new Sequence(
                address, new long[] {packed}, address + Instruction.sizeBytes((int) packed));
    }

    /**
     * A sequence that begins at an address in a block.
     *
     * @param inIt the instruction stands in an IT block; then it is the only one of the sequence
     * @param alone only one instruction is to be executed
     */
    Sequence sequence(Block block, int address, boolean inIt, boolean alone) {
        int slot = (address - block.base) >>> 1;
        if (!inIt && block.sequences[slot] != null) {
            return block.sequences[slot];
        }
        if (breakpoints.contains(address)) {
            return new Sequence(address, new long[] {Op.BREAKPOINT}, address + 2);
        }
        if (inIt || alone) {
            return single(address, inIt);
        }
        if (sequences >= MAX_SEQUENCES) {
            forgetSequences();
        }
        sequences++;
        Sequence sequence = newSequence(block, address);
        block.sequences[slot] = sequence;
        return sequence;
    }

    private Sequence newSequence(Block block, int start) {
        int length = 0;
        int address = start;
        int it = 0;
        do {
            long packed;
            try {
                packed = decoded(block, address, it != 0);
            } catch (GuestFault fault) {
                if (length == 0) {
                    throw fault;
                }
                break;
            }
            building[length++] = packed;
            int w = (int) packed;
            address += Instruction.sizeBytes(w);
            if (!Sequence.mayGoOnBehind(Instruction.op(w))) {
                break;
            }
            it = Instruction.op(w) == Op.IT ? (int) (packed >>> 32) : Conditions.advance(it);
        } while (length < Sequence.MAX_INSTRUCTIONS
                && block.contains(address)
                && !breakpoints.contains(address));
        return new Sequence(start, Arrays.copyOf(building, length), address);
    }

    private void forgetSequences() {
        for (Block block : blocks) {
            if (block != null) {
                Arrays.fill(block.sequences, null);
            }
        }
        sequences = 0;
    }

    void changed(int address, int sizeBytes) {
        for (Block block : blocks) {
            if (block != null) {
                // A 32-bit instruction may begin a halfword before.
                int from = Math.max((address - 2 - block.base) >> 1, 0);
                int to = Math.min((address + sizeBytes - block.base + 1) >> 1, block.code.length);
                if (from < to) {
                    Arrays.fill(block.code, from, to, Op.UNDECODED);
                }
                int first = Math.max((address - Sequence.MAX_BYTES - block.base) >> 1, 0);
                for (int slot = first; slot < to; slot++) {
                    Sequence sequence = block.sequences[slot];
                    if (sequence != null && sequence.next - address > 0) {
                        block.sequences[slot] = null;
                    }
                }
            }
        }
    }

    void forgetAll() {
        for (Block block : blocks) {
            if (block != null) {
                Arrays.fill(block.code, Op.UNDECODED);
            }
        }
        forgetSequences();
    }

    void setBreakpoints(Set<Integer> addresses) {
        if (addresses.equals(breakpoints)) {
            return;
        }
        Set<Integer> before = breakpoints;
        breakpoints = Set.copyOf(addresses);
        before.forEach(address -> changed(address, 2));
        breakpoints.forEach(address -> changed(address, 2));
        stopsKnown = false;
    }

    /**
     * Counts the breakpoints of now among the places that compiled code does not run over, and
     * those of the past no longer when they have become many.
     *
     * @return where compiled code has to be made anew
     */
    Set<Integer> noteStops() {
        if (stopsKnown) {
            return Set.of();
        }
        stopsKnown = true;
        Set<Integer> changed = new HashSet<>(breakpoints);
        changed.removeAll(stops);
        stops.addAll(changed);
        if (stops.size() - breakpoints.size() > MAX_PAST_STOPS) {
            stops.stream().filter(stop -> !breakpoints.contains(stop)).forEach(changed::add);
            stops.retainAll(breakpoints);
        }
        return changed;
    }

    boolean hasBreakpoints() {
        return !breakpoints.isEmpty();
    }

    /** Sees to it that the interpreter stops behind a call that compiled code makes. */
    void noteReturn(int address) {
        if (arrivals.putIfAbsent(address, 0) == null) {
            setHeat(address, Interpreter.HOT);
        }
    }

    /**
     * Counts one more arrival at a place; true when it is hot.
     *
     * @param resumes after regions were left here
     */
    boolean warmUp(int address, boolean resumes) {
        if (resumes || arrivals.containsKey(address)) {
            if (arrivals.size() >= MAX_PLACES) {
                arrivals.clear();
            }
            return arrivals.merge(address, 1, Integer::sum) > MAX_ARRIVALS;
        }
        Block block = blockAt(address);
        if (block == null) {
            return false;
        }
        int slot = (address - block.base) >>> 1;
        if (block.heat[slot] >= Interpreter.HOT) {
            return true;
        }
        block.heat[slot]++;
        return false;
    }

    /** Sets the heat of a place. */
    void setHeat(int address, int heat) {
        Block block = blockAt(address);
        if (block != null) {
            block.heat[(address - block.base) >>> 1] = (short) heat;
        }
    }

    boolean isBreakpoint(int address) {
        return breakpoints.contains(address);
    }
}
