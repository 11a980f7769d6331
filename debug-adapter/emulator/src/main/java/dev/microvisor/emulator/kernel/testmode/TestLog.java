package dev.microvisor.emulator.kernel.testmode;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvTestLog}: writes a message to the provisioning console. */
public final class TestLog implements HostCall<TestLog.Args> {
    /** Arguments by the header's names. */
    public record Args(int message, int lengthBytes) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.half(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.testMode().active() || !host.testMode().loggingReady()) {
            return Status.UNAVAILABLE;
        }
        Optional<Bytes> message =
                args.lengthBytes() == 0
                        ? Optional.of(Bytes.EMPTY)
                        : host.memory().bytes(args.message(), args.lengthBytes());
        if (message.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        if (!host.testMode().fits(args.lengthBytes())) {
            return Status.INVALIDBUFFERSIZE;
        }
        if (args.lengthBytes() > host.limit("log-message-bytes")) {
            return Status.LOGMESSAGETOOLONG;
        }
        host.listener().logged(host.log().line("test", message.get()));
        return Status.OKAY;
    }
}
