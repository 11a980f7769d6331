package dev.microvisor.dap.breakpoint;

import dev.microvisor.dap.firmware.MicrovisorEvent;
import dev.microvisor.emulator.guest.StopReason;
import java.util.Arrays;
import java.util.Optional;

/** What a user can choose to stop at besides places: faults of the core, doings of Microvisor. */
public enum ExceptionFilter {
    HARD_FAULT("hardFault", "HardFault", "a fault for which no handler of its own is enabled"),
    MEM_MANAGE("memManage", "MemManage fault", "an access that the MPU or the map forbids"),
    BUS_FAULT("busFault", "BusFault", "an access where there is no memory"),
    USAGE_FAULT("usageFault", "UsageFault", "an instruction that cannot be executed"),
    SECURE_FAULT("secureFault", "SecureFault", "an access to what belongs to Microvisor"),
    LOCKUP("lockup", "Lockup", "a fault in a fault handler"),
    STACK_OVERFLOW("stackOverflow", "Stack overflow", "the stack pointer went below its limit"),
    BUFFER_WRITTEN(
            "mv.bufferWritten",
            "Hypervisor-owned buffer written",
            "the application wrote into a buffer that it had given to Microvisor"),
    FAILED_CALL(
            "mv.callFailed",
            "System call fails",
            "a system call returned another status than MV_STATUS_OKAY",
            MicrovisorEvent.Kind.FAILED_CALL,
            "names of calls and statuses: mvOpenChannel|mvReadChannel !MV_STATUS_INVALIDHANDLE"),
    CALL(
            "mv.call",
            "System call returns",
            "any system call, or those named in the condition",
            MicrovisorEvent.Kind.CALL,
            "names of calls and statuses: mvReadChannel|mvWriteChannel MV_STATUS_OKAY"),
    NOTIFICATION(
            "mv.notification",
            "Notification posted",
            "a record was written into the ring of a notification centre",
            MicrovisorEvent.Kind.NOTIFICATION,
            "event types and tags: MV_EVENTTYPE_CHANNELDATAREADABLE 17"),
    CHANNEL(
            "mv.channel",
            "Channel changes",
            "a channel opened, got data or was closed",
            MicrovisorEvent.Kind.CHANNEL,
            "types or handles of channels, such as: MV_CHANNELTYPE_HTTP"),
    NETWORK(
            "mv.network",
            "Network status changes",
            "the network went to another status",
            MicrovisorEvent.Kind.NETWORK,
            "statuses, such as: MV_NETWORKSTATUS_CONNECTED"),
    RESTART(
            "mv.restart",
            "Application restarts",
            "the application was reset and starts again",
            MicrovisorEvent.Kind.RESTART,
            "reasons, such as: MV_WAKEREASON_APPLICATIONFAILURE");

    private static final int STKOF = 1 << 20;

    private final String id;
    private final String label;
    private final String description;
    private final Optional<MicrovisorEvent.Kind> event;
    private final String conditionDescription;

    ExceptionFilter(String id, String label, String description) {
        this.id = id;
        this.label = label;
        this.description = description;
        this.event = Optional.empty();
        this.conditionDescription = "a C expression, evaluated where the fault happens";
    }

    ExceptionFilter(
            String id,
            String label,
            String description,
            MicrovisorEvent.Kind event,
            String conditionDescription) {
        this.id = id;
        this.label = label;
        this.description = description;
        this.event = Optional.of(event);
        this.conditionDescription = conditionDescription;
    }

    /** The filter that a client names; empty when there is none. */
    public static Optional<ExceptionFilter> of(String id) {
        for (ExceptionFilter filter : values()) {
            if (filter.id.equals(id)) {
                return Optional.of(filter);
            }
        }
        return Optional.empty();
    }

    /** The filter that a stop belongs to, when it is a fault or an event. */
    public static Optional<ExceptionFilter> of(StopReason reason) {
        if (reason instanceof StopReason.Fault fault) {
            return Optional.of(of(fault));
        }
        return reason instanceof StopReason.Event event
                ? Arrays.stream(values())
                        .filter(f -> f.event.map(Enum::name).equals(Optional.of(event.kind())))
                        .findFirst()
                : Optional.empty();
    }

    /** The filter that a fault belongs to: the most special one. */
    public static ExceptionFilter of(StopReason.Fault fault) {
        if ((fault.cfsr() & STKOF) != 0) {
            return STACK_OVERFLOW;
        }
        return switch (fault.kind()) {
            case "MemManage" -> MEM_MANAGE;
            case "BusFault" -> BUS_FAULT;
            case "UsageFault" -> USAGE_FAULT;
            case "SecureFault" ->
                    fault.detail().contains("write-protects") ? BUFFER_WRITTEN : SECURE_FAULT;
            case "Lockup" -> LOCKUP;
            default -> HARD_FAULT;
        };
    }

    public String id() {
        return id;
    }

    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    public String conditionDescription() {
        return conditionDescription;
    }

    /** The event that it is about; empty for faults. */
    public Optional<MicrovisorEvent.Kind> event() {
        return event;
    }

    /** Faults stop unless the user says otherwise; events only when the user says so. */
    public boolean isDefault() {
        return event.isEmpty();
    }
}
