package dev.microvisor.dap.view;

import dev.microvisor.emulator.kernel.view.CentreView;
import java.util.ArrayList;
import java.util.List;

/** A notification centre: its interrupt and its ring, row by row. */
record CentreNode(CentreView centre, Interrupts interrupts, Places places, Meanings meanings) {
    private static final int RECORD_BYTES = 16;

    Node node() {
        int records = centre.bufferSizeBytes() / RECORD_BYTES;
        long overwritten = Math.max(0, centre.posted() - records);
        List<Node> rows = new ArrayList<>();
        rows.add(
                Node.leaf(
                        "interrupt", "IRQ " + centre.irq() + " " + interrupts.text(centre.irq())));
        rows.add(
                Node.leaf(
                                "buffer",
                                MicrovisorScope.range(centre.buffer(), centre.bufferSizeBytes()))
                        .at(centre.buffer()));
        rows.add(Node.leaf("next record", String.valueOf(centre.writeIndex())));
        rows.add(
                Node.leaf(
                        "posted",
                        centre.posted()
                                + (overwritten == 0 ? "" : ", " + overwritten + " overwritten")));
        rows.add(Node.leaf("not taken up", waiting(records)));
        List<Node> ring = centre.rows().stream().map(this::record).toList();
        rows.add(
                Node.group(
                                "records",
                                MicrovisorScope.plural(records, "record"),
                                Node.Children.indexed(ring))
                        .at(centre.buffer()));
        rows.add(places.node("set up", centre.openedAtInstruction(), centre.openedAt()));
        return Node.group(
                        "centre " + MicrovisorScope.hex(centre.handle()),
                        "IRQ "
                                + centre.irq()
                                + " "
                                + interrupts.text(centre.irq())
                                + ", "
                                + centre.posted()
                                + " posted",
                        rows)
                .from(Places.call(centre.openedAt()));
    }

    /**
     * What the firmware has read cannot be known; that its handler has not started since a record
     * was written can.
     */
    private String waiting(int records) {
        if (!interrupts.pending(centre.irq())) {
            return "none: the interrupt was taken after the last record";
        }
        long lost = centre.sinceTaken() - records;
        return MicrovisorScope.plural((int) centre.sinceTaken(), "record")
                + " since the interrupt was last taken"
                + (lost > 0 ? "; " + lost + " of them overwritten unread" : "");
    }

    private Node record(CentreView.Row row) {
        boolean last =
                centre.posted() > 0
                        && row.index()
                                == Math.floorMod(centre.writeIndex() - 1, centre.rows().size());
        String event = MicrovisorScope.shortName(row.eventName(), "MV_EVENTTYPE_");
        String text =
                row.eventType() == 0
                        ? row.index() < centre.posted() ? "cleared by the firmware" : "empty"
                        : row.index() >= centre.posted()
                                ? "not written by Microvisor yet"
                                : Times.seconds(row.microseconds())
                                        + " "
                                        + event
                                        + " tag "
                                        + MicrovisorScope.hex(row.tag())
                                        + (row.source().isEmpty() ? "" : " (" + row.source() + ")");
        return Node.group(
                        String.valueOf(row.index()),
                        text + (last ? "  ← written last" : ""),
                        List.of(
                                Node.leaf(
                                        "microseconds", Long.toUnsignedString(row.microseconds())),
                                Node.leaf("event_type", meanings.of(row.eventName())),
                                Node.leaf("tag", MicrovisorScope.hex(row.tag()))))
                .at(row.address());
    }
}
