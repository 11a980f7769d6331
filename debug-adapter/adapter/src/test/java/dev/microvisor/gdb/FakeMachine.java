package dev.microvisor.gdb;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine with 256 bytes of memory at 0x20000000 that stops as the test says. */
final class FakeMachine implements Debuggee, Registers {
    static final int MEMORY = 0x2000_0000;

    final byte[] memory = new byte[256];
    final int[] core = new int[16];
    final Map<String, Integer> special = new HashMap<>();
    Set<Integer> breakpoints = Set.of();
    Set<Watch> watches = Set.of();
    StopReason nextStop = new StopReason.Paused();
    int steps;
    volatile int pauses;

    @Override
    public long now() {
        return 0;
    }

    @Override
    public int clockHz() {
        return 1;
    }

    @Override
    public Registers registers() {
        return this;
    }

    @Override
    public byte[] peek(int address, int sizeBytes) {
        int offset = address - MEMORY;
        if (offset < 0 || offset >= memory.length) {
            return new byte[0];
        }
        return Arrays.copyOfRange(memory, offset, Math.min(offset + sizeBytes, memory.length));
    }

    @Override
    public boolean poke(int address, byte[] bytes) {
        int offset = address - MEMORY;
        if (offset < 0 || offset + bytes.length > memory.length) {
            return false;
        }
        System.arraycopy(bytes, 0, memory, offset, bytes.length);
        return true;
    }

    @Override
    public void setBreakpoints(Set<Integer> addresses) {
        breakpoints = addresses;
    }

    @Override
    public void setWatchpoints(Set<Watch> newWatches) {
        watches = newWatches;
    }

    @Override
    public StopReason run(long untilInstruction) {
        return nextStop;
    }

    @Override
    public StopReason step() {
        steps++;
        return nextStop;
    }

    @Override
    public void pause() {
        pauses++;
    }

    @Override
    public int get(int number) {
        return core[number];
    }

    @Override
    public void set(int number, int value) {
        core[number] = value;
    }

    @Override
    public int xpsr() {
        return named("XPSR");
    }

    @Override
    public int msp() {
        return named("MSP");
    }

    @Override
    public int psp() {
        return named("PSP");
    }

    @Override
    public int named(String name) {
        return special.getOrDefault(name, 0);
    }

    @Override
    public void setNamed(String name, int value) {
        special.put(name, value);
    }

    @Override
    public List<String> names() {
        return List.of("MSP", "PSP", "PRIMASK", "BASEPRI", "FAULTMASK", "CONTROL", "FPSCR");
    }
}
