package dev.microvisor.symbols.frame;

/** Names of Cortex-M exceptions by their numbers in IPSR. */
public final class ExceptionName {
    private static final int FIRST_INTERRUPT = 16;
    private static final String[] NAMES = {
        "thread mode",
        "Reset",
        "NMI",
        "HardFault",
        "MemManage",
        "BusFault",
        "UsageFault",
        "SecureFault",
        "exception 8",
        "exception 9",
        "exception 10",
        "SVCall",
        "DebugMonitor",
        "exception 13",
        "PendSV",
        "SysTick",
    };

    private ExceptionName() {}

    public static String of(int number) {
        if (number == 0) {
            return "exception";
        }
        return number < FIRST_INTERRUPT ? NAMES[number] : "interrupt " + (number - FIRST_INTERRUPT);
    }
}
