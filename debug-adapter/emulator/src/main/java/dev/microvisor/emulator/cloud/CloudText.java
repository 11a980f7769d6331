package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of a cloud file. TOML is UTF-8; some editors put a byte order mark in front, which is
 * left out, and the shells of Windows write UTF-16, which is told.
 */
final class CloudText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CloudText() {}

    static String of(Bytes content, Problems problems) {
        byte[] bytes = content.toArray();
        // No character of TOML is NUL, and every one of ASCII has a NUL in UTF-16.
        if (bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0 || isMarkedUtf16(bytes))) {
            problems.add(null, "is text in UTF-16: save it as UTF-8");
            return "";
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add(null, "is no text in UTF-8: save it as UTF-8");
            return "";
        }
    }

    private static boolean isMarkedUtf16(byte[] bytes) {
        int mark = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        return mark == 0xFEFF || mark == 0xFFFE;
    }
}
