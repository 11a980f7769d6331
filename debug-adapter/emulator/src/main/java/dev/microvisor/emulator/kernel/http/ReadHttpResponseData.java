package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;

/** {@code mvReadHttpResponseData}: how a request ended and how much there is to read. */
public final class ReadHttpResponseData implements HostCall<ReadHttpResponseData.Args> {
    private static final String STRUCT = "MvHttpResponseData";

    /** Arguments by the header's names. */
    public record Args(int handle, int responseData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        if (!host.memory().writableStruct(STRUCT, args.responseData())) {
            return Status.PARAMETERFAULT;
        }
        return ReadHttpResponse.read(
                host,
                args.handle(),
                (channel, answer) -> {
                    host.memory()
                            .writer(STRUCT, args.responseData())
                            .put("result", answer.result().code())
                            .put("status_code", answer.status())
                            .put("num_headers", answer.headers().size())
                            .put("body_length", answer.body().size());
                    return Status.OKAY;
                });
    }
}
