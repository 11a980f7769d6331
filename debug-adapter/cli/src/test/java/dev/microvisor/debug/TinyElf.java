package dev.microvisor.debug;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** An ELF file of a few instructions, without debug information. */
final class TinyElf {
    /** Where the first instruction is. */
    static final int CODE = 0x0800_0080;

    private static final int FLASH = 0x0800_0000;
    private static final int STACK = 0x2000_1000;
    private static final int HEADERS = 52 + 32;
    private final int[] vectors = new int[(CODE - FLASH) / Integer.BYTES];
    private short[] code = {};

    TinyElf() {
        vectors[0] = STACK;
        vectors[1] = CODE | 1;
    }

    /** Appends halfwords. */
    TinyElf code(int... halfwords) {
        int before = code.length;
        code = Arrays.copyOf(code, before + halfwords.length);
        for (int i = 0; i < halfwords.length; i++) {
            code[before + i] = (short) halfwords[i];
        }
        return this;
    }

    /** A word of the vector table as it stands there. */
    TinyElf vector(int exception, int value) {
        vectors[exception] = value;
        return this;
    }

    /** The handler of an exception comes next. */
    TinyElf handler(int exception, int... halfwords) {
        vectors[exception] = CODE + Short.BYTES * code.length | 1;
        return code(halfwords);
    }

    Path write(Path file) throws IOException {
        int size = CODE - FLASH + Short.BYTES * code.length;
        ByteBuffer bytes = ByteBuffer.allocate(HEADERS + size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
        bytes.putShort((short) 2).putShort((short) 40).putInt(1).putInt(CODE | 1);
        bytes.putInt(52).putInt(0).putInt(0x0500_0000);
        bytes.putShort((short) 52).putShort((short) 32).putShort((short) 1);
        bytes.putShort((short) 40).putShort((short) 0).putShort((short) 0);
        bytes.putInt(1).putInt(HEADERS).putInt(FLASH).putInt(FLASH).putInt(size).putInt(size);
        bytes.putInt(5).putInt(4);
        for (int vector : vectors) {
            bytes.putInt(vector);
        }
        for (short halfword : code) {
            bytes.putShort(halfword);
        }
        return Files.write(file, bytes.array());
    }
}
