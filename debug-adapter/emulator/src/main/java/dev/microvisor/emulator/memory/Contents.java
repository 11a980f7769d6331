package dev.microvisor.emulator.memory;

import java.util.Arrays;

/**
 * Reads and writes of debuggers and of the kernel: no access of the guest, so nothing forbids them.
 */
final class Contents {
    private final Memory memory;
    private final Pages pages;
    private final Devices devices;
    private final AccessListener listener;

    Contents(Memory memory, Pages pages, Devices devices, AccessListener listener) {
        this.memory = memory;
        this.pages = pages;
        this.devices = devices;
        this.listener = listener;
    }

    /** Copies bytes without side effects, as far as there are any. */
    byte[] peek(int address, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        for (int i = 0; i < sizeBytes; i++) {
            int at = address + i;
            Region region = memory.regionAt(at);
            if (region != null) {
                int offset = at & Memory.PAGE_MASK;
                int count = Math.min(Memory.PAGE_SIZE - offset, sizeBytes - i);
                pages.read(Pages.index(region, at), offset, bytes, i, count);
                i += count - 1;
                continue;
            }
            int value = devices.peekByte(at);
            if (value < 0) {
                return Arrays.copyOf(bytes, i);
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /** Writes flash and RAM whatever protects them; false when some byte has no memory. */
    boolean poke(int address, byte[] bytes) {
        // What a page has holds for all of it.
        for (int i = 0;
                i < bytes.length;
                i += Memory.PAGE_SIZE - ((address + i) & Memory.PAGE_MASK)) {
            if (memory.regionAt(address + i) == null) {
                return false;
            }
        }
        for (int i = 0; i < bytes.length; ) {
            int at = address + i;
            Region region = memory.regionAt(at);
            int offset = at & Memory.PAGE_MASK;
            int count = Math.min(Memory.PAGE_SIZE - offset, bytes.length - i);
            memory.ownPage(region, at);
            pages.write(Pages.index(region, at), offset, bytes, i, count);
            if (pages.isCode(Pages.index(region, at))) {
                listener.codeChanged(at, count);
            }
            i += count;
        }
        return true;
    }

    /** Writes an aligned word of RAM whatever protects it; false when it is none. */
    boolean pokeWord(int address, int value) {
        Region region = memory.regionAt(address);
        if (region == null || !region.writable() || (address & 3) != 0) {
            return false;
        }
        memory.ownPage(region, address);
        pages.write(region, address, 4, value);
        if (pages.isCode(Pages.index(region, address))) {
            listener.codeChanged(address, 4);
        }
        return true;
    }

    /** A word without side effects; zero where nothing is. */
    int peekWord(int address) {
        Region region = memory.regionAt(address);
        if (region != null && (address & 3) == 0) {
            return pages.read(region, address, 4);
        }
        byte[] bytes = peek(address, 4);
        return bytes.length == 4
                ? (bytes[0] & 0xFF)
                        | (bytes[1] & 0xFF) << 8
                        | (bytes[2] & 0xFF) << 16
                        | bytes[3] << 24
                : 0;
    }
}
