package dev.microvisor.emulator.guest;

/**
 * A part whose whole state can be saved and put back, for snapshots and time travel.
 *
 * @param <S> an immutable value; saving must not copy what it can share
 */
public interface Stateful<S> {
    S save();

    void restore(S state);
}
