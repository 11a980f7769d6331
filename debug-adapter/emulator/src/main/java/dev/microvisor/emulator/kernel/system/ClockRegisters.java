package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;
import java.util.HashMap;
import java.util.Map;

/**
 * Registers behind {@code mvPeriphPeek32} and {@code mvPeriphPoke32}: RCC, and the few of FLASH and
 * PWR that clock code reads. What a peek shows agrees with {@code mvGetHClk}, because firmware
 * computes its timers from both.
 */
public final class ClockRegisters implements Stateful<Map<Integer, Integer>> {
    static final int RCC = 0x4602_0C00;
    static final int RCC_SIZE = 0x200;
    static final int FLASH_ACR = 0x4002_2000;
    static final int PWR = 0x4602_0800;
    static final int PWR_SIZE = 0x40;

    static final int CR = RCC;
    static final int ICSCR1 = RCC + 0x08;
    static final int CFGR1 = RCC + 0x1C;
    static final int PLL1CFGR = RCC + 0x28;
    static final int PLL1DIVR = RCC + 0x34;
    static final int BDCR = RCC + 0xF0;
    static final int CSR = RCC + 0xF4;

    /**
     * From here on RCC holds enable and reset bits and kernel clocks, which firmware may change.
     */
    private static final int FIRST_FREE_RCC_OFFSET = 0x60;

    /** MSIS, HSI, HSI48 and PLL1 are on and ready, as drivers wait for it that want one of them. */
    private static final int OSCILLATORS_READY = 0x0300_3505;

    /** LSE and LSI on, and where each says that it is ready. */
    private static final int LSE_ON = 1;

    private static final int LSE_READY = 1 << 1;

    /** LSESYSEN and LSESYSRDY: LSE for the peripherals. */
    private static final int LSE_FOR_SYSTEM = 1 << 7;

    private static final int LSE_FOR_SYSTEM_READY = 1 << 11;
    private static final int LSI_ON = 1 << 26;
    private static final int LSI_READY = 1 << 27;

    private static final int SYSTEM_CLOCK_IS_PLL1 = 0xF;
    private static final int MSI_4_MHZ = 0x4480_0000;
    private static final int PLL_SOURCE_MSI_R_ENABLED = 0x0004_0001;

    /** MSISSRANGE; the flags of a cold start are gone when Microvisor starts the application. */
    private static final int CSR_AT_START = 0x0000_4000;

    private static final int REMOVE_RESET_FLAGS = 1 << 23;
    private static final int RESET_FLAGS = 0xFE00_0000;
    private static final int PIN_RESET = 1 << 26;
    private static final long MSI_HZ = 4_000_000;
    private static final int PLL_MIN_MULTIPLIER = 32;
    private static final int PLL_MAX_MULTIPLIER = 512;
    private static final int PLL_MAX_DIVIDER = 128;

    private final Host host;
    private Map<Integer, Integer> values = Map.of();

    public ClockRegisters(Host host) {
        this.host = host;
    }

    /** The clocks are running when the application starts. */
    public void start() {
        Map<Integer, Integer> initial = new HashMap<>();
        initial.put(CR, OSCILLATORS_READY);
        initial.put(ICSCR1, MSI_4_MHZ);
        initial.put(CFGR1, SYSTEM_CLOCK_IS_PLL1);
        initial.put(PLL1CFGR, PLL_SOURCE_MSI_R_ENABLED);
        initial.put(PLL1DIVR, dividers(host.guest().clockHz()));
        initial.put(CSR, CSR_AT_START);
        values = Map.copyOf(initial);
    }

    boolean supports(int address) {
        if ((address & 3) != 0) {
            return false;
        }
        return inside(address, RCC, RCC_SIZE)
                || inside(address, PWR, PWR_SIZE)
                || address == FLASH_ACR;
    }

    private static boolean inside(int address, int base, int size) {
        return Integer.compareUnsigned(address - base, size) < 0;
    }

    public int peek(int address) {
        return values.getOrDefault(address, 0);
    }

    void poke(int address, int mask, int xorValue) {
        int old = peek(address);
        int wanted = (old & ~mask) ^ xorValue;
        int writable = writableBits(address);
        Map<Integer, Integer> changed = new HashMap<>(values);
        int value = (old & ~writable) | (wanted & writable);
        changed.put(
                address,
                switch (address) {
                    case BDCR -> withReadyFlags(value);
                    case CSR -> withResetFlags(value, old);
                    default -> value;
                });
        values = Map.copyOf(changed);
        PeripheralResets.of(address - RCC, value & ~old).forEach(host.guest()::resetPeripheral);
    }

    /** The two slow oscillators, which drivers of the RTC start, are ready at once. */
    private static int withReadyFlags(int value) {
        int ready =
                ((value & LSE_ON) == 0 ? 0 : LSE_READY) | ((value & LSI_ON) == 0 ? 0 : LSI_READY);
        int system = (value & LSE_FOR_SYSTEM) == 0 ? 0 : LSE_FOR_SYSTEM_READY;
        return (value & ~(LSE_READY | LSI_READY | LSE_FOR_SYSTEM_READY)) | ready | system;
    }

    /** Only RMVF, which reads as zero, changes what is known about resets: it clears all of it. */
    private static int withResetFlags(int value, int old) {
        int flags = (value & REMOVE_RESET_FLAGS) == 0 ? old & RESET_FLAGS : 0;
        return (value & ~(RESET_FLAGS | REMOVE_RESET_FLAGS)) | flags;
    }

    /** Firmware asks for the cause of its reset; each pulls the reset pin, too. */
    public void noteReset(ResetCause cause) {
        int flag =
                switch (cause) {
                    case SOFTWARE -> 1 << 28;
                    case INDEPENDENT_WATCHDOG -> 1 << 29;
                    case WINDOW_WATCHDOG -> 1 << 30;
                };
        Map<Integer, Integer> changed = new HashMap<>(values);
        changed.put(CSR, peek(CSR) | flag | PIN_RESET);
        values = Map.copyOf(changed);
    }

    /** The clocks belong to Microvisor. Which other bits do is not published. */
    private static int writableBits(int address) {
        boolean clockTree = inside(address, RCC, FIRST_FREE_RCC_OFFSET) || address == FLASH_ACR;
        return clockTree ? 0 : -1;
    }

    /**
     * PLL1DIVR for a clock made of the 4 MHz oscillator: multiplier N and divider R, both stored
     * less one, and dividers P and Q of two as on the board.
     */
    private int dividers(int hz) {
        for (int r = 2; r <= PLL_MAX_DIVIDER; r++) {
            long n = hz * (long) r / MSI_HZ;
            if (n * MSI_HZ == hz * (long) r && n >= PLL_MIN_MULTIPLIER && n <= PLL_MAX_MULTIPLIER) {
                return pll(n, r);
            }
        }
        host.guest()
                .warnOnce(
                        "the clock registers cannot express clock_hz = "
                                + hz
                                + "; firmware that computes its clock from RCC will get it wrong."
                                + " Choose a multiple of 1 MHz");
        return pll(Math.max(PLL_MIN_MULTIPLIER, 2L * hz / MSI_HZ), 2);
    }

    private static int pll(long n, int r) {
        int p = 2;
        int q = 2;
        return (int) (n - 1) | (p - 1) << 9 | (q - 1) << 16 | (r - 1) << 24;
    }

    @Override
    public Map<Integer, Integer> save() {
        return values;
    }

    @Override
    public void restore(Map<Integer, Integer> state) {
        values = state;
    }
}
