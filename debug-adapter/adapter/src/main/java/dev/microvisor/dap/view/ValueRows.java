package dev.microvisor.dap.view;

import dev.microvisor.symbols.value.ValueFormat;
import dev.microvisor.symbols.value.ValueNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Values of the firmware as rows. */
final class ValueRows {
    private ValueRows() {}

    static Node node(ValueNode value) {
        Node row =
                Node.group(value.name(), value.text(), new Inside(value))
                        .typed(value.typeName())
                        .evaluatedBy(value.expression())
                        .ofKind(Node.Kind.DATA);
        OptionalLong memory = value.memoryAddress();
        OptionalLong own = value.value().address();
        if (own.isPresent() && memory.isPresent() && own.getAsLong() == memory.getAsLong()) {
            return row.at((int) own.getAsLong(), size(value));
        }
        return memory.isPresent() ? row.at((int) memory.getAsLong()) : row;
    }

    private static int size(ValueNode value) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, value.value().type().sizeBytes()));
    }

    private record Inside(ValueNode value) implements Node.Children {
        @Override
        public Node.Children in(ValueFormat format) {
            return new Inside(value.in(format));
        }

        @Override
        public int named() {
            return (value.isIndexed() ? 0 : count()) + value.others().size();
        }

        @Override
        public int indexed() {
            return value.isIndexed() ? count() : 0;
        }

        private int count() {
            return (int) Math.min(Integer.MAX_VALUE, value.childCount());
        }

        @Override
        public List<Node> members() {
            Stream<ValueNode> own = value.isIndexed() ? Stream.of() : value.children().stream();
            return Stream.concat(own, value.others().stream()).map(ValueRows::node).toList();
        }

        @Override
        public List<Node> elements(int start, int count) {
            return value.isIndexed()
                    ? value.children(start, count).stream().map(ValueRows::node).toList()
                    : List.of();
        }
    }
}
