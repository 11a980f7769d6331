package dev.microvisor.gdb;

import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.emulator.machine.Debuggee.Watch;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The client's breakpoints and watchpoints; packets {@code Z} and {@code z}. */
final class StopPoints {
    /** Most breakpoints and, apart from them, watchpoints that a client may set. */
    static final int LIMIT = 10_000;

    private final Debuggee machine;
    private final Set<Integer> breakpoints = new HashSet<>();
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private int nextWatchId = 1;

    StopPoints(Debuggee machine) {
        this.machine = machine;
    }

    /** False when the type is none that the stub knows. */
    boolean insert(String arguments) throws BadCommandException {
        char type = arguments.isEmpty() ? ' ' : arguments.charAt(0);
        if (type == '0' || type == '1') {
            if (breakpoints.size() >= LIMIT) {
                throw new BadCommandException("more than " + LIMIT + " breakpoints");
            }
            breakpoints.add(range(arguments).address());
            machine.setBreakpoints(Set.copyOf(breakpoints));
            return true;
        }
        if (type < '2' || type > '4') {
            return false;
        }
        if (watches.size() >= LIMIT) {
            throw new BadCommandException("more than " + LIMIT + " watchpoints");
        }
        AddressRange range = range(arguments);
        boolean onWrite = type != '3';
        boolean onRead = type != '2';
        watches.put(
                key(arguments),
                new Watch(nextWatchId++, range.address(), range.size(), onRead, onWrite));
        machine.setWatchpoints(Set.copyOf(watches.values()));
        return true;
    }

    boolean remove(String arguments) throws BadCommandException {
        char type = arguments.isEmpty() ? ' ' : arguments.charAt(0);
        if (type == '0' || type == '1') {
            breakpoints.remove(range(arguments).address());
            machine.setBreakpoints(Set.copyOf(breakpoints));
            return true;
        }
        if (type < '2' || type > '4') {
            return false;
        }
        watches.remove(key(arguments));
        machine.setWatchpoints(Set.copyOf(watches.values()));
        return true;
    }

    /** Addresses to stop at. */
    Set<Integer> breakpoints() {
        return Set.copyOf(breakpoints);
    }

    void clear() {
        breakpoints.clear();
        watches.clear();
        machine.setBreakpoints(Set.of());
        machine.setWatchpoints(Set.of());
    }

    private static String key(String arguments) {
        return arguments.split(";", 2)[0];
    }

    private static AddressRange range(String arguments) throws BadCommandException {
        String[] parts = key(arguments).split(",", 2);
        if (parts.length != 2) {
            throw new BadCommandException("no address: " + arguments);
        }
        return AddressRange.parse(parts[1]);
    }
}
