package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.Peripheral;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** HASH and AES give what FIPS 180, FIPS 197 and Java's own cryptography give. */
class CryptographyTest {
    private static final int HASH = 0x420C_0400;
    private static final int STR = HASH + 0x08;
    private static final int SR = HASH + 0x24;
    private static final int HR = HASH + 0x310;
    private static final int BYTES = 2 << 4;
    private static final int SHA256 = 3 << 17;
    private static final int AES = 0x420C_0000;
    private static final int ISR = AES + 0x304;
    private static final int ENCRYPT = 0;
    private static final int DECRYPT = 2 << 3;
    private static final byte[] KEY = ascii("sixteen byte key");
    private static final byte[] TEXT = ascii("thirty-two bytes of a plain text");

    private final PeripheralFixture p = new PeripheralFixture();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int littleEndian(byte[] bytes, int at) {
        int word = 0;
        for (int i = 3; i >= 0; i--) {
            word = word << 8 | (at + i < bytes.length ? bytes[at + i] & 0xFF : 0);
        }
        return word;
    }

    private static int bigEndian(byte[] bytes, int at) {
        return Integer.reverseBytes(littleEndian(bytes, at));
    }

    // ---------------------------------------------------------------- HASH

    private void feed(byte[] message) {
        for (int at = 0; at < message.length; at += 4) {
            p.write(HASH + 4, littleEndian(message, at));
        }
        p.write(STR, 8 * (message.length % 4));
        p.write(STR, 8 * (message.length % 4) | 1 << 8);
    }

    private String digest(int words) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < words; i++) {
            hex.append(String.format("%08x", p.read(HR + 4 * i)));
        }
        return hex.toString();
    }

    @Test
    void eachAlgorithmMakesItsDigest() {
        String[] digests = {
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "900150983cd24fb0d6963f7d28e17f72",
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        };
        for (int algorithm = 0; algorithm < digests.length; algorithm++) {
            p.write(HASH, algorithm << 17 | BYTES | 1 << 2);
            feed(ascii("abc"));
            assertThat(p.read(SR) & 2).isEqualTo(2);
            assertThat(digest(digests[algorithm].length() / 8)).isEqualTo(digests[algorithm]);
        }
    }

    @Test
    void anHmacHasItsKeyBeforeAndAfterTheMessage() throws Exception {
        for (int keySize : new int[] {3, 64, 100}) {
            byte[] key = Arrays.copyOf(ascii("key".repeat(40)), keySize);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            p.write(HASH, SHA256 | BYTES | 1 << 6 | 1 << 2);
            feed(key);
            feed(TEXT);
            feed(key);
            assertThat(digest(8)).isEqualTo(HexFormat.of().formatHex(mac.doFinal(TEXT)));
        }
    }

    @Test
    void theEndInterruptsAndAnotherMessageBeginsAnew() {
        p.write(HASH, SHA256 | BYTES | 1 << 2);
        p.write(HASH + 0x20, 2);
        feed(ascii("abc"));
        assertThat(p.level.get(96)).isTrue();
        p.write(HASH, SHA256 | BYTES | 1 << 2);
        assertThat(p.level.get(96)).isFalse();
        feed(ascii("abc"));
        assertThat(digest(1)).isEqualTo("ba7816bf");
    }

    @Test
    void aMessageGoesOnAfterASnapshot() {
        p.write(HASH, SHA256 | BYTES | 1 << 2);
        p.write(HASH + 4, littleEndian(ascii("abcd"), 0));
        Peripheral hash = p.at(HASH);
        Object saved = hash.save();
        feed(ascii("ef"));
        String digest = digest(8);
        hash.restore(saved);
        feed(ascii("ef"));
        assertThat(digest(8)).isEqualTo(digest);
    }

    // ---------------------------------------------------------------- AES

    private void setKey(byte[] key) {
        for (int i = 0; i < key.length / 4; i++) {
            int number = key.length / 4 - 1 - i;
            p.write(AES + (number < 4 ? 0x10 : 0x20) + 4 * number, bigEndian(key, 4 * i));
        }
    }

    private void setVector(byte[] vector) {
        for (int i = 0; i < 4; i++) {
            p.write(AES + 0x2C - 4 * i, bigEndian(vector, 4 * i));
        }
    }

    private void input(byte[] data, int from) {
        p.write(AES + 0x308, 1);
        for (int i = 0; i < 16; i += 4) {
            p.write(AES + 0x08, littleEndian(data, from + i));
        }
        assertThat(p.read(ISR) & 1).as("CCF").isEqualTo(1);
    }

    private byte[] output() {
        byte[] block = new byte[16];
        for (int i = 0; i < 16; i += 4) {
            int word = p.read(AES + 0x0C);
            for (int j = 0; j < 4; j++) {
                block[i + j] = (byte) (word >>> (8 * j));
            }
        }
        return block;
    }

    /** Bytes through AES with DATATYPE of bytes. */
    private byte[] through(int settings, byte[] data) {
        p.write(AES, settings | 2 << 1 | 1);
        byte[] result = new byte[data.length];
        for (int at = 0; at < data.length; at += 16) {
            input(data, at);
            System.arraycopy(output(), 0, result, at, 16);
        }
        p.write(AES, 0);
        return result;
    }

    @Test
    void theExampleOfFips197() {
        setKey(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
        byte[] plain = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
        byte[] secret = through(ENCRYPT, plain);
        assertThat(HexFormat.of().formatHex(secret)).isEqualTo("69c4e0d86a7b0430d8cdb78070b4c55a");
        assertThat(through(DECRYPT, secret)).isEqualTo(plain);
    }

    @Test
    void chainedAndCountedBlocksAreThoseOfJava() throws Exception {
        byte[] vector = ascii("initial vector!!");
        for (int keySize : new int[] {16, 32}) {
            byte[] key = Arrays.copyOf(TEXT, keySize);
            int size = keySize == 32 ? 1 << 18 : 0;
            String[] modes = {"CBC", "CTR"};
            for (int chaining = 1; chaining <= 2; chaining++) {
                Cipher cipher = Cipher.getInstance("AES/" + modes[chaining - 1] + "/NoPadding");
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        new SecretKeySpec(key, "AES"),
                        new IvParameterSpec(vector));
                setKey(key);
                setVector(vector);
                byte[] secret = through(size | chaining << 5 | ENCRYPT, TEXT);
                assertThat(secret).isEqualTo(cipher.doFinal(TEXT));
                setVector(vector);
                assertThat(through(size | chaining << 5 | DECRYPT, secret)).isEqualTo(TEXT);
            }
        }
    }

    /** A phase of GCM or CCM. */
    private void phase(int chaining, int number, int more) {
        int chmod = (chaining & 3) << 5 | (chaining >> 2) << 16;
        p.write(AES, chmod | number << 13 | 2 << 1 | more | 1);
    }

    @Test
    void gcmAuthenticatesHeaderAndText() throws Exception {
        byte[] nonce = ascii("twelve bytes");
        byte[] header = ascii("header of 16 b.!");
        byte[] text = ascii("a text of twenty-one.");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(KEY, "AES"),
                new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header);
        byte[] expected = cipher.doFinal(text);

        byte[] vector = Arrays.copyOf(nonce, 16);
        vector[15] = 2;
        setKey(KEY);
        setVector(vector);
        phase(3, 0, 0);
        assertThat(p.read(ISR) & 1).as("the key of the hash is there").isEqualTo(1);
        phase(3, 1, 0);
        input(header, 0);
        phase(3, 2, 0);
        byte[] actual = new byte[text.length + 16];
        input(text, 0);
        System.arraycopy(output(), 0, actual, 0, 16);
        phase(3, 2, 11 << 20);
        input(text, 16);
        System.arraycopy(output(), 0, actual, 16, 5);
        phase(3, 3, 0);
        byte[] lengths = new byte[16];
        lengths[7] = (byte) (8 * header.length);
        lengths[15] = (byte) (8 * text.length);
        input(lengths, 0);
        System.arraycopy(output(), 0, actual, 21, 16);
        assertThat(actual).isEqualTo(expected);
    }

    /** The first example of NIST SP 800-38C. */
    @Test
    void ccmMakesTheTagOfTheStandard() {
        setKey(HexFormat.of().parseHex("404142434445464748494a4b4c4d4e4f"));
        setVector(HexFormat.of().parseHex("4f101112131415160000000000000004"));
        phase(4, 0, 0);
        phase(4, 1, 0);
        input(HexFormat.of().parseHex("00080001020304050607000000000000"), 0);
        phase(4, 2, 12 << 20);
        input(HexFormat.of().parseHex("20212223000000000000000000000000"), 0);
        assertThat(HexFormat.of().formatHex(output())).startsWith("7162015b");
        phase(4, 3, 0);
        assertThat(HexFormat.of().formatHex(output())).startsWith("4dac255d");
    }
}
