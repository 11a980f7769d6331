package dev.microvisor.emulator.core.compiler;

/**
 * Where an instruction of a region stands.
 *
 * @param frame number of the {@link Frame} in which it is executed
 */
record Place(int frame, int address) {
    Place at(int other) {
        return new Place(frame, other);
    }
}
