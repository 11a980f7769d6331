package dev.microvisor.debug.explore;

import dev.microvisor.debug.run.RunOutput.CallPlace;

/**
 * A place in the firmware that makes a system call.
 *
 * @param returnAddress where the firmware goes on after the call
 * @param file path of the source; empty without debug information
 * @param function empty when unknown
 * @param firstHit instruction number of the first time the call is made there
 */
public record Site(
        String call, int returnAddress, String file, int line, String function, long firstHit) {
    static Site of(String call, CallPlace place, long firstHit) {
        return new Site(
                call, place.address(), place.file(), place.line(), place.function(), firstHit);
    }

    /** The last part of the source's path. */
    public String fileName() {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    /** Such as {@code http.c:57 open_channel}; the address when there is no debug information. */
    public String text() {
        String place =
                file.isEmpty() ? String.format("0x%08x", returnAddress) : fileName() + ":" + line;
        return function.isEmpty() ? place : place + " " + function;
    }
}
