package dev.microvisor.gdb;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Registers;
import java.util.Set;

/** Ends a run that reaches no breakpoint as if somebody had pressed Ctrl-C. */
final class BoundedMachine implements Debuggee {
    private static final long MOST_INSTRUCTIONS = 20_000_000;

    private final Debuggee machine;

    BoundedMachine(Debuggee machine) {
        this.machine = machine;
    }

    @Override
    public StopReason run(long untilInstruction) {
        long end = Math.min(untilInstruction, machine.now() + MOST_INSTRUCTIONS);
        StopReason reason = machine.run(end);
        return reason instanceof StopReason.LimitReached ? new StopReason.Paused() : reason;
    }

    @Override
    public long now() {
        return machine.now();
    }

    @Override
    public int clockHz() {
        return machine.clockHz();
    }

    @Override
    public Registers registers() {
        return machine.registers();
    }

    @Override
    public byte[] peek(int address, int sizeBytes) {
        return machine.peek(address, sizeBytes);
    }

    @Override
    public boolean poke(int address, byte[] bytes) {
        return machine.poke(address, bytes);
    }

    @Override
    public void setBreakpoints(Set<Integer> addresses) {
        machine.setBreakpoints(addresses);
    }

    @Override
    public void setWatchpoints(Set<Watch> watches) {
        machine.setWatchpoints(watches);
    }

    @Override
    public StopReason step() {
        return machine.step();
    }

    @Override
    public void pause() {
        machine.pause();
    }
}
