package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Firmware that talks to the devices on I2C1 as blocking drivers do. */
final class I2cMaster {
    static final int I2C1 = 0x4000_5400;
    static final int CR1 = I2C1;
    static final int CR2 = I2C1 + 0x04;
    static final int ISR = I2C1 + 0x18;
    static final int ICR = I2C1 + 0x1C;
    static final int RXDR = I2C1 + 0x24;
    static final int TXDR = I2C1 + 0x28;
    static final int READ = 1 << 10;
    static final int ADD10 = 1 << 11;
    static final int START = 1 << 13;
    static final int STOP = 1 << 14;
    static final int AUTOEND = 1 << 25;
    static final int TXIS = 1 << 1;
    static final int RXNE = 1 << 2;
    static final int NACKF = 1 << 4;
    static final int STOPF = 1 << 5;
    static final int TC = 1 << 6;
    static final int BERR = 1 << 8;
    static final int ARLO = 1 << 9;
    static final int BUSY = 1 << 15;

    /** Instructions in which a byte has gone. */
    private static final int A_WHILE = 200;

    private static final int ROUNDS = 100;
    private final PeripheralFixture p;

    I2cMaster(PeripheralFixture p) {
        this.p = p;
        p.write(CR1, 1);
    }

    int flags() {
        return p.read(ISR);
    }

    /** Waits for one of some flags. */
    int await(int wanted) {
        for (int i = 0; i < ROUNDS && (flags() & wanted) == 0; i++) {
            p.runTo(p.now + A_WHILE);
        }
        assertThat(flags() & wanted).as("flags 0x%X of 0x%X", wanted, flags()).isNotZero();
        return flags();
    }

    /** Master transmit; the number of bytes that were acknowledged, -1 when the address was not. */
    int write(int address, int... bytes) {
        return send(address << 1, AUTOEND, bytes);
    }

    private int send(int target, int end, int... bytes) {
        p.write(CR2, target | START | end | bytes.length << 16);
        int sent = 0;
        while ((await(TXIS | NACKF | STOPF | TC) & TXIS) != 0) {
            p.write(TXDR, bytes[sent++]);
        }
        boolean refused = (flags() & NACKF) != 0;
        if ((flags() & TC) == 0) {
            await(STOPF);
            p.write(ICR, STOPF | NACKF);
        }
        return refused ? sent - 1 : sent;
    }

    /** Master receive; empty when the address was not acknowledged. */
    List<Integer> read(int address, int size) {
        return receive(address << 1, size);
    }

    private List<Integer> receive(int target, int size) {
        p.write(CR2, target | READ | START | AUTOEND | size << 16);
        List<Integer> data = new ArrayList<>();
        while (data.size() < size && (await(RXNE | NACKF) & RXNE) != 0) {
            data.add(p.read(RXDR));
        }
        await(STOPF);
        p.write(ICR, STOPF | NACKF);
        return data;
    }

    /** Reads registers: their number, a repeated start, and what they hold. */
    List<Integer> registers(int address, int number, int size) {
        return registers(address << 1, new int[] {number}, size);
    }

    List<Integer> memory(int address, int place, int size) {
        return registers(address << 1, new int[] {place >>> 8, place & 0xFF}, size);
    }

    /**
     * The same with all of what selects the device in CR2.
     *
     * @param target SADD and ADD10
     */
    List<Integer> registers(int target, int[] number, int size) {
        return send(target, 0, number) == number.length ? receive(target, size) : List.of();
    }

    /** Two bytes, high byte first, as a signed number. */
    int word(int address, int number) {
        List<Integer> bytes = registers(address, number, 2);
        return (short) (bytes.get(0) << 8 | bytes.get(1));
    }

    /** Two bytes, low byte first, as a signed number. */
    int littleWord(int address, int number) {
        List<Integer> bytes = registers(address, number, 2);
        return (short) (bytes.get(1) << 8 | bytes.get(0));
    }
}
