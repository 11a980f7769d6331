package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.Optional;
import java.util.regex.Pattern;

/** What CMSIS-RTOS and FreeRTOS offer to keep other tasks out. */
final class Locks {
    private static final Pattern TAKE =
            Pattern.compile(
                    "osMutexAcquire|osMutexWait|osSemaphoreAcquire|osSemaphoreWait|osKernelLock|"
                            + "xSemaphoreTake\\w*|xQueueSemaphoreTake|xQueueTakeMutexRecursive|"
                            + "vTaskSuspendAll|vPortEnterCritical|taskENTER_CRITICAL|__disable_irq");

    private static final Pattern GIVE =
            Pattern.compile(
                    "osMutexRelease|osSemaphoreRelease|osKernelUnlock|xSemaphoreGive\\w*|"
                            + "xQueueGenericSend|xQueueGiveMutexRecursive|xTaskResumeAll|"
                            + "vPortExitCritical|taskEXIT_CRITICAL|__enable_irq");

    private Locks() {}

    /** True for a call that keeps others out, or waits for something: the name does not tell. */
    static boolean takes(Instr.Call call) {
        return TAKE.matcher(call.name()).matches();
    }

    /**
     * True for the two ends of a lock that one function takes and gives back. Whoever waits for a
     * signal leaves the giving to others.
     */
    static boolean isLocking(Instr.Call call, Function function) {
        if (GIVE.matcher(call.name()).matches()) {
            return function.calls().anyMatch(c -> takes(c) && ofOneLock(c, call));
        }
        return takes(call)
                && function.calls()
                        .anyMatch(c -> GIVE.matcher(c.name()).matches() && ofOneLock(call, c));
    }

    private static boolean ofOneLock(Instr.Call take, Instr.Call give) {
        return lock(take).equals(lock(give));
    }

    private static Optional<ByteTarget> lock(Instr.Call call) {
        return call.arguments().stream().findFirst().flatMap(ByteTarget::place);
    }
}
