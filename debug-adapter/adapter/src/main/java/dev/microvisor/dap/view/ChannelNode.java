package dev.microvisor.dap.view;

import dev.microvisor.emulator.kernel.view.ChannelView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A channel with its buffers and what it carries.
 *
 * @param centre row of the notification centre with a handle
 * @param items the configuration items that were asked for on it
 */
record ChannelNode(
        ChannelView channel,
        Places places,
        Meanings meanings,
        IntFunction<Node> centre,
        List<Node> items) {

    Node node() {
        List<Node> rows = new ArrayList<>();
        rows.add(Node.leaf("type", channel.type()));
        rows.add(Node.leaf("state", state()));
        rows.add(Node.leaf("closure reason", meanings.of(channel.closureReason())));
        rows.add(Node.leaf("phase", channel.phase()));
        rows.add(Node.leaf("endpoint", endpoint()));
        rows.add(Node.leaf("network", MicrovisorScope.hex(channel.networkHandle())));
        rows.add(centre.apply(channel.notificationHandle()));
        rows.add(Node.leaf("tag", MicrovisorScope.hex(channel.notificationTag())));
        rows.add(new BufferNode("receive buffer", channel.receiveBuffer()).node());
        rows.add(new BufferNode("send buffer", channel.sendBuffer()).node());
        rows.add(places.node("opened", channel.openedAtInstruction(), channel.openedAt()));
        channel.http()
                .ifPresent(
                        http -> rows.add(new HttpNode(http, places::when, meanings).node("HTTP")));
        channel.mqtt().ifPresent(mqtt -> rows.add(mqtt("MQTT", mqtt)));
        if (!items.isEmpty()) {
            rows.add(Node.group("items", MicrovisorScope.plural(items.size(), "item"), items));
        }
        return Node.group(name(), state() + ", " + channel.phase(), rows)
                .from(Places.call(channel.openedAt()));
    }

    /** {@code HTTP 0x12345678}. */
    String name() {
        return MicrovisorScope.shortName(channel.type(), "MV_CHANNELTYPE_")
                + " "
                + MicrovisorScope.hex(channel.handle());
    }

    private String state() {
        return channel.state().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Firmware gives an endpoint only for MQTT; the others' is in the request. */
    private String endpoint() {
        return channel.mqtt()
                .filter(m -> !m.host().isEmpty())
                .map(m -> m.host() + ":" + m.port())
                .or(() -> channel.http().map(ChannelView.HttpView::url))
                .orElse("none yet");
    }

    static Node mqtt(String name, ChannelView.MqttView mqtt) {
        return Node.group(
                name,
                mqtt.state() + ", " + mqtt.host() + ":" + mqtt.port(),
                List.of(
                        Node.leaf("host", mqtt.host()),
                        Node.leaf("port", String.valueOf(mqtt.port())),
                        Node.leaf("client id", mqtt.clientId()),
                        Node.leaf("state", mqtt.state()),
                        MicrovisorScope.texts("subscriptions", mqtt.subscriptions()),
                        MicrovisorScope.texts("can be read next", mqtt.waiting())));
    }
}
