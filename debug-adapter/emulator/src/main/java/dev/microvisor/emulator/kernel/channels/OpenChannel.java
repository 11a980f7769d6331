package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvOpenChannel}: lends Microvisor two buffers and gets a channel. */
public final class OpenChannel implements HostCall<OpenChannel.Args> {
    /** Arguments by the header's names. */
    public record Args(int params, int handle) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> params = host.memory().struct("MvOpenChannelParams", args.params());
        if (params.isEmpty() || !host.memory().writableWord(args.handle())) {
            return Status.PARAMETERFAULT;
        }
        if (params.get().word("version") != 1) {
            return Status.UNSUPPORTEDSTRUCTUREVERSION;
        }
        Wanted wanted = Wanted.from(params.get());
        Status refusal = check(wanted, host);
        if (refusal != Status.OKAY) {
            return refusal;
        }
        int handle = host.handles().next();
        host.channels()
                .opened(
                        new Channel(
                                handle,
                                wanted.type().orElseThrow(),
                                Channel.State.OPEN,
                                ClosureReason.NONE,
                                wanted.network(),
                                wanted.centre(),
                                wanted.tag(),
                                wanted.receive(),
                                wanted.send(),
                                host.clock().now(),
                                host.guest().callSite(),
                                new Idle()));
        host.memory().putWord(args.handle(), handle);
        return Status.OKAY;
    }

    private static Status check(Wanted wanted, Host host) {
        Buffer send = wanted.send();
        Buffer receive = wanted.receive();
        if (wanted.endpoint().isEmpty()
                || !host.memory().writable(send.address(), send.sizeBytes())
                || !host.memory().writable(receive.address(), receive.sizeBytes())) {
            return Status.PARAMETERFAULT;
        }
        if (host.centres().find(wanted.centre()).isEmpty()
                || host.network().find(wanted.network()).isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        boolean strictReceive = wanted.type().equals(Optional.of(ChannelType.HTTP));
        int align = host.limit("channel-buffer-align");
        if (!send.aligned(align) || (strictReceive && !receive.aligned(align))) {
            return Status.INVALIDBUFFERALIGNMENT;
        }
        int multiple = host.limit("channel-buffer-multiple");
        if (!send.sized(multiple)
                || receive.sizeBytes() == 0
                || (strictReceive && !receive.sized(multiple))) {
            return Status.INVALIDBUFFERSIZE;
        }
        if (wanted.type().isEmpty()) {
            return Status.UNKNOWNCHANNELTYPE;
        }
        // Endpoints were announced and never came: only the empty one is known.
        if (wanted.endpoint().get().length() > 0) {
            return Status.UNKNOWNCHANNELENDPOINT;
        }
        if (!host.network().connected()) {
            return Status.NETWORKNOTCONNECTED;
        }
        if (host.channels().tooManyOpens(host.limit("open-channel-rate"))) {
            return Status.RATELIMITED;
        }
        // No source gives a status for memory that another channel holds; this one is the nearest.
        if (host.channels().usesMemory(send) || host.channels().usesMemory(receive)) {
            return Status.UNAVAILABLE;
        }
        if (host.channels().live().size() >= host.limit("channels")) {
            return Status.TOOMANYCHANNELS;
        }
        return Status.OKAY;
    }

    /** What the parameters ask for; an endpoint that cannot be read is empty. */
    private record Wanted(
            int centre,
            int tag,
            int network,
            Buffer receive,
            Buffer send,
            Optional<ChannelType> type,
            Optional<String> endpoint) {
        static Wanted from(GuestStruct params) {
            return new Wanted(
                    params.word("v1.notification_handle"),
                    params.word("v1.notification_tag"),
                    params.word("v1.network_handle"),
                    new Buffer(
                            params.word("v1.receive_buffer"), params.word("v1.receive_buffer_len")),
                    new Buffer(params.word("v1.send_buffer"), params.word("v1.send_buffer_len")),
                    ApiConstant.fromCode(ChannelType.class, params.word("v1.channel_type")),
                    params.sizedString("v1.endpoint").map(b -> b.text()));
        }
    }
}
