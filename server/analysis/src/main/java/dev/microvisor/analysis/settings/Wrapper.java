package dev.microvisor.analysis.settings;

import java.util.List;

/**
 * A {@code [[wrapper]]}: what a function of the project does, where the analysis cannot see it.
 *
 * @param function its name
 * @param acquires id of the resource that it opens, such as {@code channel}; may be empty
 * @param releases id of the resource that it closes; may be empty
 * @param checks true when it deals with the status it is given
 * @param neverReturns true when it does not come back
 */
public record Wrapper(
        String function,
        List<String> acquires,
        List<String> releases,
        boolean checks,
        boolean neverReturns) {
    public Wrapper {
        acquires = List.copyOf(acquires);
        releases = List.copyOf(releases);
    }
}
