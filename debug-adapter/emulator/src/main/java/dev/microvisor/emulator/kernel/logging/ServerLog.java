package dev.microvisor.emulator.kernel.logging;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvServerLog}: writes a message to the log. */
public final class ServerLog implements HostCall<ServerLog.Args> {
    /** Arguments by the header's names. */
    public record Args(int message, int lengthBytes) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.half(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.log().initialised()) {
            return Status.UNAVAILABLE;
        }
        Optional<Bytes> message =
                args.lengthBytes() == 0
                        ? Optional.of(Bytes.EMPTY)
                        : host.memory().bytes(args.message(), args.lengthBytes());
        if (message.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (!host.log().fits(args.lengthBytes())) {
            return Status.INVALIDBUFFERSIZE;
        }
        if (args.lengthBytes() > host.limit("log-message-bytes")) {
            return Status.LOGMESSAGETOOLONG;
        }
        if (!host.log().enabled()) {
            return Status.LOGGINGDISABLEDBYSERVER;
        }
        return host.log().accept(message.get());
    }
}
