package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HASH: SHA-1, MD5, SHA-224 and SHA-256 of what is written to DIN, plain or as HMAC, at once. A
 * message is kept until its digest is asked for; DMA and the exchange of contexts are not emulated.
 */
final class Hash extends RegisterPeripheral {
    /** Bytes of a message; what comes after them is ignored, with a warning. */
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final int CR = 0x00;
    private static final int STR = 0x08;
    private static final int HRA0 = 0x0C;
    private static final int IMR = 0x20;
    private static final int SR = 0x24;
    private static final int CSR0 = 0xF8;
    private static final int HR0 = 0x310;
    private static final int CONTEXT_REGISTERS = 54;

    private static final int INIT = 1 << 2;
    private static final int HMAC = 1 << 6;
    private static final int DCAL = 1 << 8;
    private static final int DINIS = 1;
    private static final int DCIS = 1 << 1;
    private static final int IRQ = 96;

    /** As ALGO numbers them. */
    private static final String[] ALGORITHMS = {"SHA-1", "MD5", "SHA-224", "SHA-256"};

    private static final int BLOCK_BYTES = 64;

    private byte[] message;
    private int size;
    private Phase phase;
    private Bytes key;
    private Bytes inner;

    Hash(int baseAddress) {
        super("HASH", baseAddress);
        keep(State.START, this::state, this::setState);
    }

    /** What is written to DIN now: an HMAC has its key before and after the message. */
    private enum Phase {
        KEY,
        MESSAGE,
        KEY_AGAIN
    }

    /** What is not in registers. */
    private record State(Bytes message, Phase phase, Bytes key, Bytes inner) {
        static final State START = new State(Bytes.EMPTY, Phase.MESSAGE, Bytes.EMPTY, Bytes.EMPTY);
    }

    private State state() {
        return new State(Bytes.of(Arrays.copyOf(message, size)), phase, key, inner);
    }

    private void setState(State state) {
        size = state.message().size();
        message = Arrays.copyOf(state.message().toArray(), Math.max(BLOCK_BYTES, size));
        phase = state.phase();
        key = state.key();
        inner = state.inner();
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(CR, "CR")
                        .reserved(0, 2)
                        .writeOnly(2, 1, "INIT")
                        .unimplemented(3, 1, "DMAE")
                        .field(4, 3, "DATATYPE, MODE")
                        .reserved(7, 1)
                        .readOnly(8, 5, "NBW, DINNE")
                        .field(13, 1, "MDMAT")
                        .reserved(14, 2)
                        .field(16, 3, "LKEY, ALGO")
                        .reserved(19, 13)
                        .onWrite((before, written) -> initialise(written))
                        .register(0x04, "DIN")
                        .writeOnly(0, 32, "DATAIN")
                        .onWrite((before, written) -> input(written))
                        .register(STR, "STR")
                        .field(0, 5, "NBLW")
                        .reserved(5, 3)
                        .writeOnly(8, 1, "DCAL")
                        .reserved(9, 23)
                        .onWrite((before, written) -> calculate(written))
                        .register(IMR, "IMR")
                        .field(0, 2, "DINIE, DCIE")
                        .reserved(2, 30)
                        .register(SR, "SR")
                        .readOnly(0, 1, "DINIS")
                        .clearByZero(1, 1, "DCIS")
                        .readOnly(2, 2, "DMAS, BUSY")
                        .reserved(4, 28)
                        .resetTo(DINIS);
        for (int i = 0; i < 5; i++) {
            int word = HR0 + 4 * i;
            bank.register(HRA0 + 4 * i, "HRA" + i)
                    .readOnly(0, 32, "H" + i)
                    .shows(stored -> bank().get(word));
        }
        for (int i = 0; i < CONTEXT_REGISTERS; i++) {
            bank.register(CSR0 + 4 * i, "CSR" + i).unimplemented(0, 32, "CS" + i);
        }
        for (int i = 0; i < 8; i++) {
            bank.register(HR0 + 4 * i, "HR" + i).readOnly(0, 32, "H" + i);
        }
        return bank;
    }

    private void initialise(int written) {
        if ((written & INIT) == 0) {
            return;
        }
        size = 0;
        phase = (written & HMAC) != 0 ? Phase.KEY : Phase.MESSAGE;
        key = Bytes.EMPTY;
        bank().clearBits(SR, DCIS);
    }

    private void input(int written) {
        if (size + Integer.BYTES > MAX_MESSAGE_BYTES) {
            guest().warnOnce(
                            "HASH: a message of more than "
                                    + MAX_MESSAGE_BYTES
                                    + " bytes; the rest is ignored");
            return;
        }
        if (size + Integer.BYTES > message.length) {
            message = Arrays.copyOf(message, 2 * message.length);
        }
        int word = DataSwap.of(bank().get(CR) >>> 4 & 3).apply(written);
        for (int shift = 24; shift >= 0; shift -= 8) {
            message[size++] = (byte) (word >>> shift);
        }
    }

    private void calculate(int written) {
        if ((written & DCAL) == 0) {
            return;
        }
        int validBits = bank().get(STR) & 0x1F;
        int unused = validBits == 0 ? 0 : Integer.BYTES - (validBits + 7) / 8;
        byte[] input = Arrays.copyOf(message, Math.max(0, size - unused));
        size = 0;
        switch (phase) {
            case KEY -> {
                key = Bytes.of(input);
                phase = Phase.MESSAGE;
            }
            case MESSAGE -> {
                if (bank().isSet(CR, HMAC)) {
                    inner = Bytes.of(digest(padded(0x36), input));
                    phase = Phase.KEY_AGAIN;
                } else {
                    finish(digest(input));
                }
            }
            case KEY_AGAIN -> {
                finish(digest(padded(0x5C), inner.toArray()));
                phase = Phase.KEY;
            }
        }
    }

    /** The key as a block, each byte changed by a pattern. */
    private byte[] padded(int pattern) {
        byte[] own = key.size() > BLOCK_BYTES ? digest(key.toArray()) : key.toArray();
        byte[] block = Arrays.copyOf(own, BLOCK_BYTES);
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block[i] ^= (byte) pattern;
        }
        return block;
    }

    private byte[] digest(byte[]... parts) {
        String algorithm = ALGORITHMS[bank().get(CR) >>> 17 & 3];
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private void finish(byte[] digest) {
        for (int i = 0; i < 8; i++) {
            int word = 0;
            for (int at = 4 * i; at < 4 * i + 4 && at < digest.length; at++) {
                word = word << 8 | (digest[at] & 0xFF);
            }
            bank().set(HR0 + 4 * i, word);
        }
        bank().setBits(SR, DCIS);
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, (bank().get(SR) & bank().get(IMR)) != 0);
    }
}
