package dev.microvisor.dap.breakpoint;

import dev.microvisor.dap.firmware.MicrovisorEvent;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.motion.Stop;
import dev.microvisor.emulator.guest.StopReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which faults and events stop, and under which conditions. A fault that the firmware does not
 * handle stops whatever is chosen here, because there is nothing after it. Belongs to the machine's
 * thread.
 */
public final class ExceptionBreakpoints implements Target.EventFilter {
    private final Conditions conditions;
    private Map<ExceptionFilter, Chosen> chosen = new EnumMap<>(ExceptionFilter.class);

    /**
     * A filter that the user switched on.
     *
     * @param condition empty for always
     */
    public record Chosen(int id, String condition) {}

    ExceptionBreakpoints(Conditions conditions) {
        this.conditions = conditions;
        for (ExceptionFilter filter : ExceptionFilter.values()) {
            if (filter.isDefault()) {
                chosen.put(filter, new Chosen(0, ""));
            }
        }
    }

    /** Replaces all. */
    public void replace(Map<ExceptionFilter, Chosen> filters) {
        chosen = new EnumMap<>(ExceptionFilter.class);
        chosen.putAll(filters);
    }

    /** The stop at a fault that the firmware may still handle. */
    Optional<Stop> faulted(StopReason.Fault fault) {
        ExceptionFilter filter = ExceptionFilter.of(fault);
        Chosen active = chosen.get(filter);
        if (active == null) {
            return Optional.empty();
        }
        String problem = "";
        try {
            if (!active.condition().isEmpty() && !conditions.isTrue(active.condition())) {
                return Optional.empty();
            }
        } catch (Conditions.ConditionFailed e) {
            problem = " (condition '" + active.condition() + "': " + e.getMessage() + ")";
        }
        return Optional.of(
                new Stop(
                        "exception",
                        fault.text() + problem,
                        ids(active),
                        Optional.of(fault),
                        false));
    }

    /** The stop at an event that {@link #stopsAt} wanted, or that ends the run by itself. */
    Optional<Stop> happened(StopReason.Event event) {
        Optional<ExceptionFilter> filter = ExceptionFilter.of(event);
        if (filter.isEmpty()) {
            return Optional.of(
                    new Stop("exception", event.text(), List.of(), Optional.of(event), false));
        }
        Chosen active = chosen.get(filter.get());
        return active == null
                ? Optional.empty()
                : Optional.of(
                        new Stop(
                                "exception",
                                filter.get().label() + ": " + event.detail(),
                                ids(active),
                                Optional.of(event),
                                false));
    }

    private static List<Integer> ids(Chosen active) {
        return active.id() == 0 ? List.of() : List.of(active.id());
    }

    @Override
    public boolean looksFor(MicrovisorEvent.Kind kind) {
        return chosen.keySet().stream().anyMatch(f -> f.event().equals(Optional.of(kind)));
    }

    @Override
    public boolean stopsAt(MicrovisorEvent event) {
        return chosen.entrySet().stream()
                .filter(e -> e.getKey().event().equals(Optional.of(event.kind())))
                .anyMatch(e -> isNamed(e.getValue().condition(), event.names()));
    }

    /**
     * Each word of a condition must be one of the names, or one of several with bars between; words
     * after {@code !} must not be.
     */
    private static boolean isNamed(String condition, List<String> names) {
        for (String word : condition.strip().split("\\s+")) {
            boolean not = word.startsWith("!");
            String wanted = not ? word.substring(1) : word;
            boolean named =
                    Arrays.stream(wanted.split("\\|"))
                            .anyMatch(w -> names.stream().anyMatch(w::equalsIgnoreCase));
            if (!wanted.isEmpty() && named == not) {
                return false;
            }
        }
        return true;
    }
}
