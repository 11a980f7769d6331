package dev.microvisor.emulator.peripherals;

import java.util.function.Predicate;

/**
 * The devices of an I2C bus whose two lines firmware moves by itself, at any two pins, as
 * open-drain outputs or by turning an output into an input. It looks at the lines when firmware has
 * written to a port, and holds SDA low for zeros and acknowledgements. It never holds the clock.
 * Addresses of 10 bits are not answered here.
 */
final class PinI2c extends BlockWithoutRegisters {
    private static final int BITS = 8;

    private final String clock;
    private final String data;
    private final I2cBus bus;
    private final Predicate<String> drivesLow;
    private final Bench bench;
    private State state = State.IDLE;

    /**
     * @param name the pins, SCL first: {@code PB8/PB9}
     * @param drivesLow whether firmware holds a pin low
     */
    PinI2c(String name, I2cBus bus, Predicate<String> drivesLow, Bench bench) {
        super(name);
        int middle = name.indexOf('/');
        this.clock = name.substring(0, middle);
        this.data = name.substring(middle + 1);
        this.bus = bus;
        this.drivesLow = drivesLow;
        this.bench = bench;
    }

    /** What goes over the bus. */
    private enum Phase {
        /** Nothing, or what is for no device here. */
        IDLE,
        ADDRESS,
        WRITING,
        READING
    }

    /**
     * The bus at one instant.
     *
     * @param clockHigh level of SCL
     * @param dataHigh what the master makes of SDA
     * @param bits of the byte that have gone; the ninth is the acknowledgement
     * @param shifted the bits, those that are still to go to the left of them when reading
     * @param low true while the device holds SDA low
     */
    private record State(
            boolean clockHigh,
            boolean dataHigh,
            Phase phase,
            int address,
            int bits,
            int shifted,
            boolean low) {
        static final State IDLE = new State(true, true, Phase.IDLE, -1, 0, 0, false);

        State lines(boolean newClock, boolean newData) {
            return new State(newClock, newData, phase, address, bits, shifted, low);
        }

        State at(Phase next, int newAddress) {
            return new State(clockHigh, dataHigh, next, newAddress, 0, 0, false);
        }

        State sampled(int bit) {
            return new State(
                    clockHigh, dataHigh, phase, address, bits + 1, shifted << 1 | bit, low);
        }

        State holding(boolean nowLow) {
            return new State(clockHigh, dataHigh, phase, address, bits, shifted, nowLow);
        }

        /** A byte begins to go to the master. */
        State sending(int octet) {
            return new State(clockHigh, dataHigh, Phase.READING, address, 0, octet, octet < 0x80);
        }
    }

    boolean isAt(String pin) {
        return pin.equals(clock) || pin.equals(data);
    }

    /** Firmware has written to a port: the lines may have changed. */
    void look() {
        boolean clockHigh = !drivesLow.test(clock);
        boolean dataHigh = !drivesLow.test(data);
        State before = state;
        if (clockHigh != before.clockHigh() || dataHigh != before.dataHigh()) {
            state = before.lines(clockHigh, dataHigh);
            if (clockHigh && before.clockHigh()) {
                condition(dataHigh);
            } else if (clockHigh && !before.clockHigh()) {
                state = sampled();
            } else if (before.clockHigh()) {
                fallen();
            }
        }
        bench.drive(data, !(state.low() || bus.isStuck()));
    }

    /** SDA has moved while SCL is high. */
    private void condition(boolean stop) {
        if (state.low()) {
            return;
        }
        if (stop) {
            bus.stop(state.address());
            state = state.at(Phase.IDLE, -1);
        } else {
            state = state.at(Phase.ADDRESS, state.address());
        }
    }

    private State sampled() {
        boolean acknowledges = state.bits() == BITS;
        if (state.phase() == Phase.IDLE) {
            return state;
        }
        if (state.phase() == Phase.READING && !acknowledges) {
            return state.sampled(0);
        }
        return state.sampled(state.dataHigh() && !state.low() ? 1 : 0);
    }

    /** SCL has fallen: the devices change SDA now. */
    private void fallen() {
        if (state.phase() == Phase.IDLE) {
            return;
        }
        if (state.bits() < BITS) {
            boolean low = state.phase() == Phase.READING && (state.shifted() & 0x80) == 0;
            state = state.holding(low);
        } else if (state.bits() == BITS) {
            state = state.phase() == Phase.READING ? state.holding(false) : received();
        } else {
            next();
        }
    }

    /** A byte of the master has gone: the device acknowledges it, or does not. */
    private State received() {
        int octet = state.shifted() & 0xFF;
        if (state.phase() == Phase.WRITING) {
            return state.holding(bus.write(state.address(), octet));
        }
        State addressed =
                new State(
                        state.clockHigh(),
                        state.dataHigh(),
                        Phase.ADDRESS,
                        octet >>> 1,
                        BITS,
                        octet,
                        false);
        return addressed.holding(bus.start(octet >>> 1, (octet & 1) != 0));
    }

    /** The acknowledgement has gone, too; its bit is the last that was sampled. */
    private void next() {
        boolean acknowledged = (state.shifted() & 1) == 0;
        boolean reads = state.phase() == Phase.READING || isReadAddress();
        if (!acknowledged) {
            state = new State(false, state.dataHigh(), Phase.IDLE, state.address(), 0, 0, false);
        } else if (reads) {
            state = state.sending(bus.read(state.address()));
        } else {
            state = state.at(Phase.WRITING, state.address());
        }
    }

    private boolean isReadAddress() {
        return state.phase() == Phase.ADDRESS && (state.shifted() >>> 1 & 1) != 0;
    }

    // ---------------------------------------------------------------- as a part of the machine

    @Override
    public void reset() {
        state = State.IDLE;
    }

    @Override
    public Object save() {
        return state;
    }

    @Override
    public void restore(Object saved) {
        state = (State) saved;
    }
}
