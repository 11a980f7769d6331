package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.Arrays;

/**
 * AES: ECB, CBC, CTR, GCM (and GMAC) and CCM with keys of 128 and 256 bits, a block at once when
 * its fourth word is written. DMA, suspended messages and keys of other owners are not emulated.
 */
final class Aes extends RegisterPeripheral {
    private static final int CR = 0x00;
    private static final int SR = 0x04;
    private static final int DINR = 0x08;
    private static final int KEYR0 = 0x10;
    private static final int IVR0 = 0x20;
    private static final int KEYR4 = 0x30;
    private static final int SUSP0R = 0x40;
    private static final int IER = 0x300;
    private static final int ISR = 0x304;
    private static final int ICR = 0x308;

    private static final int EN = 1;
    private static final int KEYSIZE = 1 << 18;
    private static final int IPRST = 1 << 31;
    private static final int CCF = 1;
    private static final int KEYVALID = 1 << 7;
    private static final int IRQ = 93;

    /** MODE. */
    private static final int DERIVATION = 1;

    private static final int DECRYPTION = 2;

    /** CHMOD. */
    private static final int ECB = 0;

    private static final int CBC = 1;
    private static final int CTR = 2;
    private static final int GCM = 3;
    private static final int CCM = 4;

    /** GCMPH. */
    private static final int PHASE_INIT = 0;

    private static final int PHASE_HEADER = 1;
    private static final int PHASE_PAYLOAD = 2;
    private static final int PHASE_FINAL = 3;
    private static final Bytes ZEROS = Bytes.of(new byte[AesBlocks.SIZE]);

    private State state;

    Aes(int baseAddress) {
        super("AES", baseAddress);
        keep(State.START, () -> state, next -> state = next);
    }

    /**
     * What is not in registers.
     *
     * @param in words of a block that is not complete
     * @param out the last result
     * @param taken words of it that were read
     * @param mac what authenticates the message so far
     * @param first GCM: the counter block of the tag; CCM: that of the first block
     */
    private record State(Bytes in, Bytes out, int taken, Bytes mac, Bytes first) {
        static final State START = new State(Bytes.EMPTY, ZEROS, 0, ZEROS, ZEROS);

        State withIn(Bytes words) {
            return new State(words, out, taken, mac, first);
        }

        State withOut(byte[] block) {
            return new State(Bytes.EMPTY, Bytes.of(block), 0, mac, first);
        }

        State withMac(byte[] block) {
            return new State(in, out, taken, Bytes.of(block), first);
        }

        State next() {
            return new State(in, out, (taken + 1) % 4, mac, first);
        }
    }

    @Override
    RegisterBank declare() {
        RegisterBank bank =
                new RegisterBank()
                        .register(CR, "CR")
                        .field(0, 1, "EN")
                        .field(1, 6, "DATATYPE, MODE, CHMOD")
                        .reserved(7, 4)
                        .unimplemented(11, 2, "DMAINEN, DMAOUTEN")
                        .field(13, 2, "GCMPH")
                        .reserved(15, 1)
                        .field(16, 1, "CHMOD")
                        .reserved(17, 1)
                        .field(18, 1, "KEYSIZE")
                        .reserved(19, 1)
                        .field(20, 4, "NPBLB")
                        .unimplemented(24, 2, "KMOD")
                        .reserved(26, 5)
                        .field(31, 1, "IPRST")
                        .onWrite(this::control)
                        .register(SR, "SR")
                        .readOnly(0, 8, "CCF, RDERR, WRERR, BUSY, KEYVALID")
                        .reserved(8, 24)
                        .shows(stored -> KEYVALID | (bank().get(ISR) & CCF))
                        .register(DINR, "DINR")
                        .writeOnly(0, 32, "DIN")
                        .onWrite((before, written) -> input(written))
                        .register(0x0C, "DOUTR")
                        .readOnly(0, 32, "DOUT")
                        .shows(this::output)
                        .afterRead(() -> state = state.next())
                        .register(IER, "IER")
                        .field(0, 3, "CCFIE, RWEIE, KEIE")
                        .reserved(3, 29)
                        .register(ISR, "ISR")
                        .readOnly(0, 3, "CCF, RWEIF, KEIF")
                        .reserved(3, 29)
                        .register(ICR, "ICR")
                        .writeOnly(0, 3, "flags to clear")
                        .reserved(3, 29)
                        .onWrite((before, written) -> bank().clearBits(ISR, written));
        for (int i = 0; i < 4; i++) {
            bank.plain(KEYR0 + 4 * i, "KEYR" + i, "KEY").shows(stored -> 0);
            bank.plain(IVR0 + 4 * i, "IVR" + i, "IVI");
            bank.plain(KEYR4 + 4 * i, "KEYR" + (4 + i), "KEY").shows(stored -> 0);
        }
        for (int i = 0; i < 8; i++) {
            bank.register(SUSP0R + 4 * i, "SUSP" + i + "R").unimplemented(0, 32, "SUSP");
        }
        return bank;
    }

    private int mode() {
        return bank().get(CR) >>> 3 & 3;
    }

    private int chaining() {
        int settings = bank().get(CR);
        return (settings >>> 5 & 3) | (settings >>> 16 & 1) << 2;
    }

    private int phase() {
        return bank().get(CR) >>> 13 & 3;
    }

    private boolean decrypts() {
        return mode() >= DECRYPTION;
    }

    // ---------------------------------------------------------------- words and blocks

    /** A block that lies in four registers, the most significant word in the last of them. */
    private byte[] block(int register) {
        byte[] bytes = new byte[AesBlocks.SIZE];
        for (int i = 0; i < AesBlocks.SIZE; i++) {
            bytes[i] = (byte) (bank().get(register + 12 - (i & ~3)) >>> (24 - 8 * (i & 3)));
        }
        return bytes;
    }

    private void setVector(byte[] bytes) {
        for (int i = 0; i < 4; i++) {
            bank().set(IVR0 + 12 - 4 * i, word(bytes, i));
        }
    }

    private static int word(byte[] bytes, int index) {
        int value = 0;
        for (int i = 4 * index; i < 4 * index + 4; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    private byte[] key() {
        byte[] low = block(KEYR0);
        if (!bank().isSet(CR, KEYSIZE)) {
            return low;
        }
        byte[] key = Arrays.copyOf(block(KEYR4), 2 * AesBlocks.SIZE);
        System.arraycopy(low, 0, key, AesBlocks.SIZE, AesBlocks.SIZE);
        return key;
    }

    private DataSwap swap() {
        return DataSwap.of(bank().get(CR) >>> 1 & 3);
    }

    private int output(int stored) {
        return swap().apply(word(state.out().toArray(), state.taken()));
    }

    // ---------------------------------------------------------------- work

    private void control(int before, int written) {
        if ((written & IPRST) != 0) {
            bank().reset();
            bank().set(CR, IPRST);
            state = State.START;
            return;
        }
        if ((before & EN) != 0 || (written & EN) == 0) {
            startOfFinal(before);
            return;
        }
        state = state.withIn(Bytes.EMPTY);
        if (chaining() >= GCM && phase() == PHASE_INIT) {
            startMessage();
        } else if (chaining() < GCM && mode() == DERIVATION) {
            finish();
            bank().clearBits(CR, EN);
        } else {
            startOfFinal(before);
        }
    }

    /** CCM makes its tag without another input. */
    private void startOfFinal(int before) {
        boolean begins = (before & 3 << 13) != 3 << 13 && phase() == PHASE_FINAL;
        if (begins && chaining() == CCM && bank().isSet(CR, EN)) {
            byte[] pad = AesBlocks.encrypt(key(), state.first().toArray());
            state = state.withOut(AesBlocks.xor(state.mac().toArray(), pad));
            finish();
        }
    }

    private void startMessage() {
        byte[] vector = block(IVR0);
        if (chaining() == GCM) {
            Bytes first = Bytes.of(AesBlocks.counted(vector, -1));
            state = new State(Bytes.EMPTY, ZEROS, 0, ZEROS, first);
        } else {
            byte[] counter = vector.clone();
            counter[0] &= 7;
            for (int i = 0; i <= counter[0]; i++) {
                counter[AesBlocks.SIZE - 1 - i] = 0;
            }
            Bytes mac = Bytes.of(AesBlocks.encrypt(key(), vector));
            state = new State(Bytes.EMPTY, ZEROS, 0, mac, Bytes.of(counter));
            setVector(AesBlocks.counted(counter, 1));
        }
        bank().clearBits(CR, EN);
        finish();
    }

    private void input(int written) {
        if (!bank().isSet(CR, EN)) {
            return;
        }
        int word = swap().apply(written);
        byte[] bytes = {
            (byte) (word >>> 24), (byte) (word >>> 16), (byte) (word >>> 8), (byte) word
        };
        state = state.withIn(state.in().plus(Bytes.of(bytes)));
        if (state.in().size() == AesBlocks.SIZE) {
            byte[] block = state.in().toArray();
            state = state.withIn(Bytes.EMPTY);
            pass(block);
            finish();
        }
    }

    private void pass(byte[] block) {
        switch (chaining()) {
            case ECB -> state = state.withOut(crypt(block));
            case CBC -> passCbc(block);
            case CTR -> state = state.withOut(AesBlocks.xor(block, nextPad()));
            case GCM, CCM -> passAuthenticated(block);
            default -> guest().warnOnce("AES_CR: a CHMOD that the manual reserves");
        }
    }

    private byte[] crypt(byte[] block) {
        return decrypts() ? AesBlocks.decrypt(key(), block) : AesBlocks.encrypt(key(), block);
    }

    private void passCbc(byte[] block) {
        byte[] vector = block(IVR0);
        byte[] result =
                decrypts()
                        ? AesBlocks.xor(crypt(block), vector)
                        : crypt(AesBlocks.xor(block, vector));
        setVector(decrypts() ? block : result);
        state = state.withOut(result);
    }

    /** What the counter in the vector encrypts to; the counter goes on. */
    private byte[] nextPad() {
        byte[] counter = block(IVR0);
        setVector(AesBlocks.counted(counter, 1));
        return AesBlocks.encrypt(key(), counter);
    }

    private void passAuthenticated(byte[] block) {
        switch (phase()) {
            case PHASE_HEADER -> state = state.withMac(authenticated(block));
            case PHASE_PAYLOAD -> {
                byte[] result = AesBlocks.xor(block, nextPad());
                boolean cipherText = chaining() == GCM;
                byte[] known = (decrypts() == cipherText ? block : result).clone();
                int unused = bank().get(CR) >>> 20 & 0xF;
                for (int i = AesBlocks.SIZE - unused; i < AesBlocks.SIZE; i++) {
                    known[i] = 0;
                }
                state = state.withMac(authenticated(known)).withOut(result);
            }
            case PHASE_FINAL -> {
                byte[] pad = AesBlocks.encrypt(key(), state.first().toArray());
                state = state.withOut(AesBlocks.xor(authenticated(block), pad));
            }
            default -> guest().warnOnce("AES: data written in the init phase is ignored");
        }
    }

    private byte[] authenticated(byte[] block) {
        byte[] sum = AesBlocks.xor(state.mac().toArray(), block);
        return chaining() == CCM
                ? AesBlocks.encrypt(key(), sum)
                : AesBlocks.multiply(sum, AesBlocks.encrypt(key(), new byte[AesBlocks.SIZE]));
    }

    private void finish() {
        bank().setBits(ISR, CCF);
    }

    @Override
    void changed() {
        guest().setInterruptLine(IRQ, (bank().get(ISR) & bank().get(IER)) != 0);
    }
}
