package dev.microvisor.catalog;

import java.util.List;

/**
 * A parameter of a system call.
 *
 * @param name as in the SDK header
 * @param type C type as in the SDK header, such as {@code const struct MvHttpRequest *}
 * @param direction who reads and writes what it points at; IN for plain values
 * @param meaning one sentence, in our words
 * @param constraints what its value must satisfy
 */
public record Parameter(
        String name,
        String type,
        Direction direction,
        String meaning,
        List<Constraint> constraints) {
    public Parameter {
        constraints = List.copyOf(constraints);
    }

    public boolean isPointer() {
        return type.endsWith("*");
    }

    public String declaration() {
        return isPointer() ? type + name : type + " " + name;
    }
}
