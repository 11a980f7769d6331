package dev.microvisor.dap.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.junit.jupiter.api.Test;

/** A request that waits behind a long one is answered as cancelled, and its work is not done. */
class IncomingTest {
    private final MachineThread machine =
            new MachineThread(
                    "machine",
                    bug -> {
                        throw new AssertionError(bug);
                    });
    private final Incoming incoming = new Incoming(machine);
    private final List<String> done = new ArrayList<>();

    /** A request comes in whose handler notes what becomes of it. */
    private void request(String number) {
        RequestMessage message = new RequestMessage();
        message.setId(number);
        message.setMethod("evaluate");
        incoming.before(
                        m ->
                                incoming.hold(
                                        () -> done.add(number + " worked"),
                                        () -> done.add(number + " refused"),
                                        () -> done.add(number + " cancelled")))
                .consume(message);
    }

    @Test
    void aWaitingRequestIsCancelledAtOnceAndTheOthersAreNot() throws Exception {
        // The machine's thread is busy: it has not been started.
        request("1");
        request("2");
        incoming.cancel("2");
        assertThat(done).containsExactly("2 cancelled");
        incoming.cancel("2");
        incoming.cancel("7");
        assertThat(done).hasSize(1);
        machine.start();
        machine.settled().get(30, TimeUnit.SECONDS);
        assertThat(done).contains("1 worked").doesNotContain("1 cancelled");
        machine.end();
    }

    @Test
    void whatHasBegunIsNotCancelledAnyMore() throws Exception {
        request("1");
        machine.start();
        machine.settled().get(30, TimeUnit.SECONDS);
        incoming.cancel("1");
        assertThat(done).containsExactly("1 worked");
        machine.end();
    }
}
