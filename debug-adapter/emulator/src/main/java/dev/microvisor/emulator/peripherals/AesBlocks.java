package dev.microvisor.emulator.peripherals;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Blocks of 16 bytes through the AES block cipher, and the multiplication that GCM authenticates
 * with.
 */
final class AesBlocks {
    static final int SIZE = 16;

    /** What GCM's polynomial leaves of a bit that is shifted out. */
    private static final long REDUCTION = 0xE1L << 56;

    private AesBlocks() {}

    static byte[] encrypt(byte[] key, byte[] block) {
        return apply(Cipher.ENCRYPT_MODE, key, block);
    }

    static byte[] decrypt(byte[] key, byte[] block) {
        return apply(Cipher.DECRYPT_MODE, key, block);
    }

    private static byte[] apply(int mode, byte[] key, byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"));
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    static byte[] xor(byte[] left, byte[] right) {
        byte[] result = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }

    /** The counter in the last four bytes, changed by so much. */
    static byte[] counted(byte[] block, int by) {
        byte[] result = block.clone();
        int count = by;
        for (int i = 12; i < SIZE; i++) {
            count += (block[i] & 0xFF) << (8 * (SIZE - 1 - i));
        }
        for (int i = 12; i < SIZE; i++) {
            result[i] = (byte) (count >>> (8 * (SIZE - 1 - i)));
        }
        return result;
    }

    /** The product of two blocks in the field of GCM, whose bits count from the left. */
    static byte[] multiply(byte[] left, byte[] right) {
        long high = 0;
        long low = 0;
        long factorHigh = half(right, 0);
        long factorLow = half(right, 8);
        for (int i = 0; i < 8 * SIZE; i++) {
            if ((left[i / 8] >>> (7 - i % 8) & 1) != 0) {
                high ^= factorHigh;
                low ^= factorLow;
            }
            boolean out = (factorLow & 1) != 0;
            factorLow = factorLow >>> 1 | factorHigh << 63;
            factorHigh = factorHigh >>> 1 ^ (out ? REDUCTION : 0);
        }
        byte[] product = new byte[SIZE];
        for (int i = 0; i < 8; i++) {
            product[i] = (byte) (high >>> (56 - 8 * i));
            product[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        return product;
    }

    private static long half(byte[] block, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | (block[i] & 0xFF);
        }
        return value;
    }
}
