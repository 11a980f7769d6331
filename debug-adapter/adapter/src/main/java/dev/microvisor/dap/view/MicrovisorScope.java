package dev.microvisor.dap.view;

import dev.microvisor.emulator.kernel.view.ByHandView;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.ChannelView;
import dev.microvisor.emulator.kernel.view.ConfigItemView;
import dev.microvisor.emulator.kernel.view.DeviceView;
import dev.microvisor.emulator.kernel.view.KernelView;
import dev.microvisor.emulator.kernel.view.LogLine;
import dev.microvisor.emulator.kernel.view.LoggingView;
import dev.microvisor.emulator.kernel.view.NetworkView;
import dev.microvisor.emulator.kernel.view.SystemEventView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the hypervisor holds, as a tree. The rows' names do not change between stops, so that a
 * client keeps open what was open.
 */
public final class MicrovisorScope {
    /** How much of a value stands on one line. */
    static final int PREVIEW_BYTES = 200;

    private final KernelView kernel;
    private final Interrupts interrupts;
    private final Places places;
    private final Meanings meanings = new Meanings();
    private final boolean showSecrets;

    /** Names code addresses for people. */
    public interface CodePlaces {
        /** {@code main.c:88 in main}, or the address in hexadecimal when nothing is known. */
        String text(int codeAddress);
    }

    public MicrovisorScope(
            KernelView kernel, Interrupts interrupts, CodePlaces places, boolean showSecrets) {
        this.kernel = kernel;
        this.interrupts = interrupts;
        this.places = new Places(places, this::when);
        this.showSecrets = showSecrets;
    }

    /** The rows at the top; every one has an evaluate name below {@code $mv}. */
    public List<Node> nodes() {
        List<Node> rows = new ArrayList<>();
        rows.add(network().evaluatedBy("$mv.network"));
        rows.add(list("Notification centres", "$mv.centres", centres()));
        rows.add(list("Channels", "$mv.channels", channels()));
        rows.add(list("HTTP", "$mv.http", httpExchanges()));
        rows.add(list("Config fetch", "$mv.config", configItems()));
        rows.add(list("MQTT", "$mv.mqtt", mqttSessions()));
        rows.add(list("System events", "$mv.events", systemEvents()));
        rows.add(serverLog().evaluatedBy("$mv.log"));
        rows.add(list("Last system calls", "$mv.calls", calls()));
        rows.add(new FlashNode(kernel.flash()).node().evaluatedBy("$mv.flash"));
        rows.add(device().evaluatedBy("$mv.device"));
        rows.add(list("Done by hand", "$mv.byhand", byHand()));
        return rows;
    }

    private static Node list(String name, String evaluateName, List<Node> rows) {
        return Node.group(name, rows.isEmpty() ? "none" : String.valueOf(rows.size()), rows)
                .evaluatedBy(evaluateName);
    }

    private Node network() {
        NetworkView network = kernel.network();
        List<Node> rows = new ArrayList<>();
        rows.add(Node.leaf("status", meanings.of(network.status())));
        rows.add(
                Node.group(
                        "reasons",
                        network.reasons().isEmpty()
                                ? "none"
                                : String.join(" | ", network.reasons()),
                        network.reasons().stream()
                                .map(r -> Node.leaf(r, meanings.words(r).orElse("")))
                                .toList()));
        for (NetworkView.NetworkHandleView handle : network.handles()) {
            rows.add(
                    Node.group(
                                    "handle " + hex(handle.handle()),
                                    "requested at " + places.text(handle.openedAt()),
                                    List.of(
                                            centreReference(handle.notificationHandle()),
                                            Node.leaf("tag", hex(handle.notificationTag())),
                                            places.node(
                                                    "requested",
                                                    handle.openedAtInstruction(),
                                                    handle.openedAt())))
                            .from(Places.call(handle.openedAt())));
        }
        return Node.group(
                "Networks",
                network.status() + ", " + plural(network.handles().size(), "handle"),
                rows);
    }

    private List<Node> centres() {
        return kernel.centres().stream()
                .map(c -> new CentreNode(c, interrupts, places, meanings).node())
                .toList();
    }

    private List<Node> channels() {
        return kernel.channels().stream().map(this::channel).toList();
    }

    private Node channel(ChannelView channel) {
        List<Node> items =
                kernel.configItems().stream()
                        .filter(item -> item.channelHandle() == channel.handle())
                        .map(this::configItem)
                        .toList();
        return new ChannelNode(channel, places, meanings, this::centreReference, items).node();
    }

    private List<Node> mqttSessions() {
        List<Node> rows = new ArrayList<>();
        for (ChannelView channel : kernel.channels()) {
            channel.mqtt()
                    .ifPresent(
                            m -> rows.add(ChannelNode.mqtt("channel " + hex(channel.handle()), m)));
        }
        return rows;
    }

    private List<Node> byHand() {
        List<Node> rows = new ArrayList<>();
        for (ByHandView done : kernel.byHand()) {
            rows.add(Node.leaf(when(done.instruction()), done.text()));
        }
        return rows;
    }

    private List<Node> configItems() {
        return kernel.configItems().stream().map(this::configItem).toList();
    }

    /** An item; the value of a secret is hidden unless the user has asked for secrets. */
    private Node configItem(ConfigItemView item) {
        String value;
        if (item.result().isEmpty()) {
            value = "no answer yet";
        } else if (!item.result().endsWith("_OK")) {
            value = item.result();
        } else if (item.secret() && !showSecrets) {
            value = "•••••• (" + plural(item.value().size(), "byte") + ", secret)";
        } else {
            value = item.value().quoted(PREVIEW_BYTES);
        }
        return Node.group(
                item.key(),
                value,
                List.of(
                        Node.leaf("value", value),
                        Node.leaf(
                                "result",
                                item.result().isEmpty() ? "none yet" : meanings.of(item.result())),
                        Node.leaf("scope", item.scope()),
                        Node.leaf("store", item.store()),
                        Node.leaf("index in request", String.valueOf(item.index())),
                        Node.leaf("read by the firmware", item.read() ? "yes" : "not yet"),
                        Node.leaf("channel", hex(item.channelHandle())),
                        Node.leaf("asked", when(item.askedAtInstruction()))));
    }

    /** Newest first. */
    private List<Node> httpExchanges() {
        return kernel.channels().stream()
                .filter(c -> c.http().isPresent())
                .sorted(
                        Comparator.comparingLong(
                                        (ChannelView c) -> c.http().get().sentAtInstruction())
                                .reversed())
                .map(
                        c ->
                                new HttpNode(c.http().get(), this::when, meanings)
                                        .node("channel " + hex(c.handle())))
                .toList();
    }

    private Node serverLog() {
        LoggingView logging = kernel.logging();
        List<Node> lines = new ArrayList<>();
        for (LogLine line : logging.lines()) {
            lines.add(
                    Node.leaf(when(line.instruction()), line.text())
                            .from(Places.call(line.callSite())));
        }
        List<Node> rows = new ArrayList<>();
        rows.add(Node.leaf("initialised", logging.initialised() ? "yes" : "no"));
        rows.add(Node.leaf("enabled by the server", logging.enabledByServer() ? "yes" : "no"));
        if (logging.initialised()) {
            rows.add(
                    Node.leaf("buffer", range(logging.buffer(), logging.bufferSizeBytes()))
                            .at(logging.buffer()));
            rows.add(Node.leaf("waiting to be sent", plural(logging.pendingBytes(), "byte")));
        }
        rows.add(Node.group("lines", plural(lines.size(), "line"), Node.Children.indexed(lines)));
        String last = lines.isEmpty() ? "no lines" : lines.get(lines.size() - 1).value();
        return Node.group("Server log", last, rows);
    }

    /** Newest first: the one that matters is the last. */
    private List<Node> calls() {
        List<Node> rows = new ArrayList<>();
        for (CallView call : kernel.recentCalls()) {
            rows.add(0, new CallNode(call, places, meanings).node());
        }
        return rows;
    }

    private List<Node> systemEvents() {
        return kernel.systemEvents().stream().map(this::systemEvent).toList();
    }

    private Node systemEvent(SystemEventView event) {
        return Node.group(
                        "handle " + hex(event.handle()),
                        event.source(),
                        List.of(
                                centreReference(event.notificationHandle()),
                                Node.leaf("tag", hex(event.notificationTag())),
                                places.node(
                                        "opened", event.openedAtInstruction(), event.openedAt())))
                .from(Places.call(event.openedAt()));
    }

    private Node device() {
        DeviceView device = kernel.device();
        return Node.group(
                "Device",
                device.sid(),
                List.of(
                        Node.leaf("id", device.sid()),
                        Node.leaf("time since start", Times.seconds(kernel.microseconds())),
                        Node.leaf("instruction", String.valueOf(kernel.instruction())),
                        Node.leaf(
                                "wall time",
                                device.wallTime().map(Object::toString).orElse("not set yet")),
                        Node.leaf("clock", device.clockHz() / 1e6 + " MHz"),
                        Node.leaf("wake reason", meanings.of(device.wakeReason())),
                        Node.leaf("system LED", device.systemLed() ? "on" : "off"),
                        Node.leaf("fast interrupts", listed(device.fastInterrupts()))));
    }

    private static String listed(Collection<Integer> numbers) {
        return numbers.isEmpty()
                ? "none"
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private Node centreReference(int handle) {
        String text =
                handle == 0
                        ? "none"
                        : kernel.centre(handle)
                                .map(c -> hex(handle) + " (IRQ " + c.irq() + ")")
                                .orElse(hex(handle) + " (closed)");
        return Node.leaf("notification centre", text);
    }

    private String when(long instruction) {
        return Times.ofInstruction(instruction, kernel.device().clockHz());
    }

    /** Finds a row by the expression that {@link Node#evaluateName()} gives. */
    public Optional<Node> find(String expression) {
        return MvPath.find(nodes(), expression);
    }

    static Node texts(String name, List<String> lines) {
        List<Node> rows = new ArrayList<>();
        for (String line : lines) {
            rows.add(Node.leaf(String.valueOf(rows.size()), line));
        }
        return Node.group(name, lines.isEmpty() ? "none" : String.join(", ", lines), rows);
    }

    static String range(int address, int sizeBytes) {
        return hex(address) + " .. " + hex(address + sizeBytes) + ", " + plural(sizeBytes, "byte");
    }

    static String shortName(String constant, String prefix) {
        return constant.startsWith(prefix) ? constant.substring(prefix.length()) : constant;
    }

    static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    static String hex(int value) {
        return String.format("0x%08x", value);
    }
}
