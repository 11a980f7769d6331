package dev.microvisor.emulator.kernel.system;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvGetDeviceId}: the 34 characters of the device's SID, without a terminator. */
public final class GetDeviceId implements HostCall<GetDeviceId.Args> {
    /** Arguments by the header's names. */
    public record Args(int buf, int len) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writable(args.buf(), args.len())) {
            return Status.PARAMETERFAULT;
        }
        if (args.len() != host.limit("device-id-bytes")) {
            return Status.INVALIDBUFFERSIZE;
        }
        host.memory().write(args.buf(), Bytes.utf8(host.cloud().device().sid()));
        return Status.OKAY;
    }
}
