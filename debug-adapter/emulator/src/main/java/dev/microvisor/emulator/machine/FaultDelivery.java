package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.Processor;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.memory.GuestFault;
import dev.microvisor.emulator.memory.Memory;
import dev.microvisor.emulator.system.ExceptionEngine;
import dev.microvisor.emulator.system.ExceptionNumbers;
import dev.microvisor.emulator.system.SystemControl;

/**
 * What becomes of faults: an exception of the firmware, a report to the owner, or the end of the
 * application. Methods return why the run ends, or null when it goes on.
 */
final class FaultDelivery {
    private final CpuState cpu;
    private final Memory memory;
    private final SystemControl system;
    private final ExceptionEngine engine;
    private final Processor processor;
    private final Hypervisor hypervisor;
    private final MachineOptions options;
    private final Requests requests;
    private final Sleep sleep;
    private final Semihosting semihosting;

    /** A fault that was reported to the owner and is taken when the run goes on. */
    private boolean faultReported;

    private long faultReportedAt;

    FaultDelivery(
            CpuState cpu,
            Memory memory,
            SystemControl system,
            ExceptionEngine engine,
            Processor processor,
            Hypervisor hypervisor,
            MachineOptions options,
            Requests requests,
            Sleep sleep) {
        this.cpu = cpu;
        this.memory = memory;
        this.system = system;
        this.engine = engine;
        this.processor = processor;
        this.hypervisor = hypervisor;
        this.options = options;
        this.requests = requests;
        this.sleep = sleep;
        this.semihosting =
                options.semihosting() == null
                        ? null
                        : new Semihosting(cpu, memory, options.semihosting());
    }

    /** Forgets that a fault was reported: the machine is at another point now. */
    void forget() {
        faultReported = false;
    }

    StopReason fetchFault() {
        try {
            memory.fetchHalf(cpu.pc);
        } catch (GuestFault fault) {
            return fault(fault);
        }
        throw new IllegalStateException(String.format("no code at 0x%08x", cpu.pc));
    }

    /** The fault of a branch without the Thumb bit: the fetch comes first and may fault itself. */
    StopReason withoutThumbBit() {
        if (!CallGate.isSlot(cpu.pc)) {
            try {
                memory.fetchHalf(cpu.pc);
            } catch (GuestFault fault) {
                return fault(fault);
            }
        }
        return fault(
                memory.fault(
                        GuestFault.Kind.INVSTATE,
                        0,
                        String.format("branch to 0x%08x without the Thumb bit", cpu.pc)));
    }

    StopReason fault(GuestFault fault) {
        boolean secure = fault.kind() == GuestFault.Kind.SECURE;
        if (options.stopOnFault() && !(faultReported && faultReportedAt == processor.now())) {
            faultReported = true;
            faultReportedAt = processor.now();
            return reportOf(fault);
        }
        faultReported = false;
        if (secure) {
            return crash(reportOf(fault));
        }
        int address = fault.address();
        return finish(engine.raise(fault.kind(), address));
    }

    StopReason.Fault reportOf(GuestFault fault) {
        if (fault == null) {
            return new StopReason.Fault(
                    ExceptionNumbers.name(cpu.exception),
                    engine.lastFaultPc(),
                    system.cfsr(),
                    system.hfsr(),
                    system.faultAddress(),
                    "the firmware's "
                            + ExceptionNumbers.name(cpu.exception)
                            + " handler loops for ever");
        }
        return system.preview(fault, cpu.pc);
    }

    StopReason crash(StopReason.Fault fault) {
        hypervisor.applicationCrashed(fault);
        if (requests.any()) {
            return null;
        }
        return fault;
    }

    /** Takes what is pending; stops before that when it cannot be stacked. */
    StopReason takePending() {
        if (options.stopOnFault() && !(faultReported && faultReportedAt == processor.now())) {
            StopReason.Fault coming = engine.comingFault();
            if (coming != null) {
                faultReported = true;
                faultReportedAt = processor.now();
                return coming;
            }
        }
        boolean told = faultReported;
        faultReported = false;
        return told ? finish(engine.takePending()) : tell(engine.takePending());
    }

    /** An SVC, after the instruction. */
    StopReason supervisorCall() {
        return tell(engine.supervisorCall());
    }

    /** Tells the owner of a fault that came without an instruction; its handler is entered. */
    private StopReason tell(ExceptionEngine.Outcome outcome) {
        StopReason.Fault derived = engine.takeDerived();
        StopReason end = finish(outcome);
        return end == null && options.stopOnFault() ? derived : end;
    }

    StopReason finish(ExceptionEngine.Outcome outcome) {
        engine.takeDerived();
        switch (outcome) {
            case CONTINUE:
                return null;
            case SLEEP:
                sleep.begin(processor.now());
                return null;
            case LOCKUP:
                return crash(
                        new StopReason.Fault(
                                "Lockup",
                                cpu.pc,
                                system.cfsr(),
                                system.hfsr(),
                                system.faultAddress(),
                                "a fault in a fault handler, or one that cannot be taken"));
        }
        throw new AssertionError(outcome);
    }

    StopReason exceptionReturn(int excReturn) {
        if (ExceptionEngine.isSecureReturn(excReturn)) {
            String detail =
                    String.format(
                            "return from exception with EXC_RETURN 0x%08x, which is for the secure"
                                    + " side; the RTOS port must be one for the non-secure side",
                            excReturn);
            return fault(memory.fault(GuestFault.Kind.SECURE, 0, detail));
        }
        return tell(engine.returnFrom(excReturn));
    }

    StopReason breakpointInstruction() {
        if (cpu.trapNumber == Semihosting.BKPT_NUMBER && semihosting != null) {
            StopReason exit = semihosting.call(processor.now(), options.clockHz());
            cpu.pc += 2;
            processor.setNow(processor.now() + 1);
            return exit;
        }
        if (options.stopOnFault() && !(faultReported && faultReportedAt == processor.now())) {
            faultReported = true;
            faultReportedAt = processor.now();
            return new StopReason.Breakpoint(cpu.pc);
        }
        return finish(engine.breakpointInstruction());
    }
}
