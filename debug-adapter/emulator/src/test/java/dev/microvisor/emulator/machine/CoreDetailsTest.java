package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.emulator.guest.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the core does beside executing instructions, register by register of the manual. */
class CoreDetailsTest {
    private static final int NOP = 0xBF00;
    private static final int LOOP = 0xE7FE; // b .
    private static final int BX_LR = 0x4770;
    private static final int BX_R0 = 0x4700;
    private static final int ADDS_R4_1 = 0x3401;
    private static final int STR_R1_R3 = 0x6019;
    private static final int LDR_R0_R3 = 0x6818;

    private static final int NVIC_ISER0 = 0xE000_E100;
    private static final int NVIC_IPR0 = 0xE000_E400;
    private static final int AIRCR = 0xE000_ED0C;
    private static final int CCR = 0xE000_ED14;
    private static final int CPACR = 0xE000_ED88;
    private static final int MPU_CTRL = 0xE000_ED94;
    private static final int MPU_RNR = 0xE000_ED98;
    private static final int MPU_RBAR = 0xE000_ED9C;
    private static final int MPU_RLAR = 0xE000_EDA0;
    private static final int FPCCR = 0xE000_EF34;
    private static final int FPCAR = 0xE000_EF38;
    private static final int DWT_CTRL = 0xE000_1000;
    private static final int DWT_CYCCNT = 0xE000_1004;
    private static final int ITM_STIMULUS_0 = 0xE000_0000;
    private static final int VECTKEY = 0x05FA_0000;
    private static final int IRQ_3 = 16 + 3;
    private static final int IRQ_4 = 16 + 4;

    private final TestHypervisor hypervisor = new TestHypervisor();

    private Machine machine(int[] code, int... handler) {
        return new TinyFirmware().code(code).handler(handler).machine(hypervisor);
    }

    private static int[] code(int... halfwords) {
        return halfwords;
    }

    static void write(Machine machine, int address, int value) {
        machine.system().write(address, 4, value);
    }

    private static int read(Machine machine, int address) {
        return machine.system().read(address, 4);
    }

    /** Interrupts 3 and 4 enabled, 3 less urgent than 4 by its lower priority bits only. */
    private Machine nesting(int priorityGroup) {
        Machine machine = machine(code(NOP, NOP, LOOP), ADDS_R4_1, NOP, NOP, NOP, BX_LR);
        write(machine, NVIC_ISER0, 0x18);
        write(machine, NVIC_IPR0, 0x40 << 24);
        write(machine, NVIC_IPR0 + 4, 0x20);
        write(machine, AIRCR, VECTKEY | priorityGroup << 8);
        return machine;
    }

    @Test
    void aStepOfABranchToAnExceptionReturnOutsideAHandlerGoesThere() {
        Machine machine = machine(code(BX_R0));
        machine.registers().set(0, 0xFFFF_FFFF);
        machine.step();
        assertEquals(0xFFFF_FFFE, machine.registers().get(Registers.PC));
    }

    @Test
    void prigroupSaysWhichPriorityBitsPreempt() {
        Machine preempting = nesting(0);
        preempting.pendInterrupt(3);
        preempting.run(1);
        assertEquals(IRQ_3, preempting.activeException());
        preempting.pendInterrupt(4);
        preempting.run(2);
        assertEquals(IRQ_4, preempting.activeException());

        Machine waiting = nesting(7);
        waiting.pendInterrupt(3);
        waiting.run(1);
        waiting.pendInterrupt(4);
        waiting.run(2);
        assertEquals(IRQ_3, waiting.activeException());
        waiting.run(6);
        assertEquals(IRQ_4, waiting.activeException(), "tail-chained");
    }

    @Test
    void prigroupReadsBackAndNeedsTheKey() {
        Machine machine = machine(code(LOOP), BX_LR);
        write(machine, AIRCR, VECTKEY | 5 << 8);
        assertEquals(0xFA05_0500, read(machine, AIRCR));
        write(machine, AIRCR, 0x1234_0000 | 2 << 8);
        assertEquals(0xFA05_0500, read(machine, AIRCR));
    }

    @Test
    void aResetRequestStartsTheApplicationAgain() {
        Machine machine = machine(code(ADDS_R4_1, STR_R1_R3, NOP, LOOP), BX_LR);
        machine.registers().set(3, AIRCR);
        machine.registers().set(1, VECTKEY | 4);
        machine.writeWord(0x2000_0100, 77);
        machine.run(1);
        assertEquals(77, machine.readWord(0x2000_0100));
        machine.run(3);
        assertEquals(77, machine.readWord(0x2000_0100), "a reset leaves RAM alone");
        assertEquals(1, machine.registers().get(4), "executed once since the reset");
        assertEquals(0, machine.registers().get(3));
        assertEquals(3, machine.now(), "time goes on");
    }

    @Test
    void pendingTogetherTheMoreUrgentComesFirstAndTheOtherIsTailChained() {
        Machine machine = nesting(0);
        machine.pendInterrupt(3);
        machine.pendInterrupt(4);
        machine.run(1);
        assertEquals(IRQ_4, machine.activeException());
        machine.run(4);
        assertEquals(IRQ_4, machine.activeException());
        machine.run(5);
        assertEquals(IRQ_3, machine.activeException(), "no instruction of the program in between");
        machine.run(10);
        assertEquals(0, machine.activeException());
        assertEquals(TinyFirmware.CODE, machine.registers().get(Registers.PC));
        assertEquals(2, machine.registers().get(4));
    }

    /** It arrives after the less urgent one was taken, before that has executed anything. */
    @Test
    void aLateArrivalRunsBeforeTheHandlerThatWasEntered() {
        Machine machine = nesting(0);
        machine.pendInterrupt(3);
        machine.step();
        assertEquals(IRQ_3, machine.activeException());
        assertEquals(0, machine.registers().get(4));
        machine.pendInterrupt(4);
        machine.step();
        assertEquals(IRQ_4, machine.activeException());
        assertEquals(0, machine.now());
    }

    @Test
    void aLineThatStaysHighPendsAgainUntilItIsLowered() {
        Machine machine = nesting(0);
        machine.setInterruptLine(3, true);
        machine.run(16);
        assertEquals(4, machine.registers().get(4), "handler of five, entered again and again");
        machine.setInterruptLine(3, false);
        machine.run(40);
        assertEquals(4, machine.registers().get(4));
        assertEquals(0, machine.activeException());
    }

    @Test
    void aLineLoweredBeforeItIsServedStaysPending() {
        Machine machine = nesting(0);
        machine.registers().setNamed("PRIMASK", 1);
        machine.setInterruptLine(3, true);
        machine.run(1);
        machine.setInterruptLine(3, false);
        assertTrue(machine.isInterruptPending(3), "the NVIC has seen the edge");
    }

    @Test
    void sevLetsOneWfePass() {
        Machine machine = machine(code(0xBF40, 0xBF20, ADDS_R4_1, 0xBF20, ADDS_R4_1, LOOP), BX_LR);
        assertInstanceOf(StopReason.IdleForGood.class, machine.run(1000));
        assertEquals(1, machine.registers().get(4));
        assertEquals(4, machine.now());
    }

    @Test
    void waitForInterruptOfTheHypervisorSleepsUntilOneIsPending() {
        Machine machine = nesting(0);
        hypervisor.due = 5000;
        hypervisor.atDue = () -> machine.pendInterrupt(3);
        machine.waitForInterrupt();
        machine.run(5001);
        assertEquals(1, machine.registers().get(4));
        assertEquals(5000, machine.waited());
    }

    @Test
    void haltedTimePassesAndNothingIsExecuted() {
        Machine machine = machine(code(ADDS_R4_1, 0xE7FD), BX_LR);
        hypervisor.due = 1000;
        machine.halt();
        assertInstanceOf(StopReason.LimitReached.class, machine.run(500));
        assertEquals(500, machine.now());
        assertInstanceOf(StopReason.IdleForGood.class, machine.run(2000));
        assertThat(hypervisor.log).containsExactly("event at 1000");
        assertEquals(0, machine.registers().get(4));
    }

    private int excReturnWith(int control) {
        Machine machine = nesting(0);
        write(machine, CPACR, 0x00F0_0000);
        machine.registers().setNamed("PSP", 0x2000_2000);
        machine.registers().setNamed("CONTROL", control);
        int sp = machine.registers().get(Registers.SP);
        machine.pendInterrupt(3);
        machine.run(1);
        int excReturn = machine.registers().get(Registers.LR);
        machine.run(5);
        assertEquals(0, machine.activeException());
        assertEquals(sp, machine.registers().get(Registers.SP));
        assertEquals(control, machine.registers().named("CONTROL"));
        return excReturn;
    }

    @Test
    void excReturnSaysStackModeAndFrame() {
        assertEquals(0xFFFF_FFB8, excReturnWith(0), "main stack");
        assertEquals(0xFFFF_FFBC, excReturnWith(2), "process stack");
        assertEquals(0xFFFF_FFA8, excReturnWith(4), "main stack, floating-point frame");
        assertEquals(0xFFFF_FFAC, excReturnWith(6), "process stack, floating-point frame");
        Machine machine = nesting(0);
        machine.pendInterrupt(3);
        machine.run(1);
        machine.pendInterrupt(4);
        machine.run(2);
        assertEquals(0xFFFF_FFB0, machine.registers().get(Registers.LR), "from a handler");
    }

    @Test
    void floatingPointRegistersAreStackedWhenTheHandlerFirstUsesThem() {
        // vmov s0, r0 in program and handler
        Machine machine = machine(code(0xEE00, 0x0A10, NOP, LOOP), NOP, 0xEE00, 0x0A10, BX_LR);
        write(machine, NVIC_ISER0, 8);
        write(machine, CPACR, 0x00F0_0000);
        machine.registers().set(0, 0x3F80_0000);
        machine.run(1);
        machine.pendInterrupt(3);
        machine.run(2);
        assertEquals(1, read(machine, FPCCR) & 1, "LSPACT");
        int frame = read(machine, FPCAR);
        assertEquals(0, machine.readWord(frame), "room, not yet filled");
        machine.registers().set(0, 0x4000_0000);
        machine.run(3);
        assertEquals(0, read(machine, FPCCR) & 1);
        assertEquals(0x3F80_0000, machine.readWord(frame));
        machine.run(4);
        assertEquals(0x3F80_0000, machine.registers().named("S0"));
    }

    @Test
    void theStackLimitHoldsForPushesAndForExceptionEntry() {
        Machine machine = machine(code(0xB410, 0xB410, LOOP), LOOP); // push {r4}
        int sp = machine.registers().get(Registers.SP);
        machine.registers().setNamed("MSPLIM", sp - 8);
        assertInstanceOf(StopReason.LimitReached.class, machine.run(2));
        machine.registers().setNamed("MSPLIM", sp - 4 & ~7);
        machine.registers().set(Registers.SP, sp - 8);
        machine.registers().set(Registers.PC, TinyFirmware.CODE);
        StopReason.Fault fault = (StopReason.Fault) machine.run(10);
        assertEquals(1 << 20, fault.cfsr(), "UsageFault, STKOF");
        assertEquals(TinyFirmware.CODE, fault.pc());
    }

    /** Code that only the privileged may read is executed, until the program gives that up. */
    @Test
    void executionIsForbiddenAsSoonAsThePrivilegeIsGone() {
        Machine machine =
                machine(
                        code(ADDS_R4_1, 0xF380, 0x8814, ADDS_R4_1, LOOP), // msr control, r0
                        LOOP);
        write(machine, MPU_RNR, 0);
        write(machine, MPU_RBAR, TinyFirmware.FLASH); // privileged only
        write(machine, MPU_RLAR, TinyFirmware.FLASH + 0xFFE1);
        write(machine, MPU_CTRL, 5);
        machine.registers().set(0, 1);
        StopReason.Fault fault = (StopReason.Fault) machine.run(10);
        assertEquals(1, fault.cfsr(), "MemManage, IACCVIOL");
        assertEquals(TinyFirmware.CODE + 6, fault.pc());
        assertEquals(1, machine.registers().get(4));
    }

    @Test
    void withoutPrivilegeTheSystemRegistersAreOutOfReach() {
        Machine machine = machine(code(LDR_R0_R3, 0xF380, 0x8814, LDR_R0_R3, LOOP), LOOP);
        machine.registers().set(3, CCR);
        machine.registers().setNamed("CONTROL", 0);
        machine.run(1);
        machine.registers().set(0, 1);
        StopReason.Fault fault = (StopReason.Fault) machine.run(10);
        assertEquals(TinyFirmware.CODE + 6, fault.pc());
        assertThat(fault.detail()).contains("0xe000ed14");
    }

    /**
     * REV and its kin name their operand twice. When the two differ, which is UNPREDICTABLE, the
     * second counts, as in QEMU.
     */
    @Test
    void ofAnOperandNamedTwiceTheSecondCounts() {
        int[][] cases = {
            {0xFA93, 0xF281, 0x0403_0201}, // rev r2, r1
            {0xFA93, 0xF291, 0x0201_0403}, // rev16
            {0xFA93, 0xF2A1, 0x20C0_4080}, // rbit
            {0xFA93, 0xF2B1, 0x0000_0403}, // revsh
            {0xFAB3, 0xF281, 7}, // clz
        };
        for (int[] one : cases) {
            Machine machine = machine(code(one[0], one[1], LOOP), LOOP);
            machine.registers().set(1, 0x0102_0304);
            machine.registers().set(3, -1);
            machine.run(1);
            assertEquals(one[2], machine.registers().get(2));
        }
    }

    @Test
    void theCycleCounterCountsInstructionsWhileItIsEnabled() {
        Machine machine = machine(code(NOP, NOP, NOP, 0xE7FC), BX_LR);
        machine.run(10);
        assertEquals(0, read(machine, DWT_CYCCNT));
        write(machine, DWT_CTRL, 1);
        machine.run(110);
        assertEquals(100, read(machine, DWT_CYCCNT));
        write(machine, DWT_CYCCNT, 7);
        machine.run(120);
        assertEquals(17, read(machine, DWT_CYCCNT));
        write(machine, DWT_CTRL, 0);
        machine.run(200);
        assertEquals(17, read(machine, DWT_CYCCNT));
    }

    @Test
    void theItmIsPlainStorageThatIsAlwaysReady() {
        Machine machine = machine(code(STR_R1_R3, LDR_R0_R3, LOOP), BX_LR);
        machine.registers().set(3, ITM_STIMULUS_0);
        machine.registers().set(1, 'x');
        assertInstanceOf(StopReason.IdleForGood.class, machine.run(10));
        assertThat(machine.registers().get(0)).as("FIFOREADY").isNotZero();
    }

    @Test
    void semihostingWritesAndEndsTheRun() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Machine machine =
                new TinyFirmware()
                        .code(0xBEAB, 0x2018, 0x4649, 0xBEAB, LOOP) // bkpt; r0 = 0x18; r1 = r9
                        .handler(LOOP)
                        .word(TinyFirmware.CODE + 0x20, 'h' | 'i' << 8)
                        .machine(
                                hypervisor,
                                MachineOptions.defaults().withSemihosting(output::writeBytes));
        machine.registers().set(0, 4);
        machine.registers().set(1, TinyFirmware.CODE + 0x20);
        machine.registers().set(9, 0x2_0026);
        assertEquals("semihosting exit 0", machine.run(100).text());
        assertEquals("hi", output.toString(StandardCharsets.UTF_8));
        assertEquals(4, machine.now(), "one instruction each");
    }
}
