package dev.microvisor.emulator.kernel.configfetch;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import java.util.Optional;

/**
 * {@code mvReadConfigResponseItem}: copies one value, as far as it fits, and its result. A key that
 * was not found is a result of the item; the call itself answers OKAY.
 */
public final class ReadConfigResponseItem implements HostCall<ReadConfigResponseItem.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int params) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> params =
                host.memory().struct("MvConfigResponseReadItemParams", args.params());
        if (params.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        int result = params.get().word("result");
        GuestStruct target = params.get().nested("buf");
        int length = target.word("length");
        int size = target.word("size");
        if (!host.memory().writableWord(result)
                || !host.memory().writableWord(length)
                || !host.memory().writable(target.word("data"), size)) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(args.handle(), ChannelType.CONFIGFETCH);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        Optional<ConfigExchange.Answer> answer = ReadConfigFetchResponseData.answer(channel.get());
        if (answer.isEmpty()) {
            return channel.get().open() ? Status.RESPONSENOTPRESENT : Status.CHANNELCLOSED;
        }
        int index = params.get().word("item_index");
        if (Integer.compareUnsigned(index, answer.get().items().size()) >= 0) {
            return Status.INDEXINVALID;
        }
        ConfigExchange.Found item = answer.get().items().get(index);
        // What happens to a value that does not fit is not stated; it is cut.
        int count = Math.min(size, item.value().size());
        int from = channel.get().receive().address() + item.offset();
        host.memory().write(target.word("data"), host.memory().read(from, count));
        host.memory().putWord(length, count);
        host.memory().putWord(result, item.result().code());
        host.channels()
                .change(args.handle(), t -> t instanceof ConfigExchange e ? e.withRead(index) : t);
        return Status.OKAY;
    }
}
