package dev.microvisor.catalog;

import java.util.List;

/**
 * What a call does to a resource. {@code place} is a parameter name, optionally followed by a path
 * of fields, such as {@code params.v1.send_buffer}; empty when the effect concerns none.
 */
public sealed interface Effect {
    String place();

    /**
     * On OKAY a new handle of {@code resource} is written to {@code place}. {@code kind} is empty
     * or the place of the enumeration value that tells what kind of resource it becomes, such as
     * {@code params.v1.channel_type}.
     */
    record Acquires(String place, String resource, String kind) implements Effect {}

    /**
     * The handle in {@code place} must be live and in one of {@code states} (empty: any live).
     * {@code kind} is empty or the constant with which it must have been acquired, such as {@code
     * MV_CHANNELTYPE_HTTP}.
     */
    record Uses(String place, String resource, List<String> states, String kind) implements Effect {
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

    /**
     * Microvisor keeps using the memory at {@code place} until the resource {@code until}, acquired
     * by the same call, is released; until the application ends when {@code until} is empty.
     */
    record Borrows(String place, String until, boolean writeProtected) implements Effect {}

    /** With one of {@code statuses} the resource in {@code place} goes to {@code state}. */
    record State(String place, List<String> statuses, String state) implements Effect {
        public State {
            statuses = List.copyOf(statuses);
        }
    }

    /** {@code place} is written only when the call returns OKAY. */
    record Writes(String place) implements Effect {}

    /** The call {@code call} must have answered OKAY before. It concerns no place. */
    record Requires(String call) implements Effect {
        @Override
        public String place() {
            return "";
        }
    }
}
