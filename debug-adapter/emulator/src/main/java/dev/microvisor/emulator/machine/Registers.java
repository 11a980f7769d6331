package dev.microvisor.emulator.machine;

/** Core registers by the names and numbers that DWARF for Arm uses. */
public interface Registers {
    int SP = 13;
    int LR = 14;
    int PC = 15;

    /** R0 to R15; PC is the address of the next instruction. */
    int get(int number);

    void set(int number, int value);

    int xpsr();

    int msp();

    int psp();

    /** A special or floating-point register by name: PRIMASK, BASEPRI, CONTROL, MSPLIM, S0... */
    int named(String name);

    void setNamed(String name, int value);

    /** All names that {@link #named} knows, in the order in which people expect them. */
    java.util.List<String> names();
}
