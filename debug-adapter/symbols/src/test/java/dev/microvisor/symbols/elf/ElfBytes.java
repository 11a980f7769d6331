package dev.microvisor.symbols.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Makes small ELF files for tests, section by section. */
public final class ElfBytes {
    private record Part(String name, int flags, byte[] content) {}

    private final List<Part> parts = new ArrayList<>();

    public ElfBytes section(String name, int flags, byte[] content) {
        parts.add(new Part(name, flags, content));
        return this;
    }

    /** An Elf32_Chdr and zlib data. */
    static byte[] compressed(byte[] content, int statedSize) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] buffer = new byte[content.length + 100];
        int count = deflater.deflate(buffer);
        deflater.end();
        ByteBuffer result = ByteBuffer.allocate(12 + count).order(ByteOrder.LITTLE_ENDIAN);
        result.putInt(1).putInt(statedSize).putInt(1).put(buffer, 0, count);
        return result.array();
    }

    public byte[] bytes() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        int size = 52;
        for (Part part : parts) {
            size += part.content.length;
        }
        List<int[]> headers = new ArrayList<>();
        ByteBuffer body = ByteBuffer.allocate(size + 4096).order(ByteOrder.LITTLE_ENDIAN);
        body.position(52);
        for (Part part : parts) {
            headers.add(
                    new int[] {names.size(), 1, part.flags, body.position(), part.content.length});
            names.writeBytes(part.name.getBytes(StandardCharsets.US_ASCII));
            names.write(0);
            body.put(part.content);
        }
        headers.add(new int[] {0, 3, 0, body.position(), names.size()});
        body.put(names.toByteArray());
        int table = body.position();
        body.put(new byte[40]);
        for (int[] header : headers) {
            body.putInt(header[0]).putInt(header[1]).putInt(header[2]).putInt(0);
            body.putInt(header[3]).putInt(header[4]).putInt(0).putInt(0).putInt(1).putInt(0);
        }
        int end = body.position();
        body.position(0);
        body.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
        body.putShort((short) 2).putShort((short) 40).putInt(1).putInt(0).putInt(0).putInt(table);
        body.putInt(0).putShort((short) 52).putShort((short) 32).putShort((short) 0);
        body.putShort((short) 40).putShort((short) (headers.size() + 1));
        body.putShort((short) headers.size());
        byte[] result = new byte[end];
        System.arraycopy(body.array(), 0, result, 0, end);
        return result;
    }
}
