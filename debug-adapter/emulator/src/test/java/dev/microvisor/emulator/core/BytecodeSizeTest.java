package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** HotSpot compiles no method of more than 8,000 bytes: such a one would run 13 times slower. */
class BytecodeSizeTest {
    private static final int HUGE_METHOD_LIMIT = 8000;

    /** Tags of constant pool entries with their sizes after the tag; Utf8 (1) is variable. */
    private static final int[] CONSTANT_BYTES = {
        0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
    };

    @Test
    void noMethodIsTooLongForTheCompiler() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int longest = 0;
        try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                int size = longestMethod(file);
                longest = Math.max(longest, size);
                if (size >= HUGE_METHOD_LIMIT && !file.toString().endsWith("Table.class")) {
                    tooLong.add(file + ": " + size);
                }
            }
        }
        assertThat(tooLong).isEmpty();
        assertThat(longest).as("the interpreter's loop was seen").isGreaterThan(4000);
    }

    private static int longestMethod(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.readInt();
            in.readInt();
            String[] names = readConstants(in);
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            readMembers(in, names);
            return readMembers(in, names);
        }
    }

    private static String[] readConstants(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        String[] names = new String[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            if (tag == 1) {
                names[i] = in.readUTF();
            } else {
                in.skipNBytes(CONSTANT_BYTES[tag]);
            }
            if (tag == 5 || tag == 6) {
                i++; // A long or double takes two entries.
            }
        }
        return names;
    }

    /** Reads fields or methods; returns the size of the longest code. */
    private static int readMembers(DataInputStream in, String[] names) throws IOException {
        int longest = 0;
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.skipNBytes(6);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                String name = names[in.readUnsignedShort()];
                int length = in.readInt();
                if ("Code".equals(name)) {
                    in.readInt();
                    longest = Math.max(longest, in.readInt());
                    in.skipNBytes(length - 8);
                } else {
                    in.skipNBytes(length);
                }
            }
        }
        return longest;
    }
}
