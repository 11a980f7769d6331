package dev.microvisor.symbols.value;

import dev.microvisor.symbols.type.CompositeType;
import java.util.List;

/** An object of a library, member by member, as its class declares it. */
final class RawNode extends ValueNode {
    private final ValueRenderer renderer;

    RawNode(ValueNode pretty, Value object, ValueRenderer renderer) {
        super(ContentsRenderer.RAW, object, pretty.expression(), renderer);
        this.renderer = renderer;
    }

    @Override
    public ValueNode in(ValueFormat format) {
        return new RawNode(this, value(), renderer.in(format));
    }

    @Override
    public String text() {
        return renderer.composite(value(), (CompositeType) value().type().resolved(), 0);
    }

    @Override
    public long childCount() {
        return renderer.declaredChildCount(value());
    }

    @Override
    public boolean isIndexed() {
        return false;
    }

    @Override
    public List<ValueNode> children(long first, int count) {
        return renderer.members(this, first, count);
    }

    @Override
    public List<ValueNode> others() {
        return List.of();
    }
}
