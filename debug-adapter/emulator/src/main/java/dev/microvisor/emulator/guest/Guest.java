package dev.microvisor.emulator.guest;

import java.util.Optional;

/**
 * The machine as the kernel and the peripherals see it. Owned by the thread that runs the machine.
 *
 * <p>Addresses are 32-bit, carried in an {@code int}. Times are instruction numbers since reset of
 * the machine.
 */
public interface Guest {
    /** Instruction number of now; only grows, except when a snapshot is restored. */
    long now();

    /** Core clock in Hz: instructions in a second of virtual time. */
    int clockHz();

    /** True when the application may read every byte of the range (an empty range always). */
    boolean readable(int address, int sizeBytes);

    /** True when the application may write every byte of the range. Ignores write protection. */
    boolean writable(int address, int sizeBytes);

    /** Copies guest memory; the range must be readable. No side effects on peripherals. */
    byte[] read(int address, int sizeBytes);

    /** Writes guest memory, write-protected or not; the range must be RAM. */
    void write(int address, byte[] bytes);

    int readWord(int address);

    void writeWord(int address, int value);

    /** From now on a store by the application into the range is a fault. Ranges may overlap. */
    void protect(int address, int sizeBytes, String owner);

    /** Ends one earlier {@link #protect} of exactly this range. */
    void unprotect(int address, int sizeBytes);

    /** Sets the pending bit of an external interrupt, numbered as in the vector table from 0. */
    void pendInterrupt(int irq);

    /** Sets or clears the enable bit of an external interrupt. */
    default void enableInterrupt(int irq, boolean enabled) {
        throw new UnsupportedOperationException("this machine has no interrupt controller");
    }

    /** True from the pending of an external interrupt until it is taken. */
    default boolean isInterruptPending(int irq) {
        return false;
    }

    /**
     * Raises or lowers the level-triggered request line of an interrupt. While it is raised the
     * interrupt is pended again each time its handler returns.
     */
    default void setInterruptLine(int irq, boolean raised) {
        if (raised) {
            pendInterrupt(irq);
        }
    }

    /** True when {@code irq} exists and is usable by the non-secure side. */
    boolean interruptExists(int irq);

    /** Number of the exception being handled (IPSR), 0 in thread mode. */
    int activeException();

    /** Return address of the system call being handled: where in the firmware it was made. */
    int callSite();

    /** Vector table offset register. */
    int vectorTable();

    /**
     * Tells the machine that {@link Timed#nextEvent()} of some part has moved. Cheap; call it after
     * every change of a due time.
     */
    void eventsChanged();

    /**
     * True when somebody wants the machine to stop soon, so whoever waits for the world outside
     * gives up waiting and tries again when the machine goes on.
     */
    default boolean pauseRequested() {
        return false;
    }

    /** Ends the run after the current instruction. */
    void requestStop(StopReason reason);

    /**
     * Resets the application (not Microvisor): registers, interrupt controller, peripherals. RAM
     * keeps its content, as in a reset of the chip: start-up code sets what it wants to be set. The
     * instruction number goes on.
     */
    void restartApplication();

    /** RAM has been without power and reads as after power-up. */
    default void clearRam() {
        throw new UnsupportedOperationException("this machine cannot switch off its RAM");
    }

    /**
     * A watchdog resets the application, as if it had reset itself.
     *
     * @param why one sentence for users
     */
    default void watchdogReset(ResetCause cause, String why) {
        warnOnce(why + ": the application is reset");
        restartApplication();
    }

    /** The core sleeps after this system call, as WFI does, until an interrupt is pending. */
    default void waitForInterrupt() {
        throw new UnsupportedOperationException("this machine cannot sleep in a system call");
    }

    /** The core executes nothing more until {@link #restartApplication()}; events go on. */
    default void halt() {
        throw new UnsupportedOperationException("this machine cannot halt its core");
    }

    /**
     * A register of RCC, which belongs to Microvisor and which the application sets through it:
     * where peripherals look for their clock.
     */
    default int clockRegister(int address) {
        return 0;
    }

    /**
     * Registers of a peripheral are as after power-up, and it asks for nothing, because its bit in
     * one of RCC's reset registers was set.
     */
    default void resetPeripheral(String name) {}

    /** What the machine says about itself to users; each distinct text is reported once. */
    void warnOnce(String message);

    /** Name of the function at an address, when the firmware has symbols. */
    Optional<String> symbolAt(int address);
}
