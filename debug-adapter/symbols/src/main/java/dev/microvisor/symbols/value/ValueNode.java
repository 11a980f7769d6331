package dev.microvisor.symbols.value;

import java.util.List;
import java.util.OptionalLong;

/**
 * A value as a debugger shows it: one line of text, and children that are read when they are asked
 * for. Good only while the machine stands still.
 */
public class ValueNode {
    private final String name;
    private final Value value;
    private final String expression;
    private final ValueRenderer renderer;

    ValueNode(String name, Value value, String expression, ValueRenderer renderer) {
        this.name = name;
        this.value = value;
        this.expression = expression;
        this.renderer = renderer;
    }

    /** The same value with its numbers, and those inside it, written otherwise. */
    public ValueNode in(ValueFormat format) {
        return new ValueNode(name, value, expression, renderer.in(format));
    }

    public String name() {
        return name;
    }

    public String typeName() {
        return value.type().toString();
    }

    public Value value() {
        return value;
    }

    /** One line; says why when there is no value. */
    public String text() {
        return renderer.text(value);
    }

    /** A C expression that gives this value again; empty when there is none. */
    public String expression() {
        return expression;
    }

    /** The address to show memory at: where a pointer points to, else where the value is. */
    public OptionalLong memoryAddress() {
        return renderer.memoryAddress(value);
    }

    /** How many children there are; 0 for a simple value. */
    public long childCount() {
        return renderer.childCount(value);
    }

    /** Whether the children are elements of an array, to be asked for in pages. */
    public boolean isIndexed() {
        return renderer.isIndexed(value);
    }

    /** Up to a fixed number of children from {@code first} on. */
    public List<ValueNode> children(long first, int count) {
        return renderer.children(this, first, count);
    }

    /** Children that come besides those of {@link #childCount}: an object in its raw form. */
    public List<ValueNode> others() {
        return renderer.others(this);
    }

    /** All children, of long arrays the first ones. */
    public final List<ValueNode> children() {
        return children(0, ValueRenderer.MAX_CHILDREN);
    }
}
