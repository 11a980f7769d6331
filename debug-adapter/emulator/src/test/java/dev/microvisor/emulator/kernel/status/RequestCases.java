package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.util.List;
import java.util.function.Consumer;

/** HTTP and config fetch. */
final class RequestCases {
    private static final String CLOUD =
            """
            [[http]]
            url = "*"
            headers = { "A" = "b" }
            body = "body"
            [[config]]
            scope = "device"
            store = "config"
            key = "prefs"
            value = "value"
            """;

    private RequestCases() {}

    static List<CallCase> all() {
        return List.of(
                request("mvSendHttpRequest", RequestCases::http)
                        .gives(Status.LATEFAULT, s -> s.struct.breakString("method"))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("url", long600()))
                        .gives(Status.TOOMANYELEMENTS, s -> s.struct.set("num_headers", 33)),
                read("mvReadHttpResponseData", ChannelType.HTTP)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1)),
                read("mvReadHttpResponseHeader", ChannelType.HTTP)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(2))
                        .gives(Status.INDEXINVALID, s -> s.argument(1, 7)),
                read("mvReadHttpResponseBody", ChannelType.HTTP)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(2))
                        .gives(Status.OFFSETINVALID, s -> s.argument(1, 700)),
                request("mvSendConfigFetchRequest", RequestCases::config)
                        .gives(Status.LATEFAULT, s -> s.struct.set("keys_to_fetch", 4))
                        .gives(Status.INVALIDBUFFERSIZE, s -> manyKeys(s, 60))
                        .gives(Status.TOOMANYCONFIGKEYS, s -> s.struct.set("num_items", 65))
                        .gives(Status.UNKNOWNCONFIGSTORE, s -> item(s).set("store", 2))
                        .gives(Status.UNKNOWNCONFIGSCOPE, s -> item(s).set("scope", 2))
                        .gives(Status.INVALIDCONFIGKEY, s -> item(s).set("key", "a\u00e4"))
                        // Too many keys are not looked at.
                        .exclusive(Status.LATEFAULT, Status.TOOMANYCONFIGKEYS)
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.TOOMANYCONFIGKEYS)
                        // Its scenario has keys of its own, good ones.
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.LATEFAULT)
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.UNKNOWNCONFIGSTORE)
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.UNKNOWNCONFIGSCOPE)
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.INVALIDCONFIGKEY),
                read("mvReadConfigFetchResponseData", ChannelType.CONFIGFETCH)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1)),
                readItem());
    }

    private static String long600() {
        return "https://" + "a".repeat(600);
    }

    private static void http(Setup s) {
        s.channel(ChannelType.HTTP);
        s.struct =
                s.k.struct("MvHttpRequest")
                        .set("method", "GET")
                        .set("url", "https://a.example/")
                        .set("timeout_ms", 10_000);
        s.arguments(s.handle, s.struct.at);
    }

    private static void config(Setup s) {
        s.channel(ChannelType.CONFIGFETCH);
        Struct key = s.k.structs("MvConfigKeyToFetch", 1).get(0);
        key.set("scope", 1).set("store", 1).set("key", "prefs");
        s.struct =
                s.k.struct("MvConfigKeyFetchParams")
                        .set("num_items", 1)
                        .set("keys_to_fetch", key.at);
        s.arguments(s.handle, s.struct.at);
    }

    /** The one item of the request, also when the pointer to it was broken meanwhile. */
    private static Struct item(Setup s) {
        Struct key = s.k.structs("MvConfigKeyToFetch", 1).get(0);
        int old = s.struct.get("keys_to_fetch");
        if (s.k.guest.readable(old, 16)) {
            s.k.guest.write(key.at, s.k.guest.read(old, 16));
            s.struct.set("keys_to_fetch", key.at);
        }
        return key;
    }

    private static void manyKeys(Setup s, int count) {
        List<Struct> keys = s.k.structs("MvConfigKeyToFetch", count);
        keys.forEach(key -> key.set("scope", 1).set("store", 1).set("key", "a-key-of-some-length"));
        s.struct.set("num_items", count).set("keys_to_fetch", keys.get(0).at);
    }

    private static CallCase request(String call, Consumer<Setup> valid) {
        return CallCase.of(call, valid)
                .with(CLOUD)
                .in(CheckOrder.REQUEST)
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                .gives(Status.CHANNELCLOSED, Setup::breakChannels)
                .gives(Status.REQUESTALREADYSENT, s -> sendAnother(s, call))
                .exclusive(Status.CHANNELCLOSED, Status.REQUESTALREADYSENT);
    }

    /** Sends a good request, whatever the other conditions have made of this one. */
    private static void sendAnother(Setup s, String call) {
        int channel = s.handle;
        Setup good = new Setup(s.k);
        good.handle = channel;
        if (call.equals("mvSendHttpRequest")) {
            good.struct =
                    s.k.struct("MvHttpRequest")
                            .set("method", "GET")
                            .set("url", "https://a.example/")
                            .set("timeout_ms", 10_000);
        } else {
            Struct key = s.k.structs("MvConfigKeyToFetch", 1).get(0);
            key.set("scope", 1).set("store", 1).set("key", "prefs");
            good.struct =
                    s.k.struct("MvConfigKeyFetchParams")
                            .set("num_items", 1)
                            .set("keys_to_fetch", key.at);
        }
        good.arguments(channel, good.struct.at);
        good.call(call);
    }

    /** Reading an answer that is there. */
    private static CallCase read(String call, ChannelType type) {
        return CallCase.of(
                        call,
                        s -> {
                            answered(s, type);
                            int second = call.endsWith("Data") ? s.k.room(16) : 0;
                            s.arguments(
                                    s.handle,
                                    call.endsWith("Item") ? s.struct.at : second,
                                    s.k.room(64),
                                    64);
                        })
                .with(CLOUD)
                .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                .gives(Status.RESPONSENOTPRESENT, s -> silent(s, type))
                .gives(
                        Status.CHANNELCLOSED,
                        s -> {
                            silent(s, type);
                            s.breakChannels();
                        })
                .exclusive(Status.INVALIDHANDLE, Status.RESPONSENOTPRESENT)
                .exclusive(Status.INVALIDHANDLE, Status.CHANNELCLOSED)
                .exclusive(Status.RESPONSENOTPRESENT, Status.CHANNELCLOSED);
    }

    private static CallCase readItem() {
        return read("mvReadConfigResponseItem", ChannelType.CONFIGFETCH)
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                .gives(Status.INDEXINVALID, s -> s.struct.set("item_index", 1));
    }

    private static void answered(Setup s, ChannelType type) {
        if (type == ChannelType.HTTP) {
            http(s);
            s.call("mvSendHttpRequest");
        } else {
            config(s);
            s.call("mvSendConfigFetchRequest");
            s.k.pass(1000);
            s.struct =
                    s.k.struct("MvConfigResponseReadItemParams")
                            .set("result", s.k.variable(0))
                            .set("buf.data", s.k.room(32))
                            .set("buf.size", 32)
                            .set("buf.length", s.k.variable(0));
        }
        s.k.pass(1000);
    }

    /** Another channel, on which nothing has been sent; its handle takes the place of the first. */
    private static void silent(Setup s, ChannelType type) {
        s.k.close(s.handle);
        int centre = s.k.view().centres().get(0).handle();
        s.handle = s.k.channel(s.k.channelParams(centre, s.k.network(centre), type));
        s.argument(0, s.handle);
    }
}
