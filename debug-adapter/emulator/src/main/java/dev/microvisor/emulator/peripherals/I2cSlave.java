package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.I2cModel;
import dev.microvisor.emulator.cloud.hardware.Quantity;
import dev.microvisor.emulator.cloud.hardware.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device on an I2C bus, at one instant. What it is, and always was, is its {@link I2cModel}.
 *
 * @param present false: it answers its address with NACK
 * @param values of the bytes of registers; others read as 0xFF
 * @param replies to what is written
 * @param measured what it measures by name, in millionths of the unit
 * @param busyUntil instruction up to which it answers its address with NACK
 * @param clockShift seconds that its clock is ahead of the wall clock
 * @param transfer what has been said so far
 */
record I2cSlave(
        boolean present,
        Map<Integer, Integer> values,
        List<Reply> replies,
        Map<String, Long> measured,
        long busyUntil,
        long clockShift,
        Transfer transfer) {
    private static final int EMPTY = 0xFF;
    private static final double MILLIONTHS = 1e6;
    private static final int CRC_POLYNOMIAL = 0x31;

    I2cSlave {
        values = Map.copyOf(values);
        replies = List.copyOf(replies);
        measured = Map.copyOf(measured);
    }

    /**
     * A transfer that goes on, or the last one.
     *
     * @param open true from the start condition to the stop condition
     * @param written its first bytes, as many as a reply's request can have
     * @param count of all bytes written
     * @param place of the byte that is written or read next, among those of all registers
     * @param still true when the next byte is to or from the same place
     * @param answer bytes that are read, when a reply and not registers are
     * @param said bytes of that
     */
    record Transfer(
            boolean open,
            Bytes written,
            int count,
            int place,
            boolean still,
            Optional<Bytes> answer,
            int said) {
        /** Longest request of a reply, and longest text that is shown. */
        static final int MAX_BYTES = 256;

        static final Transfer NONE =
                new Transfer(false, Bytes.EMPTY, 0, 0, false, Optional.empty(), 0);

        Transfer startedWriting() {
            return new Transfer(true, Bytes.EMPTY, 0, place, false, Optional.empty(), 0);
        }

        Transfer startedReading(int from, Optional<Bytes> reply) {
            return new Transfer(true, written, count, from, still, reply, 0);
        }

        Transfer got(int data, int next, boolean staysThere) {
            Bytes all =
                    count < MAX_BYTES ? written.plus(Bytes.of(new byte[] {(byte) data})) : written;
            return new Transfer(true, all, count + 1, next, staysThere, answer, said);
        }

        Transfer gave(int next) {
            return new Transfer(true, written, count, next, still, answer, said + 1);
        }

        Transfer stopped() {
            return new Transfer(false, written, count, place, still, answer, said);
        }

        /** True when it only writes, and more than the number of a register. */
        boolean wroteData(I2cModel model) {
            return open && said == 0 && count > model.numbers().numberBytes();
        }
    }

    static I2cSlave of(I2cDevice device) {
        Map<String, Long> measured = new HashMap<>();
        for (Quantity quantity : device.model().quantities()) {
            double value = device.measured().getOrDefault(quantity.name(), quantity.start());
            measured.put(quantity.name(), millionths(value));
        }
        I2cModel model = device.model();
        return new I2cSlave(true, model.registers(), model.replies(), measured, 0, 0, Transfer.NONE)
                .refreshed(model);
    }

    private static long millionths(double value) {
        return Math.round(value * MILLIONTHS);
    }

    private I2cSlave with(Transfer next) {
        return new I2cSlave(present, values, replies, measured, busyUntil, clockShift, next);
    }

    private I2cSlave with(Map<Integer, Integer> newValues) {
        return new I2cSlave(present, newValues, replies, measured, busyUntil, clockShift, transfer);
    }

    private I2cSlave busyUntil(long instruction) {
        return new I2cSlave(present, values, replies, measured, instruction, clockShift, transfer);
    }

    private int value(int place) {
        return values.getOrDefault(place, EMPTY);
    }

    // ---------------------------------------------------------------- on the bus

    /** True when it answers its address. */
    boolean answers(Moment now) {
        return present && now.instruction() >= busyUntil;
    }

    /** A start condition with its address; reading goes on where writing a number has left it. */
    I2cSlave started(I2cModel model, boolean reads, Moment now) {
        I2cSlave ticked = ticked(model, now);
        if (!reads) {
            return ticked.with(transfer.startedWriting());
        }
        Optional<Bytes> answer = replyTo(transfer.written()).map(reply -> answer(model, reply));
        int from = model.numbers().numberBytes() == 0 ? 0 : transfer.place();
        return ticked.with(transfer.startedReading(from, answer));
    }

    private Optional<Reply> replyTo(Bytes request) {
        return replies.stream().filter(r -> r.request().equals(request)).findFirst();
    }

    /** True when a byte that is written is answered with ACK. */
    boolean accepts(I2cModel model) {
        return !model.writing().locked() || transfer.count() < model.numbers().numberBytes();
    }

    I2cSlave written(I2cModel model, int data, Moment now) {
        I2cModel.Numbers numbers = model.numbers();
        int count = transfer.count() + 1;
        if (count < numbers.numberBytes()) {
            return with(transfer.got(data, transfer.place(), false));
        }
        if (count == numbers.numberBytes()) {
            int number = (count == 1 ? 0 : transfer.written().at(0) << Byte.SIZE) | data;
            return with(transfer.got(data, numbers.first(number), !numbers.countsUp(number)));
        }
        int place = numbers.numberBytes() == 0 && count == 1 ? 0 : transfer.place();
        int next = transfer.still() ? place : model.writing().following(place, numbers);
        return stored(model, place, data)
                .withClockSet(model, place, now)
                .with(transfer.got(data, next, transfer.still()));
    }

    private I2cSlave stored(I2cModel model, int place, int data) {
        I2cModel.Writing writing = model.writing();
        if (writing.resets().getOrDefault(place, -1) == data) {
            return with(model.registers()).refreshed(model);
        }
        if (writing.readOnly().contains(place)) {
            return this;
        }
        Map<Integer, Integer> changed = new HashMap<>(values);
        changed.put(place, data & ~writing.clearing().getOrDefault(place, 0));
        return with(changed).refreshed(model);
    }

    /** What is read next. */
    int data() {
        if (transfer.answer().isPresent()) {
            Bytes response = transfer.answer().get();
            return transfer.said() < response.size() ? response.at(transfer.said()) : EMPTY;
        }
        return value(transfer.place());
    }

    I2cSlave read(I2cModel model) {
        int place = transfer.place();
        int next = transfer.still() ? place : (place + 1) % model.numbers().size();
        return with(transfer.gave(next));
    }

    /** A stop condition; some devices begin then to do what they were told. */
    I2cSlave stopped(I2cModel model, Moment now) {
        boolean wrote = transfer.wroteData(model);
        I2cSlave ended = with(transfer.stopped());
        int busyMs =
                transfer.said() > 0 || !transfer.open()
                        ? 0
                        : replyTo(transfer.written())
                                .map(Reply::readyMs)
                                .orElse(wrote ? model.writing().busyMs() : 0);
        return busyMs > 0 ? ended.busyUntil(now.after(busyMs)) : ended;
    }

    // ---------------------------------------------------------------- what it shows

    /** The registers of a clock hold what it is at a start condition. */
    private I2cSlave ticked(I2cModel model, Moment now) {
        if (model.clock().isEmpty()) {
            return this;
        }
        Map<Integer, Integer> changed = new HashMap<>(values);
        changed.putAll(model.clock().get().at(now.wallSecond() + clockShift, values));
        return with(changed);
    }

    /** A register of the clock was written: it goes on from what they all hold now. */
    private I2cSlave withClockSet(I2cModel model, int place, Moment now) {
        if (model.clock().filter(c -> c.places().contains(place)).isEmpty()) {
            return this;
        }
        long before = now.wallSecond() + clockShift;
        long after = model.clock().get().epochSecond(values, before);
        long shift = clockShift + after - before;
        return new I2cSlave(present, values, replies, measured, busyUntil, shift, transfer);
    }

    /** The registers hold what is measured now. */
    private I2cSlave refreshed(I2cModel model) {
        Map<Integer, Integer> changed = new HashMap<>(values);
        for (Quantity quantity : model.quantities()) {
            if (quantity.place().isPresent() && quantity.isSelected(this::value)) {
                int place = quantity.place().getAsInt();
                int[] bytes = new int[quantity.layout().bytes()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = values.getOrDefault(place + i, 0);
                }
                bytes = quantity.bytes(measured(quantity), this::value, bytes);
                for (int i = 0; i < bytes.length; i++) {
                    changed.put(place + i, bytes[i]);
                }
            }
        }
        return with(changed);
    }

    private double measured(Quantity quantity) {
        return measured.get(quantity.name()) / MILLIONTHS;
    }

    private Bytes answer(I2cModel model, Reply reply) {
        Bytes answer = reply.response();
        for (String name : reply.measures()) {
            Quantity quantity = model.quantity(name).orElseThrow();
            int[] word =
                    quantity.bytes(
                            measured(quantity), this::value, new int[quantity.layout().bytes()]);
            int crc = model.crcStart().orElse(0);
            for (int data : word) {
                answer = answer.plus(Bytes.of(new byte[] {(byte) data}));
                crc = crcAfter(crc, data);
            }
            if (model.crcStart().isPresent()) {
                answer = answer.plus(Bytes.of(new byte[] {(byte) crc}));
            }
        }
        return answer;
    }

    private static int crcAfter(int before, int data) {
        int crc = before ^ data;
        for (int i = 0; i < Byte.SIZE; i++) {
            crc = (crc & 0x80) != 0 ? crc << 1 ^ CRC_POLYNOMIAL : crc << 1;
        }
        return crc & 0xFF;
    }

    // ---------------------------------------------------------------- what the script changes

    I2cSlave changed(
            I2cModel model,
            boolean nowPresent,
            Map<Integer, Integer> newValues,
            List<Reply> newReplies,
            Map<String, Double> newMeasured) {
        Map<Integer, Integer> changed = new HashMap<>(values);
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
        Map<String, Long> now = new HashMap<>(measured);
        newMeasured.forEach((name, value) -> now.put(name, millionths(value)));
        return new I2cSlave(nowPresent, changed, all, now, busyUntil, clockShift, transfer)
                .refreshed(model);
    }
}
