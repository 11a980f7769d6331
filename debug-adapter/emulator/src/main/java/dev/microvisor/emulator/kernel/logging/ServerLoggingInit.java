package dev.microvisor.emulator.kernel.logging;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvServerLoggingInit}: lends Microvisor a buffer for log messages. */
public final class ServerLoggingInit implements HostCall<ServerLoggingInit.Args> {
    /** Arguments by the header's names. */
    public record Args(int buffer, int lengthBytes) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Status refusal = check(args.buffer(), args.lengthBytes(), host);
        if (refusal == Status.OKAY) {
            host.log().initialise(args.buffer(), args.lengthBytes());
        }
        return refusal;
    }

    /** What a log buffer must be like. */
    public static Status check(int buffer, int lengthBytes, Host host) {
        if (!host.memory().writable(buffer, lengthBytes)) {
            return Status.PARAMETERFAULT;
        }
        if (Integer.remainderUnsigned(buffer, host.limit("log-buffer-align")) != 0) {
            return Status.INVALIDBUFFERALIGNMENT;
        }
        if (lengthBytes == 0 || lengthBytes % host.limit("log-buffer-multiple") != 0) {
            return Status.INVALIDBUFFERSIZE;
        }
        return Status.OKAY;
    }
}
