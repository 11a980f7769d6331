package dev.microvisor.symbols.value.library;

import static dev.microvisor.symbols.value.library.Layout.at;
import static dev.microvisor.symbols.value.library.Layout.distance;
import static dev.microvisor.symbols.value.library.Layout.member;
import static dev.microvisor.symbols.value.library.Layout.number;
import static dev.microvisor.symbols.value.library.Layout.size;
import static dev.microvisor.symbols.value.library.Layout.target;
import static dev.microvisor.symbols.value.library.Layout.template;
import static dev.microvisor.symbols.value.library.Layout.word;

import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import dev.microvisor.symbols.value.library.Contents.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Knows the classes of libstdc++ by their names and members. */
public final class StandardLibrary {
    /** More elements than the memory of the device can hold: the object is not constructed. */
    private static final long MAX_ELEMENTS = 1 << 20;

    private static final String STD = "std::";
    private static final int DEQUE_BUFFER_BYTES = 512;
    private static final int MAX_TUPLE = 64;
    private static final int NO_ALTERNATIVE = 0xFF;

    private static final Map<String, Function<Value, Contents>> CLASSES =
            Map.ofEntries(
                    Map.entry("basic_string", StandardLibrary::string),
                    Map.entry("basic_string_view", v -> characters(v, "_M_str", "_M_len")),
                    Map.entry("vector", StandardLibrary::vector),
                    Map.entry("array", StandardLibrary::array),
                    Map.entry("span", StandardLibrary::span),
                    Map.entry("initializer_list", v -> block(v, "_M_array", "_M_len")),
                    Map.entry("deque", StandardLibrary::deque),
                    Map.entry("list", StandardLibrary::list),
                    Map.entry("map", v -> tree(v, Kind.MAP)),
                    Map.entry("multimap", v -> tree(v, Kind.MAP)),
                    Map.entry("set", v -> tree(v, Kind.SET)),
                    Map.entry("multiset", v -> tree(v, Kind.SET)),
                    Map.entry("unordered_map", v -> table(v, Kind.MAP)),
                    Map.entry("unordered_multimap", v -> table(v, Kind.MAP)),
                    Map.entry("unordered_set", v -> table(v, Kind.SET)),
                    Map.entry("unordered_multiset", v -> table(v, Kind.SET)),
                    Map.entry("stack", v -> inside(member(v, "c"))),
                    Map.entry("queue", v -> inside(member(v, "c"))),
                    Map.entry("priority_queue", v -> inside(member(v, "c"))),
                    Map.entry("optional", StandardLibrary::optional),
                    Map.entry("variant", StandardLibrary::variant),
                    Map.entry("tuple", StandardLibrary::tuple),
                    Map.entry("unique_ptr", StandardLibrary::uniquePointer),
                    Map.entry("shared_ptr", StandardLibrary::sharedPointer),
                    Map.entry("reference_wrapper", v -> one(member(v, "_M_data").dereference())),
                    Map.entry("atomic", v -> one(atomic(v))),
                    Map.entry("function", StandardLibrary::function),
                    Map.entry("chrono::duration", StandardLibrary::duration));

    private StandardLibrary() {}

    /** What a value holds; empty for one that is shown member by member. */
    public static Optional<Contents> contents(Value value) {
        if (!(value.type().resolved() instanceof CompositeType type)
                || !type.name().startsWith(STD)
                || value.problem().isPresent()) {
            return Optional.empty();
        }
        int arguments = type.name().indexOf('<');
        String name =
                type.name()
                        .substring(STD.length(), arguments < 0 ? type.name().length() : arguments)
                        .replace("__cxx11::", "");
        Function<Value, Contents> reader = CLASSES.get(name);
        if (reader == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(value))
                    .filter(c -> c.count() >= 0 && c.count() <= MAX_ELEMENTS);
        } catch (Layout.StrangeException | UnavailableException e) {
            return Optional.empty();
        }
    }

    /** The container that a stack or a queue is made of. */
    private static Contents inside(Value container) {
        // Damaged types may hold themselves.
        boolean adapter = Layout.composite(container).name().matches("std::\\w*(stack|queue)<.*");
        return Optional.of(container)
                .filter(c -> !adapter)
                .flatMap(StandardLibrary::contents)
                .orElseThrow(() -> new Layout.StrangeException("unknown container"));
    }

    private static Contents one(Value value) {
        return Contents.of(Kind.VALUE, Items.indexed(1, i -> value));
    }

    // ---------------------------------------------------------------- texts and blocks

    private static Contents string(Value value) {
        Value first = member(value, "_M_dataplus", "_M_p");
        return text(first, number(value, "_M_string_length"));
    }

    private static Contents characters(Value value, String first, String length) {
        return text(member(value, first), number(value, length));
    }

    private static Contents text(Value first, long length) {
        Items characters = elements(target(first), first.asLong(), length, first);
        boolean plain =
                target(first).resolved() instanceof BaseType type
                        && type.isCharacter()
                        && type.sizeBytes() == 1;
        return Contents.of(plain ? Kind.TEXT : Kind.SEQUENCE, characters);
    }

    private static Items elements(Type element, long address, long count, Value like) {
        long size = size(element);
        return Items.indexed(count, i -> at(element, address + i * size, like));
    }

    private static Contents vector(Value value) {
        Value start = member(value, "_M_impl", "_M_start");
        long first = start.asLong();
        Type element = target(start);
        long count = distance(first, number(value, "_M_impl", "_M_finish"), size(element));
        distance(first + count, number(value, "_M_impl", "_M_end_of_storage"), 1);
        return Contents.of(Kind.SEQUENCE, elements(element, first, count, value));
    }

    private static Contents array(Value value) {
        Value all = member(value, "_M_elems");
        if (!(all.type().resolved() instanceof ArrayType type)) {
            return Contents.of(Kind.SEQUENCE, Items.NONE);
        }
        return Contents.of(Kind.SEQUENCE, Items.indexed(type.count().orElse(0), all::element));
    }

    private static Contents span(Value value) {
        Value extent = member(value, "_M_extent");
        CompositeType type = Layout.composite(extent);
        if (type.member("_M_extent_value").isPresent()) {
            return block(value, "_M_ptr", "_M_extent", "_M_extent_value");
        }
        // An extent that the type fixes: its number is the argument of __extent_storage.
        String digits = type.name().replaceAll(".*<(\\d{1,9})[a-z]*>$", "$1");
        if (!digits.matches("\\d+")) {
            throw new Layout.StrangeException("a span without an extent");
        }
        Value first = member(value, "_M_ptr");
        Items items = elements(target(first), first.asLong(), Long.parseLong(digits), value);
        return Contents.of(Kind.SEQUENCE, items);
    }

    private static Contents block(Value value, String first, String... length) {
        Value pointer = member(value, first);
        Items items = elements(target(pointer), pointer.asLong(), number(value, length), value);
        return Contents.of(Kind.SEQUENCE, items);
    }

    private static Contents deque(Value value) {
        Value start = member(value, "_M_impl", "_M_start");
        Value finish = member(value, "_M_impl", "_M_finish");
        Type element = target(member(start, "_M_cur"));
        long size = size(element);
        long perBuffer = size < DEQUE_BUFFER_BYTES ? DEQUE_BUFFER_BYTES / size : 1;
        long firstNode = number(start, "_M_node");
        long before = distance(number(start, "_M_first"), number(start, "_M_cur"), size);
        long count =
                distance(firstNode, number(finish, "_M_node"), Integer.BYTES) * perBuffer
                        + distance(number(finish, "_M_first"), number(finish, "_M_cur"), size)
                        - before;
        return Contents.of(
                Kind.SEQUENCE,
                Items.indexed(
                        count,
                        i -> {
                            long place = before + i;
                            long node = firstNode + place / perBuffer * Integer.BYTES;
                            long buffer = word(node, value);
                            return at(element, buffer + place % perBuffer * size, value);
                        }));
    }

    // ---------------------------------------------------------------- nodes

    private static Contents list(Value value) {
        Value head = member(value, "_M_impl", "_M_node");
        Type element = template(value, 0);
        long end = head.address().orElseThrow(Layout::outside);
        return Contents.of(
                Kind.SEQUENCE,
                Items.linked(
                        number(head, "_M_size"),
                        Nodes.following(number(head, "_M_next"), end, element, 8, value)));
    }

    private static Contents tree(Value value, Kind kind) {
        Value tree = member(value, "_M_t");
        Value header = member(tree, "_M_impl", "_M_header");
        long count = number(tree, "_M_impl", "_M_node_count");
        long first = number(header, "_M_left");
        return Contents.of(
                kind, Items.linked(count, Nodes.ofTree(first, template(tree, 1), value)));
    }

    private static Contents table(Value value, Kind kind) {
        Value table = member(value, "_M_h");
        long first = number(table, "_M_before_begin", "_M_nxt");
        return Contents.of(
                kind,
                Items.linked(
                        number(table, "_M_element_count"),
                        Nodes.following(first, 0, template(table, 1), 4, value)));
    }

    // ---------------------------------------------------------------- single values

    private static Contents optional(Value value) {
        Value payload = member(value, "_M_payload");
        if (number(payload, "_M_engaged") == 0) {
            return Contents.nothing("no value");
        }
        Value held = member(payload, "_M_payload", "_M_value");
        return Contents.of(Kind.TARGET, Items.indexed(1, i -> held));
    }

    private static Contents variant(Value value) {
        long index = number(value, "_M_index");
        if (index == NO_ALTERNATIVE) {
            return Contents.nothing("no value");
        }
        Type held = template(value, (int) index);
        Value storage = member(value, "_M_u").part(0, held);
        return new Contents(Kind.TARGET, held.toString(), "", Items.indexed(1, i -> storage));
    }

    private static Contents tuple(Value value) {
        // The arguments are not always in the debug information, the base classes are.
        int count = 0;
        while (count < MAX_TUPLE && head(value, count).isPresent()) {
            count++;
        }
        return Contents.of(Kind.SEQUENCE, Items.indexed(count, i -> elementOfTuple(value, i)));
    }

    private static Optional<Value> head(Value tuple, long index) {
        return Layout.base(tuple, "std::_Head_base<" + index + ",");
    }

    private static Value elementOfTuple(Value tuple, long index) {
        Value head = head(tuple, index).orElseThrow(Layout::outside);
        // An empty class may be the base itself.
        return Layout.composite(head).member("_M_head_impl").map(head::member).orElse(head);
    }

    private static Contents uniquePointer(Value value) {
        return pointer(elementOfTuple(member(value, "_M_t", "_M_t"), 0), "");
    }

    private static Contents sharedPointer(Value value) {
        Value count = member(value, "_M_refcount", "_M_pi");
        String uses =
                count.asLong() == 0
                        ? ""
                        : " used by " + member(count.dereference(), "_M_use_count").asLong();
        return pointer(member(value, "_M_ptr"), uses);
    }

    private static Contents pointer(Value pointer, String remark) {
        long address = pointer.asLong() & 0xFFFF_FFFFL;
        if (address == 0) {
            return Contents.nothing("nullptr");
        }
        Value target = pointer.dereference();
        String label = String.format("0x%08x%s", address, remark);
        return new Contents(Kind.TARGET, label, "", Items.indexed(1, i -> target));
    }

    private static Value atomic(Value value) {
        CompositeType type = Layout.composite(value);
        Value plain = type.member("_M_base").map(value::member).orElse(value);
        return Layout.composite(plain).member("_M_i").isPresent()
                ? member(plain, "_M_i")
                : member(plain, "_M_b", "_M_p");
    }

    private static Contents function(Value value) {
        return number(value, "_M_manager") == 0
                ? Contents.nothing("empty")
                : one(member(value, "_M_invoker"));
    }

    private static Contents duration(Value value) {
        Value count = member(value, "__r");
        String ratio = template(value, 1).toString().replaceAll("[^0-9,]", "");
        String unit =
                switch (ratio) {
                    case "1,1000000000" -> " ns";
                    case "1,1000000" -> " µs";
                    case "1,1000" -> " ms";
                    case "1,1" -> " s";
                    case "60,1" -> " min";
                    case "3600,1" -> " h";
                    default -> " of " + ratio.replace(',', '/') + " s";
                };
        return new Contents(Kind.VALUE, "", unit, Items.indexed(1, i -> count));
    }
}
