package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.emulator.guest.StopReason;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final int NOP = 0xBF00;
    private static final int BX_R0 = 0x4700;
    private static final int LOOP = 0xE7FE; // b .
    private static final int LITERAL = TinyFirmware.CODE + 0x20;
    private static final int LDR_R3 = 0x4B07; // ldr r3, [pc, #28]: LITERAL from the first address
    private static final int UDF = 0xDE01;
    private static final int ENABLE_IRQ_3 = 8;
    private static final int ISER = 0xE000_E100;

    private final TestHypervisor hypervisor = new TestHypervisor();

    /** Loads r3 with a literal, then does the rest. */
    private static TinyFirmware withLiteral(int literal, int... rest) {
        int[] code = new int[rest.length + 1];
        code[0] = LDR_R3;
        System.arraycopy(rest, 0, code, 1, rest.length);
        return new TinyFirmware().code(code).word(LITERAL, literal);
    }

    @Test
    void aSystemCallIsOneInstructionAndReturnsItsStatus() {
        Machine machine =
                withLiteral(0x0C1F_E009, 0x2007, 0x4798, LOOP)
                        .machine(hypervisor); // r0 = 7; blx r3
        hypervisor.onCall = (slot, r0, r1, r2, r3) -> 5;
        assertInstanceOf(StopReason.LimitReached.class, machine.run(4));
        assertThat(hypervisor.log).containsExactly("call 1 7 0 0 203415561 at 3");
        assertEquals(4, machine.now());
        assertEquals(5, machine.registers().get(0));
        assertEquals(0, machine.registers().get(3), "the secure side clears what it used");
        assertEquals(TinyFirmware.CODE + 6, machine.registers().get(Registers.PC));
        assertEquals(TinyFirmware.CODE + 6, machine.callSite());
    }

    @Test
    void callListenersSeeArgumentsAndStatus() {
        Machine machine = withLiteral(0x0C1F_E009, 0x2007, 0x4798, LOOP).machine(hypervisor);
        StringBuilder seen = new StringBuilder();
        machine.addCallListener(
                new SystemCallListener() {
                    @Override
                    public void before(Call call) {
                        seen.append(call.slot()).append('(').append(call.r0()).append(')');
                    }

                    @Override
                    public void after(Call call, int status) {
                        seen.append('=').append(status).append('@').append(call.instruction());
                    }
                });
        machine.run(4);
        assertEquals("1(7)=0@3", seen.toString());
    }

    /**
     * An event that waits for the world outside gives up when a pause is wanted, and is due again.
     */
    @Test
    void aPauseWantedDuringAnEventEndsTheRunBeforeTheNextInstruction() {
        Machine machine = new TinyFirmware().code(NOP, NOP, LOOP).machine(hypervisor);
        hypervisor.due = 1;
        hypervisor.atDue =
                () -> {
                    machine.pause();
                    assertTrue(machine.pauseRequested());
                    hypervisor.due = 10;
                };
        assertInstanceOf(StopReason.Paused.class, machine.run(100));
        assertEquals(1, machine.now());
        assertFalse(machine.pauseRequested());
    }

    @Test
    void aBranchBesideTheTableBelongsToTheSecureSide() {
        Machine machine = withLiteral(0x0C1F_E00B, 0x4798, LOOP).machine(hypervisor);
        StopReason.Fault fault = (StopReason.Fault) machine.run(100);
        assertEquals("SecureFault", fault.kind());
        assertThat(fault.detail()).contains("0x0c1fe00a").contains("Microvisor");
    }

    @Test
    void aStoreIntoAProtectedBufferCrashesTheApplication() {
        Machine machine =
                withLiteral(0x2000_0210, 0x6018, LOOP).machine(hypervisor); // str r0, [r3]
        machine.protect(0x2000_0200, 512, "send buffer of channel 1");
        StopReason.Fault fault = (StopReason.Fault) machine.run(100);
        assertEquals(TinyFirmware.CODE + 2, fault.pc());
        assertThat(fault.detail()).contains("0x20000210").contains("send buffer of channel 1");
        machine.run(100);
        assertThat(hypervisor.log).hasSize(1).first().asString().startsWith("crashed: SecureFault");
    }

    @Test
    void aStoreBesideAProtectedBufferIsAllowed() {
        Machine machine = withLiteral(0x2000_01FC, 0x6018, LOOP).machine(hypervisor);
        machine.protect(0x2000_0200, 512, "send buffer");
        assertInstanceOf(StopReason.IdleForGood.class, machine.run(100));
        machine.unprotect(0x2000_0200, 512);
    }

    @Test
    void aFaultStopsBeforeItsHandlerAndIsTakenWhenTheRunGoesOn() {
        Machine machine = new TinyFirmware().code(NOP, UDF).handler(NOP, LOOP).machine(hypervisor);
        StopReason.Fault fault = (StopReason.Fault) machine.run(100);
        assertEquals("HardFault", fault.kind());
        assertEquals(TinyFirmware.CODE + 2, fault.pc());
        assertEquals(1 << 16, fault.cfsr());
        assertEquals(1 << 30, fault.hfsr());
        assertEquals(TinyFirmware.CODE + 2, machine.registers().get(Registers.PC));
        assertEquals(1, machine.now());
        machine.run(2);
        assertEquals(TinyFirmware.HANDLER + 2, machine.registers().get(Registers.PC));
        assertEquals(3, machine.activeException());
        assertEquals(0xFFFF_FFB8, machine.registers().get(Registers.LR));
        assertEquals(TinyFirmware.CODE + 2, machine.readWord(machine.registers().msp() + 0x18));
    }

    @Test
    void withoutTheThumbBitAFetchThatFaultsGoesFirst() {
        int ibuserr = 1 << 8;
        int iaccviol = 1;
        int invstate = 1 << 17;
        assertEquals(ibuserr, faultOfJumpTo(0));
        assertEquals(iaccviol, faultOfJumpTo(0x4000_0000));
        assertEquals(invstate, faultOfJumpTo(TinyFirmware.CODE));
        assertEquals(invstate, faultOfJumpTo(0x0C1F_E000));
    }

    private int faultOfJumpTo(int address) {
        Machine machine = new TinyFirmware().code(BX_R0).machine(hypervisor);
        machine.registers().set(0, address);
        return ((StopReason.Fault) machine.run(100)).cfsr();
    }

    @Test
    void aDefaultHandlerThatLoopsIsACrashAtTheOriginalInstruction() {
        Machine machine =
                new TinyFirmware()
                        .code(NOP, UDF)
                        .handler(LOOP)
                        .machine(hypervisor, MachineOptions.defaults().withStopOnFault(false));
        StopReason.Fault fault = (StopReason.Fault) machine.run(1000);
        assertEquals(TinyFirmware.CODE + 2, fault.pc());
        assertThat(hypervisor.log).hasSize(1);
    }

    @Test
    void aDefaultHandlerThatLoopsIsACrashAtTheSameNumberHoweverTheRunIsSliced() {
        for (int slice = 1; slice < 8; slice++) {
            TestHypervisor watched = new TestHypervisor();
            Machine machine =
                    new TinyFirmware()
                            .code(NOP, UDF)
                            .handler(NOP, LOOP)
                            .machine(watched, MachineOptions.defaults().withStopOnFault(false));
            while (watched.log.isEmpty()) {
                machine.run(machine.now() + slice);
            }
            assertEquals(3, machine.now(), "NOP, NOP of the handler, and its loop once");
        }
    }

    @Test
    void aFaultInTheHardFaultHandlerIsLockup() {
        Machine machine =
                new TinyFirmware()
                        .code(UDF)
                        .handler(UDF)
                        .machine(hypervisor, MachineOptions.defaults().withStopOnFault(false));
        assertEquals("Lockup", ((StopReason.Fault) machine.run(1000)).kind());
    }

    @Test
    void aReturnToTheSecureSideNamesTheWrongRtosPort() {
        Machine machine =
                new TinyFirmware()
                        .code(0xDF00, LOOP) // svc 0
                        .handler(0x2000, 0x43C0, 0x3807 - 1, 0x4700) // r0 = -7 = 0xFFFFFFF9; bx r0
                        .machine(hypervisor);
        StopReason.Fault fault = (StopReason.Fault) machine.run(100);
        assertThat(fault.detail()).contains("0xfffffff9").contains("non-secure");
    }

    /** Enables IRQ 3 and loops; the handler counts in r4. */
    private Machine counting() {
        return withLiteral(ISER, 0x2100 | ENABLE_IRQ_3, 0x6019, LOOP) // r1 = 8; str r1, [r3]
                .handler(0x3401, 0x4770) // adds r4, #1; bx lr
                .machine(hypervisor);
    }

    @Test
    void anEventHappensAtItsExactInstruction() {
        Machine machine = counting();
        hypervisor.due = 100;
        hypervisor.atDue = () -> machine.pendInterrupt(3);
        machine.run(100);
        assertEquals(0, machine.registers().get(4));
        assertThat(hypervisor.log).isEmpty();
        machine.run(101);
        assertThat(hypervisor.log).containsExactly("event at 100");
        assertEquals(1, machine.registers().get(4));
        assertEquals(19, machine.activeException());
        machine.run(102);
        assertEquals(0, machine.activeException());
        assertEquals(TinyFirmware.CODE + 6, machine.registers().get(Registers.PC));
    }

    @Test
    void sleepJumpsToTheNextEventAndEndsForGoodWithoutOne() {
        Machine machine =
                withLiteral(ISER, 0x2100 | ENABLE_IRQ_3, 0x6019, 0xBF30, 0xE7FD) // wfi; b wfi
                        .handler(0x3401, 0x4770)
                        .machine(hypervisor);
        hypervisor.due = 160_000_000;
        hypervisor.atDue = () -> machine.pendInterrupt(3);
        assertInstanceOf(StopReason.IdleForGood.class, machine.run(Long.MAX_VALUE));
        assertEquals(1, machine.registers().get(4));
        assertEquals(160_000_000L + 2 + 2, machine.now(), "handler of two, branch and WFI");
    }

    @Test
    void sysTickFiresAtExactInstructions() {
        // SYST_RVR = 99, SYST_CVR = 0, SYST_CSR = 7, then loop.
        Machine machine =
                withLiteral(
                                0xE000_E010,
                                0x2163,
                                0x6059, // movs r1, #99; str r1, [r3, #4]
                                0x6099, // str r1, [r3, #8]
                                0x2107,
                                0x6019, // movs r1, #7; str r1, [r3]
                                LOOP)
                        .handler(0x3401, 0x4770)
                        .machine(hypervisor);
        machine.run(105);
        assertEquals(0, machine.registers().get(4));
        machine.run(106);
        assertEquals(1, machine.registers().get(4), "enabled in instruction 5, 100 clocks later");
        machine.run(1006);
        assertEquals(10, machine.registers().get(4));
    }

    @Test
    void restoringASnapshotReplaysToTheSameState() {
        Machine machine =
                withLiteral(0x2000_0000, 0x3401, 0x601C, 0xE7FC) // adds r4, #1; str; b
                        .machine(hypervisor);
        machine.run(500);
        MachineSnapshot snapshot = machine.saveSnapshot();
        long before = machine.stateHash();
        machine.run(1500);
        long after = machine.stateHash();
        assertNotEquals(before, after);
        machine.restoreSnapshot(snapshot);
        assertEquals(500, machine.now());
        assertEquals(before, machine.stateHash());
        machine.run(777);
        machine.run(1500);
        assertEquals(after, machine.stateHash());
    }

    @Test
    void aBreakpointStopsBeforeItsInstructionAndLetsTheRunGoOn() {
        Machine machine = new TinyFirmware().code(0x3401, NOP, 0xE7FC).machine(hypervisor);
        machine.setBreakpoints(Set.of(TinyFirmware.CODE + 2));
        for (int round = 1; round <= 3; round++) {
            StopReason reason = machine.run(1000);
            assertEquals(new StopReason.Breakpoint(TinyFirmware.CODE + 2), reason);
            assertEquals(round, machine.registers().get(4));
        }
        machine.setBreakpoints(Set.of());
        assertInstanceOf(StopReason.LimitReached.class, machine.run(1000));
    }

    @Test
    void aWatchpointStopsAfterTheInstructionThatTouchesIt() {
        Machine machine =
                withLiteral(0x2000_0100, 0x2105, 0x7019, 0x6818, LOOP) // strb r1; ldr r0
                        .machine(hypervisor);
        machine.setWatchpoints(Set.of(new Debuggee.Watch(9, 0x2000_0100, 4, true, true)));
        assertEquals(new StopReason.Watchpoint(9, 0x2000_0100, true), machine.run(Long.MAX_VALUE));
        assertEquals(3, machine.now());
        assertEquals(new StopReason.Watchpoint(9, 0x2000_0100, false), machine.run(Long.MAX_VALUE));
        assertEquals(5, machine.registers().get(0));
        machine.setWatchpoints(Set.of());
        assertInstanceOf(StopReason.IdleForGood.class, machine.run(Long.MAX_VALUE));
    }

    @Test
    void steppingTakesOneInstructionAtATime() {
        Machine machine = new TinyFirmware().code(NOP, NOP, LOOP).machine(hypervisor);
        machine.step();
        assertEquals(1, machine.now());
        assertEquals(TinyFirmware.CODE + 2, machine.registers().get(Registers.PC));
    }

    @Test
    void aPauseEndsALongRun() {
        Machine machine = new TinyFirmware().code(NOP, 0xE7FD).machine(hypervisor);
        machine.pause();
        assertInstanceOf(StopReason.Paused.class, machine.run(Long.MAX_VALUE));
    }

    @Test
    void writingCodeChangesWhatIsExecuted() {
        Machine machine = new TinyFirmware().code(0x3401, 0xE7FD).machine(hypervisor);
        machine.run(10);
        assertTrue(machine.poke(TinyFirmware.CODE, new byte[] {0x02, 0x34})); // adds r4, #2
        machine.run(20);
        assertEquals(5 + 10, machine.registers().get(4));
    }

    @Test
    void memoryIsAsTheFactsSay() {
        Machine machine = new TinyFirmware().code(LOOP).machine(hypervisor);
        assertArrayEquals(new byte[] {-1, -1}, machine.peek(0x080F_0000, 2));
        assertTrue(machine.writable(0x2000_0000, 0x8_0000));
        assertTrue(machine.writable(0x2800_0000, 0x4000));
        assertTrue(machine.readable(0x0800_0000, 0x10_0000));
        assertFalse(machine.writable(0x0800_0000, 1));
        assertFalse(machine.readable(0x2008_0000, 1));
        assertEquals(0x0800_0000, machine.vectorTable());
        assertTrue(machine.interruptExists(124));
        assertFalse(machine.interruptExists(125));
    }

    @Test
    void aRestartKeepsMemoryAndTime() {
        Machine machine = withLiteral(0x2000_0000, 0x3401, 0x601C, 0xE7FC).machine(hypervisor);
        machine.run(10);
        machine.restartApplication();
        machine.run(11);
        assertEquals(11, machine.now());
        assertEquals(3, machine.readWord(0x2000_0000));
        assertEquals(0, machine.registers().get(4));
        assertEquals(TinyFirmware.CODE + 2, machine.registers().get(Registers.PC));
        machine.clearRam();
        assertEquals(0, machine.readWord(0x2000_0000));
    }
}
