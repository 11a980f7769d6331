package dev.microvisor.emulator.cloud.broker;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import java.util.Base64;

/**
 * What a real broker says unasked: a message, or that the connection has ended.
 *
 * @param channel handle of the channel that it is for
 */
public record BrokerArrival(int channel, MqttReply reply) {
    private static final String CHANNEL = "channel";
    private static final String NUMBER = "number";

    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty(CHANNEL, channel);
        if (reply instanceof MqttReply.Received received) {
            MqttMessage message = received.message();
            json.addProperty(NUMBER, received.correlationId());
            json.addProperty("topic", message.topic());
            json.addProperty(
                    "payload", Base64.getEncoder().encodeToString(message.payload().toArray()));
            json.addProperty("qos", message.qos());
            json.addProperty("retain", message.retain());
        } else if (reply instanceof MqttReply.Disconnected ended) {
            json.addProperty("ended", ended.state().name());
            json.addProperty("code", ended.reasonCode());
        } else {
            throw new IllegalStateException("never said unasked: " + reply);
        }
        return json.toString();
    }

    /** Reads what {@link #toJson} has written. */
    public static BrokerArrival fromJson(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        int channel = json.get(CHANNEL).getAsInt();
        if (json.has(NUMBER)) {
            Bytes payload = Bytes.of(Base64.getDecoder().decode(json.get("payload").getAsString()));
            MqttMessage message =
                    new MqttMessage(
                            json.get("topic").getAsString(),
                            payload,
                            json.get("qos").getAsInt(),
                            json.get("retain").getAsBoolean());
            return new BrokerArrival(
                    channel, new MqttReply.Received(json.get(NUMBER).getAsInt(), message));
        }
        return new BrokerArrival(
                channel,
                new MqttReply.Disconnected(
                        MqttRequestState.valueOf(json.get("ended").getAsString()),
                        json.get("code").getAsInt()));
    }
}
