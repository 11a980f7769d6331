package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvReadHttpResponseHeader}: copies one header line as far as it fits. Neither a terminator
 * nor the length is written.
 */
public final class ReadHttpResponseHeader implements HostCall<ReadHttpResponseHeader.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int headerIndex, int buf, int size) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1), words.word(2), words.word(3));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writable(args.buf(), args.size())) {
            return Status.PARAMETERFAULT;
        }
        return ReadHttpResponse.read(
                host,
                args.handle(),
                (channel, answer) -> {
                    int index = args.headerIndex();
                    if (Integer.compareUnsigned(index, answer.headers().size()) >= 0) {
                        return Status.INDEXINVALID;
                    }
                    int count = Math.min(args.size(), answer.headerSizes().get(index));
                    int offset = answer.headerOffset(index);
                    ReadHttpResponse.copy(host, channel, offset, count, args.buf());
                    return Status.OKAY;
                });
    }
}
