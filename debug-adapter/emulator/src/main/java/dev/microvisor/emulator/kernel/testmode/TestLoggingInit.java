package dev.microvisor.emulator.kernel.testmode;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import dev.microvisor.emulator.kernel.logging.ServerLoggingInit;

/** {@code mvTestLoggingInit}: prepares messages to the provisioning console. */
public final class TestLoggingInit implements HostCall<TestLoggingInit.Args> {
    /** Arguments by the header's names. */
    public record Args(int buffer, int lengthBytes) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Status refusal = ServerLoggingInit.check(args.buffer(), args.lengthBytes(), host);
        if (refusal != Status.OKAY) {
            return refusal;
        }
        if (!host.testMode().active()) {
            return Status.UNAVAILABLE;
        }
        host.testMode().prepareLogging(args.lengthBytes());
        return Status.OKAY;
    }
}
