package dev.microvisor.emulator.peripherals;

/**
 * The CORDIC co-processor: ten functions of fixed-point numbers of 16 and 32 bits, by polling,
 * interrupt and DMA. Results are there at once, and are the exact ones, rounded: those of the chip
 * differ from them in as many of the last bits as PRECISION and the function leave.
 */
final class Cordic extends RegisterPeripheral {
    /** Requests at GPDMA1. */
    static final int DMA_READ = 101;

    static final int DMA_WRITE = 102;

    private static final int CSR = 0x00;
    private static final int IEN = 1 << 16;
    private static final int DMAREN = 1 << 17;
    private static final int DMAWEN = 1 << 18;
    private static final int NRES = 1 << 19;
    private static final int NARGS = 1 << 20;
    private static final int RESSIZE = 1 << 21;
    private static final int ARGSIZE = 1 << 22;
    private static final int RRDY = 1 << 31;
    private static final int IRQ = 123;

    /** One, as nearly as it can be written; what a second argument is until it is given. */
    private static final int ONE = Integer.MAX_VALUE;

    private static final double Q31 = 0x1p31;

    private final Runnable requestsChanged;
    private State state;

    Cordic(int baseAddress, Runnable requestsChanged) {
        super("CORDIC", baseAddress);
        this.requestsChanged = requestsChanged;
        keep(State.START, () -> state, next -> state = next);
    }

    /**
     * What is not in registers. Arguments of the next operation may be written before the results
     * of the last one are read.
     *
     * @param first argument
     * @param second argument, kept from operation to operation
     * @param half true between the writes of two arguments
     * @param waiting true when an operation begins as soon as the results have been read
     * @param primary result
     * @param secondary result
     * @param unread how many reads fetch the results
     */
    private record State(
            int first,
            int second,
            boolean half,
            boolean waiting,
            int primary,
            int secondary,
            int unread) {
        static final State START = new State(0, ONE, false, false, 0, 0, 0);

        State with(int newFirst, int newSecond, boolean begun, boolean waits) {
            return new State(newFirst, newSecond, begun, waits, primary, secondary, unread);
        }

        State results(int newPrimary, int newSecondary, int reads) {
            return new State(first, second, half, false, newPrimary, newSecondary, reads);
        }

        /** A result has been read; the other one is next. */
        State taken() {
            return new State(first, second, half, waiting, secondary, primary, unread - 1);
        }
    }

    @Override
    RegisterBank declare() {
        return new RegisterBank()
                .register(CSR, "CSR")
                .field(0, 11, "FUNC, PRECISION, SCALE")
                .reserved(11, 5)
                .field(16, 7, "IEN, DMAREN, DMAWEN, NRES, NARGS, RESSIZE, ARGSIZE")
                .reserved(23, 8)
                .readOnly(31, 1, "RRDY")
                .resetTo(0x50)
                .shows(stored -> stored | (state.unread() > 0 ? RRDY : 0))
                .register(0x04, "WDATA")
                .writeOnly(0, 32, "ARG")
                .onWrite((before, written) -> argument(written))
                .register(0x08, "RDATA")
                .readOnly(0, 32, "RES")
                .shows(this::result)
                .afterRead(this::taken);
    }

    // ---------------------------------------------------------------- data

    private void argument(int written) {
        if (bank().isSet(CSR, ARGSIZE)) {
            state = state.with(written << Short.SIZE, written & 0xFFFF_0000, false, true);
        } else if (state.half()) {
            state = state.with(state.first(), written, false, true);
        } else {
            boolean more = bank().isSet(CSR, NARGS);
            state = state.with(written, state.second(), more, !more);
        }
        goOn();
    }

    /** Begins an operation whose arguments are there, unless results wait to be read. */
    private void goOn() {
        if (!state.waiting() || state.unread() > 0) {
            return;
        }
        Results results = calculate();
        boolean two = bank().isSet(CSR, NRES) && !bank().isSet(CSR, RESSIZE);
        state = state.results(fixed(results.primary()), fixed(results.secondary()), two ? 2 : 1);
    }

    private int result(int stored) {
        return bank().isSet(CSR, RESSIZE)
                ? state.primary() >>> Short.SIZE | (state.secondary() & 0xFFFF_0000)
                : state.primary();
    }

    private void taken() {
        if (state.unread() > 0) {
            state = state.taken();
            goOn();
            changed();
            guest().eventsChanged();
        }
    }

    boolean wantsDmaRead() {
        return bank().isSet(CSR, DMAREN) && state.unread() > 0;
    }

    boolean wantsDmaWrite() {
        return bank().isSet(CSR, DMAWEN) && !state.waiting();
    }

    // ---------------------------------------------------------------- functions

    private record Results(double primary, double secondary) {}

    private static double number(int fixed) {
        return fixed / Q31;
    }

    /** The nearest number of one sign and 31 bits behind the point; larger ones saturate. */
    private static int fixed(double number) {
        long rounded = Math.round(number * Q31);
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, rounded));
    }

    /** As the manual lists the functions: angles are divided by pi, SCALE is a power of two. */
    private Results calculate() {
        double first = number(state.first());
        double second = state.second() == ONE ? 1 : number(state.second());
        int scale = bank().get(CSR) >>> 8 & 7;
        double x = Math.scalb(first, scale);
        int function = bank().get(CSR) & 0xF;
        return switch (function) {
            case 0 -> new Results(cosine(first) * second, sine(first) * second);
            case 1 -> new Results(sine(first) * second, cosine(first) * second);
            case 2 -> new Results(phase(first, second), Math.hypot(first, second));
            case 3 -> new Results(Math.hypot(first, second), phase(first, second));
            case 4 -> new Results(Math.scalb(Math.atan(x) / Math.PI, -scale), 0);
            case 5 -> scaled(Math.cosh(x), Math.sinh(x), -scale);
            case 6 -> scaled(Math.sinh(x), Math.cosh(x), -scale);
            case 7 -> scaled((Math.log1p(x) - Math.log1p(-x)) / 2, 0, -scale);
            case 8 -> scaled(Math.log(x), 0, -scale - 1);
            case 9 -> scaled(Math.sqrt(x), 0, -scale);
            default -> {
                guest().warnOnce("CORDIC_CSR: there is no function " + function);
                yield new Results(0, 0);
            }
        };
    }

    private static Results scaled(double primary, double secondary, int exponent) {
        return new Results(Math.scalb(primary, exponent), Math.scalb(secondary, exponent));
    }

    private static double cosine(double halfTurns) {
        return Math.cos(halfTurns * Math.PI);
    }

    private static double sine(double halfTurns) {
        return Math.sin(halfTurns * Math.PI);
    }

    private static double phase(double x, double y) {
        return Math.atan2(y, x) / Math.PI;
    }

    // ---------------------------------------------------------------- as a part of the machine

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, bank().isSet(CSR, IEN) && state.unread() > 0);
        requestsChanged.run();
    }
}
