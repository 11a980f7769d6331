package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.SpiDevice;
import java.util.Map;
import java.util.TreeMap;

/**
 * A device on an SPI bus, at one instant.
 *
 * @param received bytes since it was selected, as many as a reply's request can have
 * @param count of all bytes since it was selected
 * @param reading true while it gives registers away
 * @param register that is next
 * @param reply index of the reply that goes on, negative for none
 * @param said bytes of that reply
 */
record SpiSlave(
        Map<Integer, Integer> values,
        Bytes received,
        long count,
        boolean reading,
        int register,
        int reply,
        int said) {
    private static final int EMPTY = 0xFF;

    /** Longest request of a reply. */
    private static final int MAX_REQUEST_BYTES = 256;

    SpiSlave {
        values = Map.copyOf(values);
    }

    static SpiSlave of(SpiDevice device) {
        return new SpiSlave(device.registers(), Bytes.EMPTY, 0, false, 0, -1, 0);
    }

    /** A new transfer begins. */
    SpiSlave selected() {
        return new SpiSlave(values, Bytes.EMPTY, 0, false, 0, -1, 0);
    }

    /** What it sends while the next byte comes in. */
    int out(SpiDevice device, int incoming) {
        if (device.loopback()) {
            return incoming;
        }
        if (reply >= 0) {
            Bytes response = device.replies().get(reply).response();
            return said < response.size() ? response.at(said) : EMPTY;
        }
        return reading && count > 0 ? values.getOrDefault(register, EMPTY) : EMPTY;
    }

    /** After a byte has gone both ways. */
    SpiSlave exchanged(SpiDevice device, int incoming) {
        Bytes all =
                received.size() < MAX_REQUEST_BYTES
                        ? received.plus(Bytes.of(new byte[] {(byte) incoming}))
                        : received;
        if (reply >= 0) {
            return new SpiSlave(values, all, count + 1, reading, register, reply, said + 1);
        }
        for (int i = 0; i < device.replies().size(); i++) {
            if (device.replies().get(i).request().equals(all)) {
                return new SpiSlave(values, all, count + 1, false, 0, i, 0);
            }
        }
        if (device.readMask() == 0) {
            return new SpiSlave(values, all, count + 1, false, 0, -1, 0);
        }
        if (count == 0) {
            boolean reads = (incoming & device.readMask()) == device.readMask();
            int first = incoming & device.numberMask();
            return new SpiSlave(values, all, 1, reads, first, -1, 0);
        }
        int next = register + 1 & 0xFF;
        if (reading) {
            return new SpiSlave(values, all, count + 1, true, next, -1, 0);
        }
        Map<Integer, Integer> changed = new TreeMap<>(values);
        changed.put(register, incoming);
        return new SpiSlave(changed, all, count + 1, false, next, -1, 0);
    }
}
