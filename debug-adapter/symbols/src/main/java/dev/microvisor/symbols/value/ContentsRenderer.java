package dev.microvisor.symbols.value;

import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.value.library.Contents;
import dev.microvisor.symbols.value.library.Contents.Kind;
import dev.microvisor.symbols.value.library.StandardLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text and children of objects of the C++ standard library. */
final class ContentsRenderer {
    /** The child that shows an object member by member. */
    static final String RAW = "[raw]";

    private final ValueRenderer renderer;

    ContentsRenderer(ValueRenderer renderer) {
        this.renderer = renderer;
    }

    String text(Value whole, Contents contents, int depth) {
        ValueRenderer.Limits limits = renderer.limits();
        switch (contents.kind()) {
            case TEXT:
                return characters(contents, limits.string());
            case VALUE:
                return depth >= limits.depth()
                        ? "{...}"
                        : one(contents, depth + 1) + contents.unit();
            case TARGET:
                if (depth >= limits.depth()) {
                    return contents.label().isEmpty() ? "{...}" : contents.label();
                }
                return (contents.label().isEmpty() ? "" : contents.label() + " ")
                        + one(contents, depth + 1);
            case NOTHING:
                return contents.label();
            default:
                boolean fixed = isFixed(whole);
                String size = fixed ? "" : "size " + contents.count();
                if (depth >= limits.depth() || (contents.count() == 0 && !fixed)) {
                    return fixed ? "{...}" : size;
                }
                return size + (fixed ? "" : " ") + elements(contents, limits, depth);
        }
    }

    /** Arrays and tuples, whose type says how many elements they have. */
    private static boolean isFixed(Value whole) {
        String name = ((CompositeType) whole.type().resolved()).name();
        return name.startsWith("std::array<") || name.startsWith("std::tuple<");
    }

    private static String characters(Contents contents, int most) {
        List<Value> some = contents.items().range(0, most);
        byte[] bytes = new byte[some.size()];
        if (!some.isEmpty()) {
            long address = some.get(0).address().orElse(0);
            bytes = some.get(0).context().registers().read(address, some.size());
        }
        return ScalarText.quoted(bytes, bytes.length) + (contents.count() > most ? "..." : "");
    }

    private String one(Contents contents, int depth) {
        return renderer.text(contents.items().range(0, 1).get(0), depth);
    }

    private String elements(Contents contents, ValueRenderer.Limits limits, int depth) {
        StringBuilder text = new StringBuilder("{");
        int written = 0;
        for (Value item : contents.items().range(0, limits.elements())) {
            if (text.length() > limits.length()) {
                break;
            }
            text.append(written == 0 ? "" : ", ");
            if (contents.kind() == Kind.MAP) {
                text.append(renderer.text(part(item, "first"), depth + 1))
                        .append(" = ")
                        .append(renderer.text(part(item, "second"), depth + 1));
            } else {
                text.append(renderer.text(item, depth + 1));
            }
            written++;
        }
        return text.append(written < contents.count() ? "...}" : "}").toString();
    }

    private static Value part(Value pair, String name) {
        return pair.type().resolved() instanceof CompositeType type
                ? type.member(name)
                        .map(pair::member)
                        .orElseThrow(() -> new UnavailableException("no pair"))
                : pair;
    }

    /** How many children there are besides the raw one. */
    static long count(Contents contents) {
        switch (contents.kind()) {
            case SEQUENCE:
            case MAP:
            case SET:
                return contents.count();
            case TARGET:
                return 1;
            default:
                return 0;
        }
    }

    List<ValueNode> children(ValueNode parent, Contents contents, long first, int count) {
        List<ValueNode> result = new ArrayList<>();
        long number = first;
        if (count(contents) > 0) {
            for (Value item : contents.items().range(first, count)) {
                result.add(child(parent, contents.kind(), item, number++));
            }
        }
        return result;
    }

    private ValueNode child(ValueNode parent, Kind kind, Value item, long number) {
        String index = "[" + number + "]";
        switch (kind) {
            case TARGET:
                String base = parent.expression();
                return renderer.node("value", item, base.isEmpty() ? "" : "*(" + base + ")");
            case MAP:
                String key = "[" + renderer.text(part(item, "first")) + "]";
                return renderer.node(key, part(item, "second"), ValueRenderer.join(parent, key));
            case SET:
                return renderer.node(index, item, "");
            default:
                return renderer.node(index, item, ValueRenderer.join(parent, index));
        }
    }

    static Optional<Contents> of(Value value) {
        return StandardLibrary.contents(value);
    }
}
