package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import dev.microvisor.emulator.core.Exit;
import dev.microvisor.emulator.core.Processor;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.guest.Timed;
import dev.microvisor.emulator.system.ExceptionEngine;
import dev.microvisor.emulator.system.ExceptionNumbers;
import dev.microvisor.emulator.system.SystemControl;

/**
 * Runs the core, and between its instructions events, exceptions, sleep and system calls, until
 * there is a reason to stop.
 */
final class RunLoop {
    /** The core looks for a pause at least this often. */
    private static final long CHUNK = 1_000_000;

    private final CpuState cpu;
    private final SystemControl system;
    private final ExceptionEngine engine;
    private final Processor processor;
    private final Hypervisor hypervisor;
    private final Timetable timetable;
    private final Requests requests;
    private final Sleep sleep;
    private final FaultDelivery faults;
    private final CallGate calls;
    private final Runnable restart;
    private long until;
    private InstructionObserver observer;

    /**
     * @param restart puts the application back to its beginning
     */
    RunLoop(
            CpuState cpu,
            SystemControl system,
            ExceptionEngine engine,
            Processor processor,
            Hypervisor hypervisor,
            Timetable timetable,
            Requests requests,
            Sleep sleep,
            FaultDelivery faults,
            CallGate calls,
            Runnable restart) {
        this.cpu = cpu;
        this.system = system;
        this.engine = engine;
        this.processor = processor;
        this.hypervisor = hypervisor;
        this.timetable = timetable;
        this.requests = requests;
        this.sleep = sleep;
        this.faults = faults;
        this.calls = calls;
        this.restart = restart;
        processor.setSystemCalls(this::callDirectly, calls);
    }

    /**
     * @param newObserver null for none
     */
    void setObserver(InstructionObserver newObserver) {
        observer = newObserver;
    }

    /**
     * @param leaves whether a breakpoint at the present PC lets the first instruction pass
     */
    StopReason run(long untilInstruction, boolean leaves) {
        return noted(runOn(untilInstruction, leaves));
    }

    /** Notes what ends a run and is no place in the code. */
    private StopReason noted(StopReason reason) {
        if (reason instanceof StopReason.Fault || reason instanceof StopReason.Event) {
            processor.happened();
        }
        return reason;
    }

    private StopReason runOn(long untilInstruction, boolean leaves) {
        until = untilInstruction;
        requests.stop = null;
        int startPc = cpu.pc;
        int startException = cpu.exception;
        boolean leaveBreakpoint = leaves && processor.isBreakpoint(startPc);
        while (true) {
            StopReason early = betweenInstructions();
            if (early != null) {
                return early;
            }
            if (requests.halted) {
                StopReason idle = passTime();
                if (idle != null) {
                    return idle;
                }
                continue;
            }
            if (engine.isDue()) {
                sleep.end();
                StopReason crash = faults.takePending();
                if (crash != null) {
                    return crash;
                }
                continue;
            }
            if (sleep.asleep()) {
                StopReason idle = passSleep();
                if (idle != null) {
                    return idle;
                }
                continue;
            }
            Exit exit;
            boolean leaving =
                    leaveBreakpoint && cpu.pc == startPc && cpu.exception == startException;
            if (leaving) {
                leaveBreakpoint = false;
                exit = processor.runOne();
            } else if (observer != null) {
                observer.executing(cpu.pc, cpu.r[CpuState.SP], cpu.exception);
                exit =
                        processor.isBreakpoint(cpu.pc)
                                ? processor.run(processor.now() + 1)
                                : processor.runOne();
            } else {
                exit =
                        processor.run(
                                Math.min(
                                        Math.min(until, timetable.next()),
                                        processor.now() + CHUNK));
            }
            // There is no code in the call table that the processor could stop at.
            boolean called = exit == Exit.NO_CODE && CallGate.isSlot(cpu.pc);
            if (called && !leaving && processor.isBreakpoint(cpu.pc)) {
                return new StopReason.Breakpoint(cpu.pc);
            }
            StopReason reason = handle(exit);
            if (reason != null) {
                return reason;
            }
        }
    }

    /** What is to be done before an instruction, other than taking exceptions. */
    private StopReason betweenInstructions() {
        if (requests.restart) {
            restart.run();
        }
        if (requests.stop != null) {
            return requests.takeStop();
        }
        if (requests.pause) {
            return paused();
        }
        if (processor.now() >= until) {
            return new StopReason.LimitReached();
        }
        runDueEvents();
        if (requests.restart) {
            // At once: a core that is halted would find nothing left to wait for.
            restart.run();
        }
        if (requests.stop != null) {
            return requests.takeStop();
        }
        // Once more before the next instruction: an event may have given up waiting because of it.
        return requests.pause ? paused() : null;
    }

    private StopReason paused() {
        requests.pause = false;
        return new StopReason.Paused();
    }

    StopReason step() {
        requests.stop = null;
        runDueEvents();
        if (requests.stop != null) {
            return noted(requests.takeStop());
        }
        if (!requests.halted && engine.isDue()) {
            sleep.end();
            StopReason crash = faults.takePending();
            return crash != null ? noted(crash) : new StopReason.LimitReached();
        }
        return run(processor.now() + 1, true);
    }

    /** Lets happen what is due now, without executing anything. */
    void runDueEvents() {
        timetable.runDue(processor.now(), () -> requests.stop != null || requests.pause);
    }

    /** Moves time to what wakes the core. */
    private StopReason passSleep() {
        if (system.wakes()) {
            sleep.end();
            return null;
        }
        return passTime();
    }

    /** Moves time to the next event, for a core that executes nothing. */
    private StopReason passTime() {
        if (timetable.next() == Timed.NEVER && !hypervisor.expectsOutsideInput()) {
            return new StopReason.IdleForGood(cpu.pc);
        }
        long target = Math.min(timetable.next(), until);
        if (target > processor.now()) {
            passTo(hypervisor.passIdleTime(target));
            timetable.changed();
        }
        return null;
    }

    private void passTo(long instruction) {
        long now = processor.now();
        if (instruction > now) {
            sleep.passed(instruction - now);
            processor.setNow(instruction);
        }
    }

    private StopReason handle(Exit exit) {
        switch (exit) {
            case LIMIT, HOT:
                return null;
            case BRANCH_TO_SELF:
                return skipIdleLoop();
            case PRIORITY_CHANGED:
                system.privilegeChanged();
                return null;
            case BREAKPOINT:
                return new StopReason.Breakpoint(cpu.pc);
            case NO_CODE:
                return CallGate.isSlot(cpu.pc) ? systemCall() : noCode();
            case NOT_THUMB:
                return faults.withoutThumbBit();
            case FAULT:
                return faults.fault(processor.fault());
            case EXCEPTION_RETURN:
                return faults.exceptionReturn(cpu.excReturn);
            case SUPERVISOR_CALL:
                return faults.supervisorCall();
            case BKPT:
                return faults.breakpointInstruction();
            case WAIT_FOR_INTERRUPT:
                waitForInterrupt();
                return null;
            case WAIT_FOR_EVENT:
                if (!cpu.event) {
                    waitForInterrupt();
                }
                return null;
        }
        throw new AssertionError(exit);
    }

    private StopReason noCode() {
        // A return for the secure side was reported, and the run goes on: now it is made.
        boolean returning = cpu.handlerMode() && cpu.pc >>> 24 == 0xFF;
        return returning ? faults.exceptionReturn(cpu.excReturn) : faults.fetchFault();
    }

    /**
     * A branch to itself changes nothing until an interrupt comes: time may jump. Inside a fault
     * handler it is how firmware says that it has crashed.
     */
    private StopReason skipIdleLoop() {
        if (cpu.exception >= ExceptionNumbers.HARD_FAULT
                && cpu.exception <= ExceptionNumbers.USAGE_FAULT) {
            return faults.crash(faults.reportOf(null));
        }
        runDueEvents();
        if (engine.isDue() || requests.stop != null || processor.isBreakpoint(cpu.pc)) {
            return null;
        }
        return passTime();
    }

    private StopReason systemCall() {
        processor.called(cpu.pc);
        int target = calls.call(processor.now());
        processor.setNow(processor.now() + 1);
        if (target >>> 24 == 0xFF && cpu.handlerMode()) {
            return faults.exceptionReturn(target);
        }
        cpu.thumb = (target & 1) != 0;
        return null;
    }

    /**
     * Makes a system call without leaving the processor. What returns from an exception, or stops
     * at the call, is left to {@link #handle}.
     */
    private boolean callDirectly() {
        int target = cpu.r[CpuState.LR];
        if (!CallGate.isSlot(cpu.pc)
                || cpu.it != 0
                || (target & 1) == 0
                || target >>> 24 == 0xFF
                || processor.isBreakpoint(cpu.pc)) {
            return false;
        }
        systemCall();
        if (sleep.asleep() || requests.pause) {
            processor.stopSoon();
        }
        return true;
    }

    /** Sleeps unless something already wakes the core. */
    void waitForInterrupt() {
        if (!system.wakes()) {
            sleep.begin(processor.now());
        }
    }
}
