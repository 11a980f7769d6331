package dev.microvisor.dap.console;

import dev.microvisor.dap.view.Node;
import java.util.OptionalLong;

/**
 * What a command says and what is to be done after it.
 *
 * @param row the text as its value; what can be opened as its children
 * @param acted true when Microvisor or memory changed: views are out of date
 * @param goTo the instruction number that the user wants to be at
 */
public record Answer(Node row, boolean acted, OptionalLong goTo) {
    static Answer of(Node row) {
        return new Answer(row, false, OptionalLong.empty());
    }

    static Answer text(String name, String text) {
        return of(Node.leaf(name, text));
    }

    static Answer acted(String name, String text) {
        return new Answer(Node.leaf(name, text), true, OptionalLong.empty());
    }

    static Answer goingTo(String name, String text, long instruction) {
        return new Answer(Node.leaf(name, text), false, OptionalLong.of(instruction));
    }
}
