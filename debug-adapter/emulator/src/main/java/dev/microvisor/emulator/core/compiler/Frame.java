package dev.microvisor.emulator.core.compiler;

/**
 * A call that a region follows: its function is compiled once more for each place that calls it, so
 * that loops keep one entry and returns lead to one address. Number 0 is the code at the start.
 *
 * @param caller number of the calling frame; -1 at the start
 * @param returnAddress where it returns to; 0 at the start
 * @param function address of the function
 * @param depth calls that lead to it
 */
record Frame(int caller, int returnAddress, int function, int depth) {
    static Frame start(int address) {
        return new Frame(-1, 0, address, 0);
    }

    boolean isStart() {
        return caller < 0;
    }

    Place returnPlace() {
        return new Place(caller, returnAddress);
    }
}
