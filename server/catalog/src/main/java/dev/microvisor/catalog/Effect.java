package dev.microvisor.catalog;

import java.util.List;

/**
 * What a call does to a resource. {@code place} is a parameter name, optionally followed by a path
 * of fields, such as {@code params.v1.send_buffer}.
 */
public sealed interface Effect {
    String place();

    /** On OKAY a new handle of {@code resource} is written to {@code place}. */
    record Acquires(String place, String resource) implements Effect {}

    /** The handle in {@code place} must be live and in one of {@code states} (empty: any live). */
    record Uses(String place, String resource, List<String> states) implements Effect {
        public Uses {
            states = List.copyOf(states);
        }
    }

    /** The handle in {@code place} ends with one of {@code statuses}; its variable becomes 0. */
    record Releases(String place, String resource, List<String> statuses) implements Effect {
        public Releases {
            statuses = List.copyOf(statuses);
        }
    }

    /** Microvisor keeps using the memory at {@code place} until {@code until} is released. */
    record Borrows(String place, String until, boolean writeProtected) implements Effect {}

    /** With one of {@code statuses} the resource in {@code place} goes to {@code state}. */
    record State(String place, List<String> statuses, String state) implements Effect {
        public State {
            statuses = List.copyOf(statuses);
        }
    }

    /** {@code place} is written only when the call returns OKAY. */
    record Writes(String place) implements Effect {}
}
