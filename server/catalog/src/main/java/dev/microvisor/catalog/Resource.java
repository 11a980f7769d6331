package dev.microvisor.catalog;

import java.util.List;

/**
 * Something that a handle stands for.
 *
 * @param id such as {@code channel}
 * @param handleType C type of its handle
 * @param states its states in words that {@link Effect} uses; the first one is that of a new handle
 * @param maxLive how many may live at once; 0 when no limit is stated
 */
public record Resource(String id, String handleType, List<String> states, int maxLive) {
    public Resource {
        states = List.copyOf(states);
    }
}
