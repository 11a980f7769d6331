package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.hardware.AnalogEvent;
import dev.microvisor.emulator.cloud.hardware.Hardware;
import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.I2cEvent;
import dev.microvisor.emulator.cloud.hardware.I2cFault;
import dev.microvisor.emulator.cloud.hardware.PinEvent;
import dev.microvisor.emulator.cloud.hardware.Schedule;
import dev.microvisor.emulator.cloud.hardware.SerialInput;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Timed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What is wired to the chip, as the cloud file describes it. It has no registers: converters, ports
 * and buses ask it, and it tells them of changes. A reset of the application does not touch it.
 */
final class Bench extends BlockWithoutRegisters {
    /** Bytes that may wait for one serial port; more are dropped with a warning. */
    static final int MAX_WAITING_BYTES = 1 << 20;

    /** Faults of I2C buses that may wait to happen; more are forgotten. */
    private static final int MAX_TROUBLES = 64;

    private final List<Scripted> script = new ArrayList<>();
    private final Map<String, I2cDevice> devices = new HashMap<>();
    private final long wallStart;
    private Wiring wiring = Wiring.NONE;
    private State state;
    private long next = Timed.NEVER;

    /**
     * @param wallClock the time at the first instruction
     */
    Bench(Hardware hardware, Instant wallClock) {
        super("bench");
        wallStart = wallClock.getEpochSecond();
        hardware.pins().forEach(e -> script.add(new Scripted(e.when(), () -> level(e))));
        hardware.analog().forEach(e -> script.add(new Scripted(e.when(), () -> voltage(e))));
        hardware.serial().forEach(e -> script.add(new Scripted(e.when(), () -> addSerial(e))));
        hardware.i2cEvents().forEach(e -> script.add(new Scripted(e.when(), () -> change(e))));
        hardware.i2cFaults().forEach(e -> script.add(new Scripted(e.when(), () -> fail(e))));
        Map<String, I2cSlave> slaves = new HashMap<>();
        for (I2cDevice device : hardware.i2c()) {
            String place = slave(device.bus(), device.address());
            devices.put(place, device);
            slaves.put(place, I2cSlave.of(device));
        }
        List<Long> due = script.stream().map(s -> s.when().atUs()).toList();
        state = new State(pullUps(hardware), Map.of(), Map.of(), slaves, List.of(), due);
        scheduleNext();
    }

    /** Lines of I2C buses at pins have resistors that make them high. */
    private static Map<String, Boolean> pullUps(Hardware hardware) {
        Map<String, Boolean> levels = new HashMap<>();
        for (String bus : hardware.pinBuses()) {
            for (String pin : bus.split("/", -1)) {
                levels.put(pin, true);
            }
        }
        return levels;
    }

    /** An entry of the script. */
    private record Scripted(Schedule when, Runnable effect) {}

    /**
     * Everything that changes.
     *
     * @param levels of driven inputs by name
     * @param millivolts by converter and channel
     * @param serial what waits for ports, none of it empty
     * @param slaves by bus and address
     * @param troubles of I2C buses
     * @param dueUs when each entry of the script comes next; negative: never again
     */
    private record State(
            Map<String, Boolean> levels,
            Map<String, Integer> millivolts,
            Map<String, List<Waiting>> serial,
            Map<String, I2cSlave> slaves,
            List<Trouble> troubles,
            List<Long> dueUs) {
        State {
            levels = Map.copyOf(levels);
            millivolts = Map.copyOf(millivolts);
            serial = Map.copyOf(serial);
            slaves = Map.copyOf(slaves);
            troubles = List.copyOf(troubles);
            dueUs = List.copyOf(dueUs);
        }

        State withLevels(Map<String, Boolean> now) {
            return new State(now, millivolts, serial, slaves, troubles, dueUs);
        }

        State withMillivolts(Map<String, Integer> now) {
            return new State(levels, now, serial, slaves, troubles, dueUs);
        }

        State withSerial(Map<String, List<Waiting>> now) {
            return new State(levels, millivolts, now, slaves, troubles, dueUs);
        }

        State withSlaves(Map<String, I2cSlave> now) {
            return new State(levels, millivolts, serial, now, troubles, dueUs);
        }

        State withTroubles(List<Trouble> now) {
            return new State(levels, millivolts, serial, slaves, now, dueUs);
        }

        State withDue(List<Long> now) {
            return new State(levels, millivolts, serial, slaves, troubles, now);
        }
    }

    /**
     * A fault of an I2C bus that has begun.
     *
     * @param until instruction at which it is over, for those that last
     */
    private record Trouble(String bus, I2cFault.Error error, long forUs, long until) {}

    /** Who is told of changes. */
    interface Wiring {
        /** Nobody. */
        Wiring NONE =
                new Wiring() {
                    @Override
                    public boolean idleLevel(String input) {
                        return false;
                    }

                    @Override
                    public void levelChanged(String input, boolean high) {}

                    @Override
                    public void serialArrived(String port) {}

                    @Override
                    public void busesFreed() {}
                };

        /** Level of an input that nothing drives. */
        boolean idleLevel(String input);

        void levelChanged(String input, boolean high);

        void serialArrived(String port);

        /** An I2C bus that was held low is not any more. */
        void busesFreed();
    }

    void wire(Wiring newWiring) {
        wiring = newWiring;
    }

    // ---------------------------------------------------------------- what peripherals ask

    /** Level of an input; empty when nothing drives it. */
    Optional<Boolean> level(String input) {
        return Optional.ofNullable(state.levels().get(input));
    }

    /** From now on something drives an input, or a line to which nobody else gives a level. */
    void drive(String input, boolean high) {
        if (state.levels().getOrDefault(input, !high) != high) {
            Map<String, Boolean> levels = new HashMap<>(state.levels());
            levels.put(input, high);
            state = state.withLevels(levels);
        }
    }

    /** False while nothing at all is driven, which is what ports want to know quickly. */
    boolean drivesAnything() {
        return !state.levels().isEmpty();
    }

    int millivolts(String converter, int channel) {
        return state.millivolts().getOrDefault(channel(converter, channel), 0);
    }

    boolean hasVoltage(String converter, int channel) {
        return state.millivolts().containsKey(channel(converter, channel));
    }

    boolean serialWaits(String port) {
        return state.serial().containsKey(port);
    }

    /** True when what comes next for a port, which must have something, waits for room there. */
    boolean isSerialHeld(String port) {
        return state.serial().get(port).get(0).input().held();
    }

    /** Takes the next character that came in for a port, which must have one. */
    Incoming takeSerial(String port) {
        List<Waiting> waiting = state.serial().get(port);
        Waiting first = waiting.get(0);
        List<Waiting> rest = new ArrayList<>(waiting);
        if (first.isLast()) {
            rest.remove(0);
        } else {
            rest.set(0, first.rest());
        }
        setSerial(port, rest);
        return new Incoming(first.input().content().at(first.at()), first.input().error());
    }

    /**
     * What comes in at a serial port.
     *
     * @param error what was wrong with it on the line
     */
    record Incoming(int value, SerialInput.Error error) {}

    /** Bytes come in for a port, behind those that wait already. */
    void addSerial(SerialInput input) {
        List<Waiting> before = state.serial().getOrDefault(input.port(), List.of());
        int bytes = before.stream().mapToInt(Waiting::size).sum();
        if (bytes + input.content().size() > MAX_WAITING_BYTES) {
            guest().warnOnce(
                            input.port()
                                    + ": more than "
                                    + MAX_WAITING_BYTES
                                    + " bytes wait to be received; the rest is dropped");
            return;
        }
        List<Waiting> all = new ArrayList<>(before);
        all.add(new Waiting(input, 0));
        setSerial(input.port(), all);
        wiring.serialArrived(input.port());
    }

    private void setSerial(String port, List<Waiting> waiting) {
        Map<String, List<Waiting>> serial = new HashMap<>(state.serial());
        if (waiting.isEmpty()) {
            serial.remove(port);
        } else {
            serial.put(port, List.copyOf(waiting));
        }
        state = state.withSerial(serial);
    }

    /**
     * Input of which a part has been taken.
     *
     * @param at the next byte to take
     */
    private record Waiting(SerialInput input, int at) {
        int size() {
            return input.content().size() - at;
        }

        boolean isLast() {
            return size() == 1;
        }

        Waiting rest() {
            return new Waiting(input, at + 1);
        }
    }

    /** The device at an address of a bus, empty when none is there. */
    Optional<I2cSlave> slaveAt(String bus, int address) {
        return Optional.ofNullable(state.slaves().get(slave(bus, address)));
    }

    /** What that device is. */
    Optional<I2cDevice> deviceAt(String bus, int address) {
        return Optional.ofNullable(devices.get(slave(bus, address)));
    }

    Moment moment() {
        return new Moment(guest().now(), guest().clockHz(), wallStart);
    }

    /** A fault that waits to happen at a bus happens now. */
    boolean takeFault(String bus, I2cFault.Error error) {
        return taken(bus, error).isPresent();
    }

    private Optional<Trouble> taken(String bus, I2cFault.Error error) {
        Optional<Trouble> found =
                state.troubles().stream()
                        .filter(t -> t.bus().equals(bus) && t.error() == error)
                        .findFirst();
        found.ifPresent(
                trouble -> {
                    List<Trouble> rest = new ArrayList<>(state.troubles());
                    rest.remove(trouble);
                    state = state.withTroubles(rest);
                });
        return found;
    }

    /** Instructions for which the clock of a bus is held low once; 0 when it is not. */
    long takeStretch(String bus) {
        return taken(bus, I2cFault.Error.STRETCH).map(t -> instruction(t.forUs())).orElse(0L);
    }

    /** True while the data line of a bus is held low. */
    boolean isStuck(String bus) {
        return state.troubles().stream()
                .anyMatch(t -> t.bus().equals(bus) && t.error() == I2cFault.Error.STUCK);
    }

    boolean hasSlaves(String bus) {
        return state.slaves().keySet().stream().anyMatch(s -> s.startsWith(bus + " "));
    }

    void setSlave(String bus, int address, I2cSlave changed) {
        Map<String, I2cSlave> slaves = new HashMap<>(state.slaves());
        slaves.put(slave(bus, address), changed);
        state = state.withSlaves(slaves);
    }

    private static String slave(String bus, int address) {
        return bus + " " + address;
    }

    private static String channel(String converter, int channel) {
        return converter + " " + channel;
    }

    // ---------------------------------------------------------------- what the script does

    private void level(PinEvent event) {
        boolean before = level(event.input()).orElse(wiring.idleLevel(event.input()));
        boolean high =
                switch (event.level()) {
                    case HIGH -> true;
                    case LOW -> false;
                    case TOGGLE -> !before;
                };
        drive(event.input(), high);
        if (high != before) {
            wiring.levelChanged(event.input(), high);
        }
    }

    private void voltage(AnalogEvent event) {
        Map<String, Integer> millivolts = new HashMap<>(state.millivolts());
        millivolts.put(channel(event.converter(), event.channel()), event.millivolts());
        state = state.withMillivolts(millivolts);
    }

    private void change(I2cEvent event) {
        I2cDevice device = deviceAt(event.bus(), event.address()).orElseThrow();
        I2cSlave slave = slaveAt(event.bus(), event.address()).orElseThrow();
        long turn =
                event.when().everyUs() == 0
                        ? 0
                        : (guest().now() - instruction(event.when().atUs()) + 1)
                                / instruction(event.when().everyUs());
        Map<String, Double> measured = new HashMap<>();
        event.measured()
                .forEach((name, all) -> measured.put(name, all.get((int) (turn % all.size()))));
        setSlave(
                event.bus(),
                event.address(),
                slave.changed(
                        device.model(),
                        event.present(),
                        event.registers(),
                        event.replies(),
                        measured));
    }

    private void fail(I2cFault fault) {
        List<Trouble> all = new ArrayList<>(state.troubles());
        if (all.size() < MAX_TROUBLES) {
            long until =
                    fault.error() == I2cFault.Error.STUCK
                            ? guest().now() + instruction(fault.forUs())
                            : Timed.NEVER;
            all.add(new Trouble(fault.bus(), fault.error(), fault.forUs(), until));
        } else {
            guest().warnOnce(
                            fault.bus()
                                    + ": more than "
                                    + MAX_TROUBLES
                                    + " faults of [[i2c_fault]] wait for a transfer; others are"
                                    + " dropped");
        }
        state = state.withTroubles(all);
    }

    private void endTroubles(long now) {
        if (state.troubles().stream().anyMatch(t -> t.until() <= now)) {
            state =
                    state.withTroubles(
                            state.troubles().stream().filter(t -> t.until() > now).toList());
            wiring.busesFreed();
        }
    }

    @Override
    public long nextEvent() {
        return next;
    }

    @Override
    public void runEvents(long now) {
        endTroubles(now);
        for (int i = 0; i < script.size(); i++) {
            long due = state.dueUs().get(i);
            if (due >= 0 && instruction(due) <= now) {
                long every = script.get(i).when().everyUs();
                setDue(i, every == 0 ? -1 : due + every);
                script.get(i).effect().run();
            }
        }
        scheduleNext();
    }

    private void setDue(int index, long due) {
        List<Long> times = new ArrayList<>(state.dueUs());
        times.set(index, due);
        state = state.withDue(times);
    }

    private long instruction(long us) {
        return guest() == null
                ? 0
                : us / 1_000_000 * guest().clockHz()
                        + us % 1_000_000 * guest().clockHz() / 1_000_000;
    }

    private void scheduleNext() {
        next =
                LongStream.concat(
                                state.dueUs().stream()
                                        .filter(due -> due >= 0)
                                        .mapToLong(this::instruction),
                                state.troubles().stream().mapToLong(Trouble::until))
                        .min()
                        .orElse(Timed.NEVER);
    }

    // ---------------------------------------------------------------- as a part of the machine

    @Override
    public void attach(Guest machine) {
        super.attach(machine);
        scheduleNext();
    }

    @Override
    public void reset() {}

    @Override
    public Object save() {
        return state;
    }

    @Override
    public void restore(Object saved) {
        state = (State) saved;
        scheduleNext();
    }
}
