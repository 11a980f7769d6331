package dev.microvisor.emulator.cloud.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int SESSION_TAKEN_OVER = 0x8E;

    private final List<BrokerArrival> arrived = new ArrayList<>();
    private final Inbox inbox = new Inbox(1, new AtomicInteger(), arrived::add);

    @Test
    void anEndThatIsToldBeforeTheBeginningIsNotLost() {
        inbox.hold();
        inbox.ended(Optional.of(SESSION_TAKEN_OVER));
        inbox.open();
        assertThat(arrived).isEmpty();
        inbox.release();
        assertThat(arrived).hasSize(1);
        assertThat(arrived.get(0).reply())
                .isInstanceOfSatisfying(
                        MqttReply.Disconnected.class,
                        end -> assertThat(end.reasonCode()).isEqualTo(SESSION_TAKEN_OVER));
    }

    @Test
    void theEndOfAConnectionThatNeverBeganIsNobodys() {
        inbox.ended(Optional.empty());
        inbox.close();
        assertThat(arrived).isEmpty();
    }

    @Test
    void aSessionEndsOnce() {
        inbox.open();
        inbox.ended(Optional.empty());
        inbox.ended(Optional.empty());
        assertThat(arrived).hasSize(1);
    }
}
