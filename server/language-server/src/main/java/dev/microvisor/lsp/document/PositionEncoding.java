package dev.microvisor.lsp.document;

import java.util.List;
import org.eclipse.lsp4j.PositionEncodingKind;

/** What a client counts when it says "character". */
public enum PositionEncoding {
    UTF_8(PositionEncodingKind.UTF8),
    UTF_16(PositionEncodingKind.UTF16);

    private final String kind;

    PositionEncoding(String kind) {
        this.kind = kind;
    }

    /** The name in the protocol. */
    public String kind() {
        return kind;
    }

    /**
     * The first of the client's wishes that the server can fulfil, as clangd chooses: two servers
     * on one buffer that choose differently confuse some editors.
     *
     * @param wishes null when the client says nothing, which means UTF-16
     */
    public static PositionEncoding negotiate(List<String> wishes) {
        if (wishes != null) {
            for (String wish : wishes) {
                for (PositionEncoding encoding : values()) {
                    if (encoding.kind.equals(wish)) {
                        return encoding;
                    }
                }
            }
        }
        return UTF_16;
    }

    /** The column, in UTF-16 units, of the client's {@code character} in a line. */
    public int column(String line, int character) {
        if (this == UTF_16) {
            return Math.max(0, Math.min(character, line.length()));
        }
        int bytes = 0;
        int column = 0;
        while (column < line.length() && bytes < character) {
            int c = line.codePointAt(column);
            bytes += bytesOf(c);
            column += Character.charCount(c);
        }
        return column;
    }

    /** The client's character of a column in UTF-16 units. */
    public int character(String line, int column) {
        int end = Math.max(0, Math.min(column, line.length()));
        if (this == UTF_16) {
            return end;
        }
        int bytes = 0;
        for (int i = 0; i < end; ) {
            int c = line.codePointAt(i);
            bytes += bytesOf(c);
            i += Character.charCount(c);
        }
        return bytes;
    }

    private static int bytesOf(int c) {
        if (c < 0x80) {
            return 1;
        }
        if (c < 0x800) {
            return 2;
        }
        return c < 0x1_0000 ? 3 : 4;
    }
}
