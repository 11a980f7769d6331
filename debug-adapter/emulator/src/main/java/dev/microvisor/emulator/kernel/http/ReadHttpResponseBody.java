package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/**
 * {@code mvReadHttpResponseBody}: copies a piece of the body, in any order and as often as wanted.
 * What the body does not reach of the target stays as it was.
 */
public final class ReadHttpResponseBody implements HostCall<ReadHttpResponseBody.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int offset, int buf, int size) {}

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
                    int length = answer.body().size();
                    if (Integer.compareUnsigned(args.offset(), length) > 0) {
                        return Status.OFFSETINVALID;
                    }
                    int count = Math.min(args.size(), length - args.offset());
                    int offset = answer.bodyOffset() + args.offset();
                    ReadHttpResponse.copy(host, channel, offset, count, args.buf());
                    return Status.OKAY;
                });
    }
}
