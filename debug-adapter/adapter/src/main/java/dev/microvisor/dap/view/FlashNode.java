package dev.microvisor.dap.view;

import dev.microvisor.emulator.kernel.view.FlashView;
import java.util.ArrayList;
import java.util.List;

/** The external flash: handles, and sectors that are not erased. */
record FlashNode(FlashView flash) {
    Node node() {
        List<Node> sectors = new ArrayList<>();
        for (FlashView.SectorView sector : flash.sectors()) {
            sectors.add(
                    Node.leaf(
                                    String.format("+0x%06x", sector.address()),
                                    sector.content().quoted(MicrovisorScope.PREVIEW_BYTES))
                            .ofKind(Node.Kind.READ_ONLY));
        }
        String handles =
                flash.handles().isEmpty()
                        ? "none"
                        : String.join(
                                ", ", flash.handles().stream().map(MicrovisorScope::hex).toList());
        String written = MicrovisorScope.plural(sectors.size(), "sector") + " written";
        return Node.group(
                "External flash",
                flash.sizeBytes() / 1024 + " KiB, " + written,
                List.of(
                        Node.leaf("size", MicrovisorScope.plural(flash.sizeBytes(), "byte")),
                        Node.leaf(
                                "sector size", MicrovisorScope.plural(flash.sectorBytes(), "byte")),
                        Node.leaf("open handles", handles),
                        Node.group("sectors", written, Node.Children.indexed(sectors))));
    }
}
