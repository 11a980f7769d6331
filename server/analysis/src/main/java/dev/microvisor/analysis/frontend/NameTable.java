package dev.microvisor.analysis.frontend;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/** Numbers identifiers, so that sets of them are bits. Not safe for several threads. */
final class NameTable {
    private static final int FIRST_SLOTS = 1 << 14;

    private char[][] names = new char[FIRST_SLOTS / 2][];
    private int[] slots = new int[FIRST_SLOTS];
    private final BitSet inline = new BitSet();
    private final BitSet types = new BitSet();
    private int size;

    /** The number of the name that stands in a text from {@code start} to {@code end}. */
    int id(char[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        int mask = slots.length - 1;
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (slots[slot] != 0) {
            char[] name = names[slots[slot] - 1];
            if (Arrays.equals(name, 0, name.length, text, start, end)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        return add(Arrays.copyOfRange(text, start, end), slot);
    }

    int id(String name) {
        return id(name.toCharArray(), 0, name.length());
    }

    private int add(char[] name, int slot) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            slots = new int[4 * size];
            for (int id = 0; id < size; id++) {
                slots[free(names[id])] = id + 1;
            }
            return add(name, free(name));
        }
        names[size] = name;
        classify(new String(name), size);
        slots[slot] = ++size;
        return size - 1;
    }

    private void classify(String name, int id) {
        inline.set(id, name.toLowerCase(Locale.ROOT).contains("inline"));
        switch (name) {
            case "struct", "union", "enum", "class", "typedef", "namespace" -> types.set(id);
            default -> {}
        }
    }

    /** True for {@code inline} and for macros that stand for it. */
    boolean saysInline(int id) {
        return inline.get(id);
    }

    /** True for the keywords after which a brace does not begin the body of a function. */
    boolean startsType(int id) {
        return types.get(id);
    }

    private int free(char[] name) {
        int hash = 0;
        for (char c : name) {
            hash = 31 * hash + c;
        }
        int mask = slots.length - 1;
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    char[] name(int id) {
        return names[id];
    }

    int size() {
        return size;
    }
}
