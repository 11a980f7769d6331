package dev.microvisor.emulator.kernel.configfetch;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.Idle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code mvSendConfigFetchRequest}: sends the one request of a channel. */
public final class SendConfigFetchRequest implements HostCall<SendConfigFetchRequest.Args> {
    /** No source states a limit; the status exists, so there is one. */
    static final int MAX_ITEMS = 64;

    /** Scope, store and length of a key, as they lie in the send buffer. */
    private static final int ITEM_HEAD_BYTES = 6;

    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> request =
                host.memory().struct("MvConfigKeyFetchParams", args.request());
        if (request.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(args.handle(), ChannelType.CONFIGFETCH);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        if (!channel.get().open()) {
            return Status.CHANNELCLOSED;
        }
        if (!(channel.get().traffic() instanceof Idle)) {
            return Status.REQUESTALREADYSENT;
        }
        int count = request.get().word("num_items");
        if (Integer.compareUnsigned(count, MAX_ITEMS) > 0) {
            return spend(host, args.handle(), Status.TOOMANYCONFIGKEYS);
        }
        Optional<List<GuestStruct>> items = request.get().array("keys_to_fetch", count);
        if (items.isEmpty()) {
            return spend(host, args.handle(), Status.LATEFAULT);
        }
        List<ConfigExchange.Wanted> wanted = new ArrayList<>();
        for (GuestStruct item : items.get()) {
            Status refusal = read(item, host, wanted);
            if (refusal != Status.OKAY) {
                return spend(host, args.handle(), refusal);
            }
        }
        Bytes written = serialised(wanted);
        if (written.size() > channel.get().send().sizeBytes()) {
            return Status.INVALIDBUFFERSIZE;
        }
        send(host, channel.get(), wanted, written);
        return Status.OKAY;
    }

    /** After any status but the four that the page names, the channel is of no more use. */
    private static Status spend(Host host, int channel, Status status) {
        long now = host.clock().now();
        host.channels().change(channel, t -> ConfigExchange.spoilt(now));
        return status;
    }

    private static Status read(GuestStruct item, Host host, List<ConfigExchange.Wanted> wanted) {
        Optional<Bytes> key = item.sizedString("key");
        if (key.isEmpty()) {
            return Status.LATEFAULT;
        }
        Optional<ConfigStore> store = ApiConstant.fromCode(ConfigStore.class, item.word("store"));
        if (store.isEmpty()) {
            return Status.UNKNOWNCONFIGSTORE;
        }
        Optional<ConfigScope> scope = ApiConstant.fromCode(ConfigScope.class, item.word("scope"));
        if (scope.isEmpty()) {
            return Status.UNKNOWNCONFIGSCOPE;
        }
        if (!key.get().isPrintableAscii()
                || key.get().isEmpty()
                || key.get().size() > host.limit("config-key-characters")) {
            return Status.INVALIDCONFIGKEY;
        }
        wanted.add(new ConfigExchange.Wanted(scope.get(), store.get(), key.get().text()));
        return Status.OKAY;
    }

    private static void send(
            Host host, Channel channel, List<ConfigExchange.Wanted> wanted, Bytes written) {
        long now = host.clock().now();
        host.channels().fillSend(channel, 0, written);
        host.channels()
                .change(channel.handle(), t -> ConfigExchange.sent(wanted, now, written.size()));
        host.channels()
                .tell(host.channels().find(channel.handle()).orElseThrow(), "sent a request");
        long extraMs = host.faults().answerDelay(ChannelType.CONFIGFETCH);
        if (extraMs >= 0) {
            host.agenda()
                    .add(
                            host.clock()
                                    .inMilliseconds(host.cloud().configFetch().delayMs() + extraMs),
                            new ConfigAnswerArrives(channel.handle()));
        }
    }

    /** The request as it lies in the send buffer. */
    private static Bytes serialised(List<ConfigExchange.Wanted> wanted) {
        Bytes all = Bytes.EMPTY;
        for (ConfigExchange.Wanted item : wanted) {
            Bytes key = Bytes.utf8(item.key());
            byte[] head = new byte[ITEM_HEAD_BYTES];
            head[0] = (byte) item.scope().code();
            head[1] = (byte) item.store().code();
            head[2] = (byte) key.size();
            all = all.plus(Bytes.of(head)).plus(key);
        }
        return all;
    }
}
