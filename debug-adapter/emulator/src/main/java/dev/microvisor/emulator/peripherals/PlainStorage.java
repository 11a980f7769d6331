package dev.microvisor.emulator.peripherals;

import java.util.HashMap;
import java.util.Map;

/**
 * The whole peripheral space, for what is not emulated: it remembers what is written, and warns
 * once for each peripheral.
 */
final class PlainStorage extends Block {
    static final int BASE = 0x4000_0000;
    static final int SPACE = 0x1000_0000;

    /** Words that are remembered; later ones are ignored. */
    static final int MAX_WORDS = 16_384;

    private Map<Integer, Integer> words = new HashMap<>();
    private boolean shared;

    PlainStorage() {
        super("peripherals", BASE, SPACE);
    }

    @Override
    public int read(int offset, int widthBytes) {
        warn(offset);
        return peek(offset, widthBytes);
    }

    @Override
    public int peek(int offset, int widthBytes) {
        return ByteLanes.read(offset, widthBytes, words.getOrDefault(ByteLanes.word(offset), 0));
    }

    @Override
    public void write(int offset, int widthBytes, int value) {
        warn(offset);
        int word = ByteLanes.word(offset);
        if (words.size() >= MAX_WORDS && !words.containsKey(word)) {
            return;
        }
        if (shared) {
            words = new HashMap<>(words);
            shared = false;
        }
        int kept = words.getOrDefault(word, 0) & ~ByteLanes.mask(offset, widthBytes);
        words.put(word, kept | ByteLanes.written(offset, widthBytes, value));
    }

    private void warn(int offset) {
        guest().warnOnce(
                        AddressMap.describe(BASE + offset)
                                + " is not emulated; its registers only remember what is written");
    }

    @Override
    public void reset() {
        words = new HashMap<>();
        shared = false;
    }

    @Override
    public Object save() {
        shared = true;
        return words;
    }

    /** A saved map is never changed again, so it can be used as it is until the next write. */
    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object state) {
        words = (Map<Integer, Integer>) state;
        shared = true;
    }
}
