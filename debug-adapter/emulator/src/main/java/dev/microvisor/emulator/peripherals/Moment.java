package dev.microvisor.emulator.peripherals;

/**
 * When something happens at a device beside the chip.
 *
 * @param instruction number of it
 * @param clockHz instructions in a second
 * @param wallStart second since 1970 at instruction 0
 */
record Moment(long instruction, int clockHz, long wallStart) {
    /** Seconds since 1970. */
    long wallSecond() {
        return wallStart + instruction / clockHz;
    }

    /** The instruction so many milliseconds later. */
    long after(int ms) {
        return instruction + (long) ms * clockHz / 1000;
    }
}
