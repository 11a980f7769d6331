package dev.microvisor.emulator.core;

import dev.microvisor.emulator.core.compiler.CodeSource;
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
    /** A 32-bit instruction, or an IT block of four of them, may begin this many bytes before. */
    private static final int REACH_BYTES = 18;

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
        final long[] code;

        /** How often each place was branched to; see {@link Interpreter#HOT}. */
        final short[] heat;

        /** Where it is noted what runs. */
        final Tracks.Track track;

        Block(Region region, Tracks.Track track) {
            this.track = track;
            base = region.base();
            code = new long[region.sizeBytes() / 2];
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

    /** Fills the slot of an address. */
    void fill(int address, boolean inIt) {
        Block block = blockAt(address);
        int slot = (address - block.base) >>> 1;
        if (breakpoints.contains(address)) {
            block.code[slot] = Op.BREAKPOINT;
            return;
        }
        long packed = decode(address, inIt);
        if (Instruction.op((int) packed) == Op.IT) {
            // What follows must be decoded again as standing in this block.
            Arrays.fill(block.code, slot + 1, Math.min(slot + 9, block.code.length), Op.UNDECODED);
        }
        block.code[slot] = packed;
    }

    /**
     * Has an instruction decoded again that is about to be executed in an IT block but was once
     * branched to and decoded without one.
     */
    void requireInIt(int address) {
        Block block = blockAt(address);
        if (block != null) {
            int slot = (address - block.base) >>> 1;
            int w = (int) block.code[slot];
            if ((w & Instruction.IN_IT) == 0 && Instruction.op(w) != Op.BREAKPOINT) {
                block.code[slot] = Op.UNDECODED;
            }
        }
    }

    void changed(int address, int sizeBytes) {
        for (Block block : blocks) {
            if (block != null) {
                int from = (address - REACH_BYTES - block.base) >> 1;
                int to = (address + sizeBytes - block.base + 1) >> 1;
                int length = block.code.length;
                if (to > 0 && from < length) {
                    Arrays.fill(block.code, Math.max(from, 0), Math.min(to, length), Op.UNDECODED);
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
