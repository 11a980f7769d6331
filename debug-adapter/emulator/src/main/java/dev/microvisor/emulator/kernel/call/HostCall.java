package dev.microvisor.emulator.kernel.call;

import dev.microvisor.emulator.api.Status;

/**
 * One system call.
 *
 * @param <A> its arguments as they stand in r0 to r3
 */
public interface HostCall<A extends Record> {
    /** Names the arguments; reads no memory. */
    A decode(Words words);

    /**
     * Does what the call does. Checks come in the order in which the documents list the statuses,
     * because firmware sees the first one; a check that needs what a later one establishes comes
     * after it.
     */
    Status handle(A args, Host host);

    /** Arguments of a call that has none. */
    record NoArgs() {}
}
