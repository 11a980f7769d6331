package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.Timed;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole peripheral space, for what is not emulated: it remembers what is written, and warns
 * once for each peripheral.
 */
final class PlainStorage implements Peripheral {
    static final int BASE = 0x4000_0000;
    static final int SIZE = 0x1000_0000;

    /** Words that are remembered; later ones are ignored. */
    static final int MAX_WORDS = 16_384;

    private Guest guest;
    private Map<Integer, Integer> words = new HashMap<>();
    private boolean shared;

    @Override
    public void attach(Guest machine) {
        guest = machine;
    }

    @Override
    public String name() {
        return "peripherals";
    }

    @Override
    public int baseAddress() {
        return BASE;
    }

    @Override
    public int sizeBytes() {
        return SIZE;
    }

    @Override
    public int read(int offset, int widthBytes) {
        warn(offset);
        return peek(offset, widthBytes);
    }

    @Override
    public int peek(int offset, int widthBytes) {
        int word = words.getOrDefault(offset & ~3, 0);
        return (word & mask(offset, widthBytes)) >>> shift(offset);
    }

    @Override
    public void write(int offset, int widthBytes, int value) {
        warn(offset);
        int word = offset & ~3;
        if (words.size() >= MAX_WORDS && !words.containsKey(word)) {
            return;
        }
        if (shared) {
            words = new HashMap<>(words);
            shared = false;
        }
        int mask = mask(offset, widthBytes);
        int before = words.getOrDefault(word, 0);
        words.put(word, (before & ~mask) | (value << shift(offset) & mask));
    }

    private void warn(int offset) {
        guest.warnOnce(
                AddressMap.describe(BASE + offset)
                        + " is not emulated; its registers only remember what is written");
    }

    private static int mask(int offset, int widthBytes) {
        int bits = widthBytes == Integer.BYTES ? -1 : (1 << (8 * widthBytes)) - 1;
        return bits << shift(offset);
    }

    private static int shift(int offset) {
        return 8 * (offset & 3);
    }

    @Override
    public void reset() {
        words = new HashMap<>();
        shared = false;
    }

    @Override
    public long nextEvent() {
        return Timed.NEVER;
    }

    @Override
    public void runEvents(long now) {}

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
