package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.HttpAnswer;
import dev.microvisor.emulator.cloud.HttpRequest;
import dev.microvisor.emulator.cloud.HttpServer;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.channels.Channel;
import dev.microvisor.emulator.kernel.channels.Idle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code mvSendHttpRequest}: sends the one request of a channel. */
public final class SendHttpRequest implements HostCall<SendHttpRequest.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int request) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> struct = host.memory().struct("MvHttpRequest", args.request());
        if (struct.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        Optional<Channel> channel = host.channels().find(args.handle(), ChannelType.HTTP);
        if (channel.isEmpty()) {
            return Status.INVALIDHANDLE;
        }
        if (!channel.get().open()) {
            return Status.CHANNELCLOSED;
        }
        if (!(channel.get().traffic() instanceof Idle)) {
            return Status.REQUESTALREADYSENT;
        }
        int headerCount = struct.get().word("num_headers");
        if (Integer.compareUnsigned(headerCount, host.limit("http-headers")) > 0) {
            return Status.TOOMANYELEMENTS;
        }
        long now = host.clock().now();
        Optional<HttpRequest> request = request(struct.get(), headerCount);
        if (request.isEmpty()) {
            host.channels().change(args.handle(), t -> HttpExchange.spoilt(now));
            return Status.LATEFAULT;
        }
        Bytes written = serialised(request.get());
        if (written.size() > channel.get().send().sizeBytes()) {
            return Status.INVALIDBUFFERSIZE;
        }
        host.channels().fillSend(channel.get(), 0, written);
        host.channels()
                .change(
                        args.handle(),
                        t ->
                                new HttpExchange(
                                        request, false, now, written.size(), Optional.empty()));
        host.channels().tell(host.channels().find(args.handle()).orElseThrow(), "sent a request");
        send(host, args.handle(), request.get());
        return Status.OKAY;
    }

    private static void send(Host host, int channel, HttpRequest request) {
        HttpAnswer planned =
                new HttpServer(host.cloud()).answer(request, host.clock().milliseconds());
        if (!planned.warning().isEmpty()) {
            host.guest().warnOnce(planned.warning());
        }
        Optional<HttpResult> fault = host.faults().httpResult();
        HttpAnswer answer = fault.map(planned::failing).orElse(planned);
        long extraMs = host.faults().answerDelay(ChannelType.HTTP);
        if (answer.arrival() == HttpAnswer.Arrival.NEVER || extraMs < 0) {
            return;
        }
        boolean live = answer.arrival() == HttpAnswer.Arrival.LIVE;
        if (live && host.outside().isLive()) {
            host.web().start(channel, request);
        }
        host.agenda()
                .add(
                        host.clock().inMilliseconds(answer.delayMs() + extraMs),
                        live
                                ? new LiveAnswerDue(channel, request)
                                : new HttpAnswerArrives(channel, answer));
    }

    private static Optional<HttpRequest> request(GuestStruct struct, int headerCount) {
        Optional<Bytes> method = struct.sizedString("method");
        Optional<Bytes> url = struct.sizedString("url");
        Optional<Bytes> body = struct.sizedString("body");
        Optional<List<GuestStruct>> headerStructs = struct.array("headers", headerCount);
        if (method.isEmpty() || url.isEmpty() || body.isEmpty() || headerStructs.isEmpty()) {
            return Optional.empty();
        }
        List<Bytes> headers = new ArrayList<>();
        for (GuestStruct header : headerStructs.get()) {
            Optional<Bytes> text = header.counted("data", "length");
            if (text.isEmpty()) {
                return Optional.empty();
            }
            headers.add(text.get());
        }
        return Optional.of(
                new HttpRequest(
                        method.get().text(),
                        url.get().text(),
                        headers,
                        body.get(),
                        struct.word("timeout_ms")));
    }

    /** The request as it lies in the send buffer: readable in a debugger. */
    private static Bytes serialised(HttpRequest request) {
        Bytes lineEnd = Bytes.utf8("\r\n");
        Bytes text = Bytes.utf8(request.method() + " " + request.url()).plus(lineEnd);
        for (Bytes header : request.headers()) {
            text = text.plus(header).plus(lineEnd);
        }
        return text.plus(lineEnd).plus(request.body());
    }
}
