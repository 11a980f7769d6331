package dev.microvisor.dap.breakpoint;

import dev.microvisor.dap.firmware.MicrovisorEvent;
import dev.microvisor.dap.motion.Stop;
import dev.microvisor.dap.motion.UserStops;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All breakpoints of a session. Belongs to the machine's thread. */
public final class BreakpointTable implements UserStops {
    /** Far more than a person sets; each costs the emulator a set entry. */
    private static final int MAX_BREAKPOINTS = 10_000;

    private final Conditions conditions;
    private final Consumer<LogPoint> log;
    private final Map<String, List<CodeBreakpoint>> groups = new LinkedHashMap<>();
    private final Map<Integer, List<CodeBreakpoint>> byAddress = new HashMap<>();
    private List<DataBreakpoint> data = List.of();
    private final ExceptionBreakpoints exceptions;
    private int nextId = 1;

    /** What a log point writes. */
    public record LogPoint(String text, int address) {}

    public BreakpointTable(Conditions conditions, Consumer<LogPoint> log) {
        this.conditions = conditions;
        this.log = log;
        this.exceptions = new ExceptionBreakpoints(conditions);
    }

    /** What is asked for in one request. */
    public record Wanted(
            CodeBreakpoint.Kind kind,
            String label,
            List<Integer> addresses,
            CodeBreakpoint.Wish wish) {
        public Wanted {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Replaces the breakpoints of a group: all of one source file, or all of one kind.
     *
     * @return their ids, in the order in which they were asked for
     */
    public List<Integer> replace(String group, List<Wanted> wanted) {
        List<CodeBreakpoint> old = groups.getOrDefault(group, List.of());
        List<CodeBreakpoint> now = new ArrayList<>();
        for (Wanted w : wanted.subList(0, Math.min(wanted.size(), MAX_BREAKPOINTS))) {
            now.add(kept(old, w).orElseGet(() -> create(w)));
        }
        groups.put(group, now);
        byAddress.clear();
        for (List<CodeBreakpoint> breakpoints : groups.values()) {
            for (CodeBreakpoint breakpoint : breakpoints) {
                for (int address : breakpoint.addresses()) {
                    byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(breakpoint);
                }
            }
        }
        return now.stream().map(CodeBreakpoint::id).toList();
    }

    /** A breakpoint that did not change keeps its id and its count. */
    private static Optional<CodeBreakpoint> kept(List<CodeBreakpoint> old, Wanted wanted) {
        return old.stream()
                .filter(
                        b ->
                                b.kind() == wanted.kind()
                                        && b.label().equals(wanted.label())
                                        && b.addresses().equals(wanted.addresses())
                                        && b.wish().equals(wanted.wish()))
                .findFirst();
    }

    private CodeBreakpoint create(Wanted wanted) {
        return new CodeBreakpoint(
                nextId++, wanted.kind(), wanted.label(), wanted.addresses(), wanted.wish());
    }

    /** Why a wish cannot be granted; empty when it can. */
    public static Optional<String> problemOf(CodeBreakpoint.Wish wish) {
        boolean bad =
                !wish.hitCondition().isEmpty() && HitCondition.parse(wish.hitCondition()).isEmpty();
        return bad
                ? Optional.of(
                        "hit condition '"
                                + wish.hitCondition()
                                + "' is not understood: write a number, or one after ==, >, >=,"
                                + " <, <= or %")
                : Optional.empty();
    }

    /** The firmware starts over: hit counts start at zero. */
    public void forgetHits() {
        groups.values().forEach(g -> g.forEach(CodeBreakpoint::forgetHits));
    }

    @Override
    public Set<Integer> addresses() {
        return byAddress.keySet();
    }

    @Override
    public Optional<Stop> at(int address) {
        List<Integer> hit = new ArrayList<>();
        Optional<CodeBreakpoint> first = Optional.empty();
        String problem = "";
        for (CodeBreakpoint breakpoint : byAddress.getOrDefault(address, List.of())) {
            CodeBreakpoint.Wish wish = breakpoint.wish();
            try {
                if (!wish.condition().isEmpty() && !conditions.isTrue(wish.condition())) {
                    continue;
                }
            } catch (Conditions.ConditionFailed e) {
                // Stopping is the safe side: the user sees which condition cannot be evaluated.
                problem = ": condition '" + wish.condition() + "': " + e.getMessage();
            }
            if (!breakpoint.passes()) {
                continue;
            }
            if (!wish.logMessage().isEmpty() && problem.isEmpty()) {
                log.accept(new LogPoint(filledIn(wish.logMessage()), address));
                continue;
            }
            hit.add(breakpoint.id());
            first = first.isPresent() ? first : Optional.of(breakpoint);
        }
        String explanation = problem;
        return first.map(
                b ->
                        Stop.breakpoint(
                                b.kind().reason(),
                                "Breakpoint at " + b.label() + explanation,
                                hit));
    }

    /** Replaces <code>{expression}</code> by its value; doubled braces stand for themselves. */
    private String filledIn(String message) {
        StringBuilder text = new StringBuilder();
        int position = 0;
        while (position < message.length()) {
            char c = message.charAt(position);
            int end = c == '{' ? message.indexOf('}', position) : -1;
            if (c == '{' && message.startsWith("{{", position)) {
                text.append('{');
                position += 2;
            } else if (c == '}' && message.startsWith("}}", position)) {
                text.append('}');
                position += 2;
            } else if (end > 0) {
                text.append(conditions.text(message.substring(position + 1, end).strip()));
                position = end + 1;
            } else {
                text.append(c);
                position++;
            }
        }
        return text.toString();
    }

    /** Replaces all breakpoints on data; watches carry the ids that the stops give. */
    public void replaceData(List<DataBreakpoint> breakpoints) {
        data = List.copyOf(breakpoints);
    }

    /** A fresh id, unique among all breakpoints. */
    public int newId() {
        return nextId++;
    }

    @Override
    public Set<Debuggee.Watch> watches() {
        return data.stream().map(DataBreakpoint::watch).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Stop> touched(StopReason.Watchpoint watchpoint) {
        return data(watchpoint).filter(b -> b.passes(conditions)).map(b -> b.stop(watchpoint));
    }

    private Optional<DataBreakpoint> data(StopReason.Watchpoint watchpoint) {
        return data.stream().filter(b -> b.watch().id() == watchpoint.watchpointId()).findFirst();
    }

    /** Faults and events to stop at. */
    public ExceptionBreakpoints exceptions() {
        return exceptions;
    }

    @Override
    public Optional<Stop> wouldStop(StopReason reason) {
        if (reason instanceof StopReason.Fault fault) {
            return exceptions.faulted(fault);
        }
        if (reason instanceof StopReason.Event event) {
            return exceptions.happened(event);
        }
        if (reason instanceof StopReason.Watchpoint watchpoint) {
            return data(watchpoint).filter(b -> b.holds(conditions)).map(b -> b.stop(watchpoint));
        }
        if (!(reason instanceof StopReason.Breakpoint breakpoint)) {
            return Optional.empty();
        }
        return byAddress.getOrDefault(breakpoint.address(), List.of()).stream()
                .filter(b -> b.wish().logMessage().isEmpty() && conditionHolds(b.wish()))
                .findFirst()
                .map(
                        b ->
                                Stop.breakpoint(
                                        b.kind().reason(),
                                        "Breakpoint at " + b.label(),
                                        List.of(b.id())));
    }

    private boolean conditionHolds(CodeBreakpoint.Wish wish) {
        try {
            return wish.condition().isEmpty() || conditions.isTrue(wish.condition());
        } catch (Conditions.ConditionFailed e) {
            return true; // As forwards: stopping is the safe side.
        }
    }

    @Override
    public Optional<Stop> happened(StopReason.Event event) {
        return exceptions.happened(event);
    }

    @Override
    public boolean stopsAtCalls() {
        return exceptions.looksFor(MicrovisorEvent.Kind.CALL)
                || exceptions.looksFor(MicrovisorEvent.Kind.FAILED_CALL);
    }

    @Override
    public Optional<Stop> faulted(StopReason.Fault fault) {
        return exceptions.faulted(fault);
    }
}
