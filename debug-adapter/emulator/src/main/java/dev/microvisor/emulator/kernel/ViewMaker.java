package dev.microvisor.emulator.kernel;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.configfetch.ConfigExchange;
import dev.microvisor.emulator.kernel.notifications.Centre;
import dev.microvisor.emulator.kernel.view.ByHandView;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.CentreView;
import dev.microvisor.emulator.kernel.view.ConfigItemView;
import dev.microvisor.emulator.kernel.view.DeviceView;
import dev.microvisor.emulator.kernel.view.KernelView;
import dev.microvisor.emulator.kernel.view.NetworkView;
import dev.microvisor.emulator.kernel.view.SystemEventView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws the kernel as debuggers show it. */
final class ViewMaker {
    private static final String RECORD = "MvNotification";

    private final Host host;

    ViewMaker(Host host) {
        this.host = host;
    }

    KernelView view(List<CallView> calls, List<ByHandView> byHand) {
        return new KernelView(
                host.clock().now(),
                host.clock().microseconds(),
                device(),
                network(),
                host.centres().all().stream().map(this::centre).toList(),
                host.channels().views(),
                configItems(),
                host.log().view(),
                systemEvents(),
                host.flash().view(),
                calls,
                byHand);
    }

    private DeviceView device() {
        return new DeviceView(
                host.cloud().device().sid(),
                host.guest().clockHz(),
                host.network().wallTime(),
                host.power().wakeReason().constantName(),
                host.power().systemLed(),
                host.fastInterrupts().all());
    }

    private NetworkView network() {
        return new NetworkView(
                host.network().status().constantName(),
                host.network().reasons().stream().map(ApiConstant::constantName).toList(),
                host.network().references().stream()
                        .map(
                                r ->
                                        new NetworkView.NetworkHandleView(
                                                r.handle(),
                                                r.notificationHandle(),
                                                r.tag(),
                                                r.openedAtInstruction(),
                                                r.openedAt()))
                        .toList());
    }

    private CentreView centre(Centre centre) {
        List<CentreView.Row> rows = new ArrayList<>();
        int size = host.memory().sizeOf(RECORD);
        for (int i = 0; i < centre.records(); i++) {
            int address = centre.buffer() + i * size;
            Optional<GuestStruct> record = host.memory().struct(RECORD, address);
            if (record.isPresent()) {
                rows.add(row(centre, i, address, record.get()));
            }
        }
        return new CentreView(
                centre.handle(),
                centre.irq(),
                centre.buffer(),
                centre.sizeBytes(),
                centre.writeIndex(),
                centre.posted(),
                centre.sinceTaken(),
                rows,
                centre.openedAtInstruction(),
                centre.openedAt());
    }

    private CentreView.Row row(Centre centre, int index, int address, GuestStruct record) {
        int event = record.word("event_type");
        int tag = record.word("tag");
        return new CentreView.Row(
                index,
                address,
                record.longWord("microseconds"),
                event,
                host.centres().eventName(event),
                tag,
                source(centre.handle(), tag));
    }

    /** What posts into a centre with a tag. */
    private String source(int centre, int tag) {
        List<String> sources = new ArrayList<>();
        host.network().references().stream()
                .filter(r -> r.notificationHandle() == centre && r.tag() == tag)
                .forEach(r -> sources.add(String.format("network 0x%08x", r.handle())));
        host.channels().live().stream()
                .filter(c -> c.notificationHandle() == centre && c.tag() == tag)
                .forEach(c -> sources.add(String.format("channel 0x%08x", c.handle())));
        host.systemEvents().all().stream()
                .filter(s -> s.notificationHandle() == centre && s.tag() == tag)
                .forEach(s -> sources.add(String.format("system event 0x%08x", s.handle())));
        return String.join(", ", sources);
    }

    private List<SystemEventView> systemEvents() {
        return host.systemEvents().all().stream()
                .map(
                        s ->
                                new SystemEventView(
                                        s.handle(),
                                        s.source().constantName(),
                                        s.notificationHandle(),
                                        s.tag(),
                                        s.openedAtInstruction(),
                                        s.openedAt()))
                .toList();
    }

    private List<ConfigItemView> configItems() {
        List<ConfigItemView> items = new ArrayList<>();
        for (Channel channel : host.channels().all()) {
            if (channel.traffic() instanceof ConfigExchange exchange) {
                for (int i = 0; i < exchange.wanted().size(); i++) {
                    items.add(configItem(channel, exchange, i));
                }
            }
        }
        return items;
    }

    private static ConfigItemView configItem(Channel channel, ConfigExchange exchange, int index) {
        ConfigExchange.Wanted wanted = exchange.wanted().get(index);
        Optional<ConfigExchange.Found> found =
                exchange.answer()
                        .filter(a -> index < a.items().size())
                        .map(a -> a.items().get(index));
        return new ConfigItemView(
                channel.handle(),
                index,
                wanted.scope().name(),
                wanted.store().name(),
                wanted.key(),
                wanted.store() == ConfigStore.SECRET,
                found.map(f -> f.result().constantName()).orElse(""),
                found.map(ConfigExchange.Found::value).orElse(Bytes.EMPTY),
                exchange.read().contains(index),
                exchange.sentAtInstruction());
    }
}
