package dev.microvisor.emulator.kernel.configfetch;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.ConfigItem;
import dev.microvisor.emulator.cloud.Period;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.ChannelEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer to a request for items reaches the device. It is announced exactly once. */
public record ConfigAnswerArrives(int channel) implements ChannelEvent {
    /** What the answer takes in the receive buffer for each item besides its value. */
    static final int ITEM_HEAD_BYTES = 8;

    @Override
    public void happen(Host host) {
        Optional<Channel> found = host.channels().find(channel, ChannelType.CONFIGFETCH);
        if (found.isEmpty() || !(found.get().traffic() instanceof ConfigExchange exchange)) {
            return;
        }
        ConfigExchange.Answer answer = answer(host, exchange);
        boolean spoilt =
                host.faults()
                        .configResponse()
                        .filter(r -> r == ConfigFetchResult.RESPONSETOOLARGE)
                        .isPresent();
        if (spoilt || answer.size() > found.get().receive().sizeBytes()) {
            answer = new ConfigExchange.Answer(ConfigFetchResult.RESPONSETOOLARGE, List.of(), 0);
        }
        for (ConfigExchange.Found item : answer.items()) {
            host.channels().fillReceive(found.get(), item.offset() - ITEM_HEAD_BYTES, head(item));
            host.channels().fillReceive(found.get(), item.offset(), item.value());
        }
        ConfigExchange.Answer kept = answer;
        host.channels().change(channel, t -> exchange.answered(kept));
        host.channels().postReadable(channel, "answered");
    }

    private static ConfigExchange.Answer answer(Host host, ConfigExchange exchange) {
        List<ConfigExchange.Found> items = new ArrayList<>();
        int offset = 0;
        for (ConfigExchange.Wanted wanted : exchange.wanted()) {
            offset += ITEM_HEAD_BYTES;
            ConfigExchange.Found item = find(host, wanted, offset);
            items.add(item);
            offset += item.value().size();
        }
        return new ConfigExchange.Answer(ConfigFetchResult.OK, items, offset);
    }

    private static ConfigExchange.Found find(Host host, ConfigExchange.Wanted wanted, int offset) {
        Optional<ConfigItemResult> fault = host.faults().configResult(wanted.key());
        if (fault.isPresent()) {
            return new ConfigExchange.Found(fault.get(), Bytes.EMPTY, offset);
        }
        if (host.world().asksDevices()) {
            Optional<String> said =
                    host.outside()
                            .ask(
                                    "config",
                                    wanted.scope() + " " + wanted.store() + " " + wanted.key(),
                                    () -> ask(host, wanted));
            JsonObject answer =
                    said.map(s -> JsonParser.parseString(s).getAsJsonObject())
                            .orElse(new JsonObject());
            if (answer.has("error")) {
                host.guest().warnOnce(answer.get("error").getAsString());
                return new ConfigExchange.Found(ConfigItemResult.SERVERERROR, Bytes.EMPTY, offset);
            }
            if (answer.has("value")) {
                Bytes value = Bytes.utf8(answer.get("value").getAsString());
                return new ConfigExchange.Found(ConfigItemResult.OK, value, offset);
            }
        }
        List<ConfigItem> items =
                host.cloud().items().stream()
                        .filter(
                                i ->
                                        i.scope() == wanted.scope()
                                                && i.store() == wanted.store()
                                                && i.key().equals(wanted.key()))
                        .toList();
        return Period.current(items, ConfigItem::period, host.clock().milliseconds())
                .map(i -> new ConfigExchange.Found(ConfigItemResult.OK, i.value(), offset))
                .orElse(
                        new ConfigExchange.Found(
                                ConfigItemResult.KEYNOTFOUND, Bytes.EMPTY, offset));
    }

    /** Asks the local cloud; the cloud file answers what it does not have. */
    private static String ask(Host host, ConfigExchange.Wanted wanted) {
        JsonObject said = new JsonObject();
        try {
            host.world()
                    .devices()
                    .orElseThrow()
                    .item(wanted.scope(), wanted.store(), wanted.key())
                    .ifPresent(value -> said.addProperty("value", value));
        } catch (IOException e) {
            said.addProperty("error", "the local cloud cannot be asked: " + e);
        }
        return said.toString();
    }

    private static Bytes head(ConfigExchange.Found item) {
        byte[] head = new byte[ITEM_HEAD_BYTES];
        int result = item.result().code();
        int size = item.value().size();
        for (int i = 0; i < Integer.BYTES; i++) {
            head[i] = (byte) (result >>> (8 * i));
            head[Integer.BYTES + i] = (byte) (size >>> (8 * i));
        }
        return Bytes.of(head);
    }
}
