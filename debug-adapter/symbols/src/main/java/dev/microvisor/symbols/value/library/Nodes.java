package dev.microvisor.symbols.value.library;

import static dev.microvisor.symbols.value.library.Layout.aligned;
import static dev.microvisor.symbols.value.library.Layout.at;
import static dev.microvisor.symbols.value.library.Layout.word;

import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongUnaryOperator;

/** The elements in nodes that point to each other. */
final class Nodes {
    /** Colour, parent, left and right in front of an element of a tree. */
    private static final int TREE_HEAD_BYTES = 16;

    private static final int PARENT = 4;
    private static final int LEFT = 8;
    private static final int RIGHT = 12;

    /** A tree of balanced height has no longer way from a leaf to its root. */
    private static final int MAX_HEIGHT = 64;

    private Nodes() {}

    /**
     * Nodes whose first word is the address of the next.
     *
     * @param end address that comes after the last node
     * @param headBytes of a node, in front of its element
     */
    static Iterable<Value> following(
            long first, long end, Type element, int headBytes, Value like) {
        return () -> new Walk(first, end, element, headBytes, like, node -> word(node, like));
    }

    /** The nodes of a red-black tree in their order; the caller knows how many there are. */
    static Iterable<Value> ofTree(long first, Type element, Value like) {
        return () ->
                new Walk(first, 0, element, TREE_HEAD_BYTES, like, node -> successor(node, like));
    }

    private static long successor(long node, Value like) {
        long at = word(node + RIGHT, like);
        if (at != 0) {
            for (int i = 0; i < MAX_HEIGHT && word(at + LEFT, like) != 0; i++) {
                at = word(at + LEFT, like);
            }
            return at;
        }
        long child = node;
        at = word(node + PARENT, like);
        for (int i = 0; i < MAX_HEIGHT && child == word(at + RIGHT, like); i++) {
            child = at;
            at = word(at + PARENT, like);
        }
        return at;
    }

    private static final class Walk implements Iterator<Value> {
        private final long end;
        private final Type element;
        private final int headBytes;
        private final Value like;
        private final LongUnaryOperator next;
        private long node;

        /** True when the node has been given out. */
        private boolean taken;

        Walk(
                long first,
                long end,
                Type element,
                int headBytes,
                Value like,
                LongUnaryOperator next) {
            this.node = first;
            this.end = end;
            this.element = element;
            this.headBytes = headBytes;
            this.like = like;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            if (taken) {
                node = next.applyAsLong(node) & 0xFFFF_FFFFL;
                taken = false;
            }
            return node != end && node != 0;
        }

        @Override
        public Value next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            taken = true;
            return at(element, aligned(node + headBytes, element), like);
        }
    }
}
