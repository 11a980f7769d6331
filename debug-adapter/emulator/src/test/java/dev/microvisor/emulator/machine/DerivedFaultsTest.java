package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import org.junit.jupiter.api.Test;

/**
 * Faults that no instruction makes: of entering and leaving exceptions. They stop the run as others
 * do, and are taken when it goes on.
 */
class DerivedFaultsTest {
    private static final int NOP = 0xBF00;
    private static final int LOOP = 0xE7FE;
    private static final int BX_LR = 0x4770;
    private static final int SVC_5 = 0xDF05;
    private static final int CPSID_I = 0xB672;
    private static final int ADDS_R4_1 = 0x3401;
    private static final int NVIC_ISER0 = 0xE000_E100;
    private static final int NVIC_IPR0 = 0xE000_E400;
    private static final int VTOR = 0xE000_ED08;
    private static final int SHCSR = 0xE000_ED24;
    private static final int HARD_FAULT = 3;
    private static final int USAGE_FAULT = 6;
    private static final int IRQ_3 = 16 + 3;
    private static final int FORCED = 1 << 30;
    private static final int STKERR = 1 << 12;
    private static final int INVPC = 1 << 18;
    private static final int STKOF = 1 << 20;

    private final TestHypervisor hypervisor = new TestHypervisor();

    private Machine machine(int[] code, int... handler) {
        return new TinyFirmware().code(code).handler(handler).machine(hypervisor);
    }

    private static int exception(Machine machine) {
        return machine.registers().xpsr() & 0x1FF;
    }

    private static StopReason.Fault fault(Machine machine) {
        return (StopReason.Fault) machine.run(machine.now() + 10);
    }

    @Test
    void anSvcWithInterruptsMaskedIsAHardFaultThatIsTold() {
        Machine machine = machine(new int[] {CPSID_I, SVC_5, LOOP}, ADDS_R4_1, NOP, NOP, BX_LR);
        StopReason.Fault fault = fault(machine);
        assertThat(fault.kind()).isEqualTo("HardFault");
        assertThat(fault.pc()).isEqualTo(TinyFirmware.CODE + 2);
        assertThat(fault.hfsr()).isEqualTo(FORCED);
        assertThat(fault.detail()).isEqualTo("an SVC that cannot be taken: PRIMASK is set");
        assertThat(exception(machine)).isEqualTo(HARD_FAULT);
        assertThat(machine.run(machine.now() + 10)).isInstanceOf(StopReason.IdleForGood.class);
        assertThat(exception(machine)).as("the handler returned").isZero();
        assertThat(machine.registers().get(4)).isEqualTo(1);
    }

    @Test
    void anSvcBelowBasepriOrInAHandlerSaysWhy() {
        Machine masked = machine(new int[] {SVC_5, LOOP}, LOOP);
        masked.registers().setNamed("BASEPRI", 0x10);
        masked.system().write(0xE000_ED1C, 4, 0x20 << 24);
        assertThat(fault(masked).detail()).endsWith("BASEPRI is 0x10");
        Machine nested = machine(new int[] {NOP, LOOP}, SVC_5, LOOP);
        nested.system().write(NVIC_ISER0, 4, 8);
        nested.pendInterrupt(3);
        assertThat(fault(nested).detail())
                .endsWith("made in the IRQ 3 handler, and SVCall has no higher priority");
    }

    /** The usual end of a task's stack: not a push goes below the limit, but an interrupt. */
    @Test
    void anInterruptThatFindsNoRoomStopsBeforeItIsTaken() {
        Machine machine = machine(new int[] {NOP, NOP, LOOP}, ADDS_R4_1, LOOP);
        machine.system().write(NVIC_ISER0, 4, 8);
        machine.system().write(NVIC_IPR0, 4, 0x40 << 24);
        machine.system().write(SHCSR, 4, 1 << 18);
        int sp = machine.registers().get(Registers.SP);
        machine.registers().setNamed("MSPLIM", sp - 16);
        machine.run(1);
        machine.pendInterrupt(3);
        StopReason.Fault fault = fault(machine);
        assertThat(fault.kind()).isEqualTo("UsageFault");
        assertThat(fault.cfsr()).isEqualTo(STKOF);
        assertThat(fault.pc()).isEqualTo(TinyFirmware.CODE + 2);
        assertThat(fault.detail())
                .contains("IRQ 3 cannot be stacked", "below the stack limit", "STKOF");
        assertThat(exception(machine)).isZero();
        assertThat(machine.registers().get(Registers.SP)).isEqualTo(sp);
        assertThat(machine.now()).isEqualTo(1);
        machine.run(2);
        assertThat(exception(machine)).as("taken once, not told twice").isEqualTo(USAGE_FAULT);
    }

    @Test
    void anInterruptThatIsStackedToNowhereSaysWhere() {
        Machine machine = machine(new int[] {NOP, NOP, LOOP}, LOOP);
        machine.system().write(NVIC_ISER0, 4, 8);
        machine.registers().set(Registers.SP, 0x4000);
        machine.pendInterrupt(3);
        StopReason.Fault fault = fault(machine);
        assertThat(fault.kind()).isEqualTo("HardFault");
        assertThat(fault.cfsr()).isEqualTo(STKERR);
        assertThat(fault.hfsr()).isEqualTo(FORCED);
        assertThat(fault.detail()).contains("0x00003fe0", "no memory", "STKERR");
    }

    @Test
    void aReturnThroughAFrameOfAnotherModeIsTold() {
        Machine machine = machine(new int[] {NOP, LOOP}, ADDS_R4_1, BX_LR, NOP, NOP, LOOP);
        machine.system().write(NVIC_ISER0, 4, 8);
        machine.pendInterrupt(3);
        machine.run(1);
        assertThat(exception(machine)).isEqualTo(IRQ_3);
        // What a task switch does that takes a stack nobody prepared: the saved xPSR is a
        // handler's.
        int frame = machine.registers().get(Registers.SP);
        machine.writeWord(frame + 0x1C, 0x0100_0013);
        StopReason.Fault fault = fault(machine);
        assertThat(fault.cfsr()).isEqualTo(INVPC);
        assertThat(fault.detail())
                .contains("EXC_RETURN 0xffffffb8", "thread mode", "xPSR 0x01000013", "INVPC");
        assertThat(exception(machine)).isEqualTo(HARD_FAULT);
    }

    /**
     * What a port of an RTOS for the secure side returns with. No handler of the firmware's runs.
     */
    @Test
    void aReturnForTheSecureSideEndsTheApplicationOnceItIsTold() {
        Machine machine = machine(new int[] {NOP, LOOP}, NOP, BX_LR, LOOP);
        machine.system().write(NVIC_ISER0, 4, 8);
        machine.pendInterrupt(3);
        machine.run(1);
        machine.registers().set(Registers.LR, 0xFFFF_FFFD);
        assertThat(fault(machine).detail()).contains("EXC_RETURN 0xfffffffd", "secure side");
        assertThat(hypervisor.log).as("told, not yet taken").isEmpty();
        assertThat(fault(machine).detail()).contains("EXC_RETURN 0xfffffffd");
        assertThat(hypervisor.log).singleElement().asString().startsWith("crashed: ");
        assertThat(exception(machine)).isEqualTo(IRQ_3);
    }

    @Test
    void aVectorTableThatIsNowhereIsTold() {
        Machine machine = machine(new int[] {NOP, LOOP}, LOOP);
        machine.system().write(NVIC_ISER0, 4, 8);
        machine.pendInterrupt(3);
        machine.system().write(VTOR, 4, 0x0000_0400);
        StopReason reason = machine.run(10);
        assertThat(reason).isInstanceOf(StopReason.Fault.class);
    }

    @Test
    void withoutStopsThereAreNone() {
        Machine machine =
                new TinyFirmware()
                        .code(CPSID_I, SVC_5, LOOP)
                        .handler(ADDS_R4_1, LOOP)
                        .machine(hypervisor, MachineOptions.defaults().withStopOnFault(false));
        machine.run(3);
        assertThat(machine.registers().get(4)).isEqualTo(1);
    }
}
