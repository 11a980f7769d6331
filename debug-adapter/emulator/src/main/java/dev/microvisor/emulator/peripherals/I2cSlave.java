package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A device on an I2C bus, at one instant.
 *
 * @param present false: it answers its address with NACK
 * @param numbers of its registers
 * @param values of the bytes of registers; others read as 0xFF
 * @param replies to what is written
 * @param transfer what has been said so far
 */
record I2cSlave(
        boolean present,
        I2cDevice.Numbers numbers,
        Map<Integer, Integer> values,
        List<Reply> replies,
        Transfer transfer) {
    private static final int EMPTY = 0xFF;

    I2cSlave {
        values = Map.copyOf(values);
        replies = List.copyOf(replies);
    }

    /**
     * A transfer that goes on, or the last one.
     *
     * @param written its first bytes, as many as a reply's request can have
     * @param count of all bytes written
     * @param place of the byte that is written or read next, among those of all registers
     * @param reply index of the reply that is read, negative when registers are
     * @param said bytes of that reply
     */
    record Transfer(Bytes written, int count, int place, int reply, int said) {
        /** Longest request of a reply. */
        private static final int MAX_REQUEST_BYTES = 256;

        static final Transfer NONE = new Transfer(Bytes.EMPTY, 0, 0, -1, 0);

        Transfer startedWriting() {
            return new Transfer(Bytes.EMPTY, 0, place, -1, 0);
        }

        Transfer startedReading(int from, int ofReply) {
            return new Transfer(written, count, from, ofReply, 0);
        }

        Transfer got(int data, int next) {
            Bytes all =
                    count < MAX_REQUEST_BYTES
                            ? written.plus(Bytes.of(new byte[] {(byte) data}))
                            : written;
            return new Transfer(all, count + 1, next, reply, said);
        }

        Transfer gave(int next) {
            return new Transfer(written, count, next, reply, said + 1);
        }
    }

    static I2cSlave of(I2cDevice device) {
        return new I2cSlave(
                true, device.numbers(), device.registers(), device.replies(), Transfer.NONE);
    }

    private I2cSlave with(Transfer next) {
        return new I2cSlave(present, numbers, values, replies, next);
    }

    /** A start condition with its address; reading goes on where writing a number has left it. */
    I2cSlave started(boolean reads) {
        if (!reads) {
            return with(transfer.startedWriting());
        }
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).request().equals(transfer.written())) {
                return with(transfer.startedReading(transfer.place(), i));
            }
        }
        int from = numbers.numberBytes() == 0 ? 0 : transfer.place();
        return with(transfer.startedReading(from, -1));
    }

    I2cSlave written(int data) {
        int count = transfer.count() + 1;
        if (count < numbers.numberBytes()) {
            return with(transfer.got(data, transfer.place()));
        }
        if (count == numbers.numberBytes()) {
            int high = count == 1 ? 0 : transfer.written().at(0) << 8;
            return with(transfer.got(data, numbers.first(high | data)));
        }
        int place = numbers.numberBytes() == 0 && count == 1 ? 0 : transfer.place();
        Map<Integer, Integer> changed = new TreeMap<>(values);
        changed.put(place, data);
        return new I2cSlave(
                present, numbers, changed, replies, transfer.got(data, following(place)));
    }

    /** What is read next. */
    int data() {
        if (transfer.reply() >= 0) {
            Bytes response = replies.get(transfer.reply()).response();
            return transfer.said() < response.size() ? response.at(transfer.said()) : EMPTY;
        }
        return values.getOrDefault(transfer.place(), EMPTY);
    }

    I2cSlave read() {
        return with(transfer.gave(following(transfer.place())));
    }

    I2cSlave changed(boolean nowPresent, Map<Integer, Integer> newValues, List<Reply> newReplies) {
        Map<Integer, Integer> changed = new TreeMap<>(values);
        changed.putAll(newValues);
        List<Reply> all = new ArrayList<>(replies);
        for (Reply reply : newReplies) {
            int same = all.stream().map(Reply::request).toList().indexOf(reply.request());
            if (same >= 0) {
                all.set(same, reply);
            } else {
                all.add(reply);
            }
        }
        return new I2cSlave(nowPresent, numbers, changed, all, transfer);
    }

    private int following(int place) {
        return (place + 1) % numbers.size();
    }
}
