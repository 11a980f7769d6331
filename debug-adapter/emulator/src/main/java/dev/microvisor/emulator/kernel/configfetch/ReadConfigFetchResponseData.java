package dev.microvisor.emulator.kernel.configfetch;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;

/** {@code mvReadConfigFetchResponseData}: how a fetch ended and how many items came. */
public final class ReadConfigFetchResponseData
        implements HostCall<ReadConfigFetchResponseData.Args> {
    private static final String STRUCT = "MvConfigResponseData";

    /** Arguments by the header's names. */
    public record Args(int handle, int responseData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableStruct(STRUCT, args.responseData())) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(args.handle(), ChannelType.CONFIGFETCH);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        Optional<ConfigExchange.Answer> answer = answer(channel.get());
        if (answer.isEmpty()) {
            return channel.get().open() ? Status.RESPONSENOTPRESENT : Status.CHANNELCLOSED;
        }
        host.memory()
                .writer(STRUCT, args.responseData())
                .put("result", answer.get().result().code())
                .put("num_items", answer.get().items().size());
        return Status.OKAY;
    }

    static Optional<ConfigExchange.Answer> answer(Channel channel) {
        return channel.traffic() instanceof ConfigExchange exchange
                ? exchange.answer()
                : Optional.empty();
    }
}
