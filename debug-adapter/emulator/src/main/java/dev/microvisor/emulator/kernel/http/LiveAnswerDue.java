package dev.microvisor.emulator.kernel.http;

import dev.microvisor.emulator.cloud.HttpAnswer;
import dev.microvisor.emulator.cloud.HttpRequest;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.ChannelEvent;
import java.util.Optional;

/**
 * The time has come at which firmware gets the answer of a real server: the machine waits here for
 * it, so what firmware sees does not depend on how fast the server is.
 */
record LiveAnswerDue(int channel, HttpRequest request) implements ChannelEvent {
    @Override
    public void happen(Host host) {
        Optional<String> said =
                host.outside()
                        .askPatiently(
                                "http",
                                request.method() + " " + request.url(),
                                () ->
                                        host.web()
                                                .answer(channel, request)
                                                .thenApply(HttpAnswer::toJson));
        if (said.isEmpty()) {
            host.agenda().addFirst(host.clock().now(), this);
        } else {
            host.web().forget(channel, request);
            HttpAnswer answer = HttpAnswer.fromJson(said.get());
            if (!answer.warning().isEmpty()) {
                host.guest().warnOnce(answer.warning());
            }
            new HttpAnswerArrives(channel, answer).happen(host);
        }
    }
}
