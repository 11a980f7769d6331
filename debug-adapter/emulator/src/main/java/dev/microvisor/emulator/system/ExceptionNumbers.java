package dev.microvisor.emulator.system;

/** Exceptions by their numbers in the vector table. */
public final class ExceptionNumbers {
    public static final int NMI = 2;
    public static final int HARD_FAULT = 3;
    public static final int MEM_MANAGE = 4;
    public static final int BUS_FAULT = 5;
    public static final int USAGE_FAULT = 6;
    public static final int SV_CALL = 11;
    public static final int DEBUG_MONITOR = 12;
    public static final int PEND_SV = 14;
    public static final int SYS_TICK = 15;
    public static final int FIRST_IRQ = 16;

    /** External interrupts of the STM32U585; the last is FMAC. */
    public static final int IRQ_COUNT = 125;

    static final int COUNT = FIRST_IRQ + IRQ_COUNT;

    private ExceptionNumbers() {}

    public static String name(int number) {
        return switch (number) {
            case 0 -> "thread mode";
            case NMI -> "NMI";
            case HARD_FAULT -> "HardFault";
            case MEM_MANAGE -> "MemManage";
            case BUS_FAULT -> "BusFault";
            case USAGE_FAULT -> "UsageFault";
            case SV_CALL -> "SVCall";
            case DEBUG_MONITOR -> "DebugMonitor";
            case PEND_SV -> "PendSV";
            case SYS_TICK -> "SysTick";
            default -> number >= FIRST_IRQ ? "IRQ " + (number - FIRST_IRQ) : "exception " + number;
        };
    }

    static boolean isFault(int number) {
        return number >= HARD_FAULT && number <= USAGE_FAULT;
    }
}
