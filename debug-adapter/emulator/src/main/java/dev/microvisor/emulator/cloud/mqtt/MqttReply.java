package dev.microvisor.emulator.cloud.mqtt;

import dev.microvisor.emulator.api.MqttReadable;
import dev.microvisor.emulator.api.MqttRequestState;
import java.util.List;

/** What comes back from a broker. */
public sealed interface MqttReply {
    /** Which read call it is for. */
    MqttReadable readable();

    /** Answer to Connect; both values are 0 for a session. */
    record Connected(MqttRequestState state, int reasonCode) implements MqttReply {
        @Override
        public MqttReadable readable() {
            return MqttReadable.CONNECTRESPONSE;
        }
    }

    /** Answer to Subscribe, one code for each topic. */
    record Subscribed(MqttRequestState state, int correlationId, List<Integer> reasonCodes)
            implements MqttReply {
        public Subscribed {
            reasonCodes = List.copyOf(reasonCodes);
        }

        @Override
        public MqttReadable readable() {
            return MqttReadable.SUBSCRIBERESPONSE;
        }
    }

    /** Answer to Unsubscribe, one code for each topic. */
    record Unsubscribed(MqttRequestState state, int correlationId, List<Integer> reasonCodes)
            implements MqttReply {
        public Unsubscribed {
            reasonCodes = List.copyOf(reasonCodes);
        }

        @Override
        public MqttReadable readable() {
            return MqttReadable.UNSUBSCRIBERESPONSE;
        }
    }

    /** Answer to Publish. */
    record Published(MqttRequestState state, int correlationId, int reasonCode)
            implements MqttReply {
        @Override
        public MqttReadable readable() {
            return MqttReadable.PUBLISHRESPONSE;
        }
    }

    /** A message for this client. */
    record Received(int correlationId, MqttMessage message) implements MqttReply {
        @Override
        public MqttReadable readable() {
            return MqttReadable.MESSAGERECEIVED;
        }
    }

    /** A message for this client that was too large for its receive buffer. */
    record Lost(String topic, int messageBytes) implements MqttReply {
        @Override
        public MqttReadable readable() {
            return MqttReadable.MESSAGELOST;
        }
    }

    /** Answer to Disconnect, or the broker's own wish. */
    record Disconnected(MqttRequestState state, int reasonCode) implements MqttReply {
        @Override
        public MqttReadable readable() {
            return MqttReadable.DISCONNECTRESPONSE;
        }
    }
}
