package dev.microvisor.dap.view;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.view.ChannelView.BufferView;
import java.util.ArrayList;
import java.util.List;

/** A channel's buffer: its pointers, and its content as text and as a hexadecimal dump. */
record BufferNode(String name, BufferView buffer) {
    private static final int DUMP_COLUMNS = 16;

    Node node() {
        List<Node> rows = new ArrayList<>();
        rows.add(
                Node.leaf("range", MicrovisorScope.range(buffer.address(), buffer.sizeBytes()))
                        .at(buffer.address()));
        rows.add(Node.leaf("read offset", String.valueOf(buffer.readOffset())));
        rows.add(Node.leaf("write offset", String.valueOf(buffer.writeOffset())));
        rows.add(Node.leaf("used", buffer.used() + " of " + buffer.sizeBytes() + " bytes"));
        rows.add(
                Node.leaf(
                        "wraps",
                        buffer.used() > 0 && buffer.readOffset() >= buffer.writeOffset()
                                ? "yes"
                                : "no"));
        rows.add(
                Node.leaf(
                        "write-protected",
                        buffer.writeProtected() ? "yes: a store by the application faults" : "no"));
        if (buffer.content().size() > 0) {
            rows.add(Node.leaf("text", text()).at(buffer.address()).ofKind(Node.Kind.READ_ONLY));
            List<Node> dump = dump();
            rows.add(
                    Node.group("hex", DUMP_COLUMNS + " bytes a row", Node.Children.indexed(dump))
                            .at(buffer.address()));
        }
        return Node.group(
                        name,
                        MicrovisorScope.hex(buffer.address())
                                + ", "
                                + buffer.used()
                                + " of "
                                + buffer.sizeBytes()
                                + " bytes used",
                        rows)
                .at(buffer.address());
    }

    /** What is between the pointers; when nothing is, the start of the buffer as it lies there. */
    private String text() {
        Bytes content = buffer.content();
        if (buffer.used() == 0) {
            return "nothing unread; in memory "
                    + content.slice(0, lastNonZero(content) + 1)
                            .quoted(MicrovisorScope.PREVIEW_BYTES);
        }
        int shown = Math.min(buffer.used(), content.size());
        byte[] unread = new byte[shown];
        for (int i = 0; i < shown; i++) {
            unread[i] = (byte) content.at((buffer.readOffset() + i) % content.size());
        }
        return Bytes.of(unread).quoted(MicrovisorScope.PREVIEW_BYTES);
    }

    private static int lastNonZero(Bytes content) {
        int last = content.size() - 1;
        while (last >= 0 && content.at(last) == 0) {
            last--;
        }
        return last;
    }

    private List<Node> dump() {
        List<Node> rows = new ArrayList<>();
        Bytes content = buffer.content();
        for (int start = 0; start < content.size(); start += DUMP_COLUMNS) {
            StringBuilder hex = new StringBuilder();
            StringBuilder text = new StringBuilder();
            for (int i = start; i < Math.min(start + DUMP_COLUMNS, content.size()); i++) {
                int value = content.at(i) & 0xFF;
                hex.append(String.format("%02x ", value));
                text.append(value >= 0x20 && value < 0x7F ? (char) value : '.');
            }
            rows.add(
                    Node.leaf(String.format("+0x%03x", start), String.format("%-48s %s", hex, text))
                            .at(buffer.address() + start)
                            .ofKind(Node.Kind.READ_ONLY));
        }
        return rows;
    }
}
