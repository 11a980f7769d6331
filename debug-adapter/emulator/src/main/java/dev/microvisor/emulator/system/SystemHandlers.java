package dev.microvisor.emulator.system;

import static dev.microvisor.emulator.system.ExceptionNumbers.BUS_FAULT;
import static dev.microvisor.emulator.system.ExceptionNumbers.FIRST_IRQ;
import static dev.microvisor.emulator.system.ExceptionNumbers.IRQ_COUNT;
import static dev.microvisor.emulator.system.ExceptionNumbers.MEM_MANAGE;
import static dev.microvisor.emulator.system.ExceptionNumbers.NMI;
import static dev.microvisor.emulator.system.ExceptionNumbers.PEND_SV;
import static dev.microvisor.emulator.system.ExceptionNumbers.SV_CALL;
import static dev.microvisor.emulator.system.ExceptionNumbers.SYS_TICK;
import static dev.microvisor.emulator.system.ExceptionNumbers.USAGE_FAULT;

import dev.microvisor.emulator.core.CpuState;
import java.util.function.IntConsumer;

/**
 * The registers of the SCB that show and change the exceptions of the system itself: ICSR, SHPR1 to
 * SHPR3 and SHCSR. Their state is in the exception model.
 *
 * @param pend pends an exception by its number
 */
record SystemHandlers(CpuState cpu, ExceptionModel exceptions, IntConsumer pend) {
    int icsr() {
        int value = cpu.exception;
        value |= exceptions.highestPending() << 12;
        if (exceptions.activeCount() <= 1) {
            value |= 1 << 11;
        }
        for (int irq = 0; irq < IRQ_COUNT; irq++) {
            if (exceptions.isPending(FIRST_IRQ + irq)) {
                value |= 1 << 22;
            }
        }
        value |= bit(exceptions.isPending(SYS_TICK), 26);
        value |= bit(exceptions.isPending(PEND_SV), 28);
        return value | bit(exceptions.isPending(NMI), 31);
    }

    void writeIcsr(int value) {
        if ((value & 1 << 25) != 0) {
            exceptions.setPending(SYS_TICK, false);
        }
        if ((value & 1 << 26) != 0) {
            pend.accept(SYS_TICK);
        }
        if ((value & 1 << 27) != 0) {
            exceptions.setPending(PEND_SV, false);
        }
        if ((value & 1 << 28) != 0) {
            pend.accept(PEND_SV);
        }
        if ((value & 1 << 31) != 0) {
            pend.accept(NMI);
        }
    }

    /**
     * A register of priorities.
     *
     * @param first number of the exception in its lowest byte
     */
    int priorities(int first) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int priority = exceptions.priority(first + i);
            value |= (priority < 0 ? 0 : priority) << (8 * i);
        }
        return value;
    }

    void writePriorities(int first, int value) {
        for (int i = 0; i < 4; i++) {
            int number = first + i;
            if ((number >= MEM_MANAGE && number <= USAGE_FAULT) || number >= SV_CALL) {
                exceptions.setPriority(number, value >>> (8 * i) & 0xFF);
            }
        }
    }

    int shcsr() {
        return bit(exceptions.isActive(MEM_MANAGE), 0)
                | bit(exceptions.isActive(BUS_FAULT), 1)
                | bit(exceptions.isActive(USAGE_FAULT), 3)
                | bit(exceptions.isActive(SV_CALL), 7)
                | bit(exceptions.isActive(PEND_SV), 10)
                | bit(exceptions.isActive(SYS_TICK), 11)
                | bit(exceptions.isPending(USAGE_FAULT), 12)
                | bit(exceptions.isPending(MEM_MANAGE), 13)
                | bit(exceptions.isPending(BUS_FAULT), 14)
                | bit(exceptions.isPending(SV_CALL), 15)
                | bit(exceptions.isEnabled(MEM_MANAGE), 16)
                | bit(exceptions.isEnabled(BUS_FAULT), 17)
                | bit(exceptions.isEnabled(USAGE_FAULT), 18);
    }

    void writeShcsr(int value) {
        exceptions.setActive(MEM_MANAGE, (value & 1) != 0);
        exceptions.setActive(BUS_FAULT, (value & 2) != 0);
        exceptions.setActive(USAGE_FAULT, (value & 8) != 0);
        exceptions.setActive(SV_CALL, (value & 1 << 7) != 0);
        exceptions.setActive(PEND_SV, (value & 1 << 10) != 0);
        exceptions.setActive(SYS_TICK, (value & 1 << 11) != 0);
        exceptions.setPending(USAGE_FAULT, (value & 1 << 12) != 0);
        exceptions.setPending(MEM_MANAGE, (value & 1 << 13) != 0);
        exceptions.setPending(BUS_FAULT, (value & 1 << 14) != 0);
        exceptions.setPending(SV_CALL, (value & 1 << 15) != 0);
        exceptions.setEnabled(MEM_MANAGE, (value & 1 << 16) != 0);
        exceptions.setEnabled(BUS_FAULT, (value & 1 << 17) != 0);
        exceptions.setEnabled(USAGE_FAULT, (value & 1 << 18) != 0);
    }

    private static int bit(boolean value, int position) {
        return value ? 1 << position : 0;
    }
}
