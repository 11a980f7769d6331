package dev.microvisor.emulator.cloud.broker;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import java.util.ArrayList;
import java.util.List;

/**
 * What a real broker says to a command.
 *
 * @param warning what the user should know; empty for nothing
 */
public record BrokerAnswer(MqttReply reply, String warning) {
    private static final String KIND = "kind";
    private static final String STATE = "state";
    private static final String CORRELATION = "correlation";
    private static final String CODE = "code";
    private static final String CODES = "codes";
    private static final String WARNING = "warning";

    static BrokerAnswer of(MqttReply reply) {
        return new BrokerAnswer(reply, "");
    }

    /** For a recording. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty(KIND, reply.readable().name());
        if (reply instanceof MqttReply.Connected connected) {
            put(json, connected.state(), 0, connected.reasonCode());
        } else if (reply instanceof MqttReply.Subscribed subscribed) {
            put(json, subscribed.state(), subscribed.correlationId(), 0);
            json.add(CODES, array(subscribed.reasonCodes()));
        } else if (reply instanceof MqttReply.Unsubscribed unsubscribed) {
            put(json, unsubscribed.state(), unsubscribed.correlationId(), 0);
            json.add(CODES, array(unsubscribed.reasonCodes()));
        } else if (reply instanceof MqttReply.Published published) {
            put(json, published.state(), published.correlationId(), published.reasonCode());
        } else if (reply instanceof MqttReply.Disconnected disconnected) {
            put(json, disconnected.state(), 0, disconnected.reasonCode());
        } else {
            throw new IllegalStateException("no answer to a command: " + reply);
        }
        json.addProperty(WARNING, warning);
        return json.toString();
    }

    private static void put(JsonObject json, MqttRequestState state, int correlation, int code) {
        json.addProperty(STATE, state.name());
        json.addProperty(CORRELATION, correlation);
        json.addProperty(CODE, code);
    }

    private static JsonArray array(List<Integer> codes) {
        JsonArray array = new JsonArray();
        codes.forEach(array::add);
        return array;
    }

    /** Reads what {@link #toJson} has written. */
    public static BrokerAnswer fromJson(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        return new BrokerAnswer(reply(json), json.get(WARNING).getAsString());
    }

    private static MqttReply reply(JsonObject json) {
        MqttRequestState state = MqttRequestState.valueOf(json.get(STATE).getAsString());
        int correlation = json.get(CORRELATION).getAsInt();
        int code = json.get(CODE).getAsInt();
        return switch (json.get(KIND).getAsString()) {
            case "CONNECTRESPONSE" -> new MqttReply.Connected(state, code);
            case "SUBSCRIBERESPONSE" -> new MqttReply.Subscribed(state, correlation, codes(json));
            case "UNSUBSCRIBERESPONSE" ->
                    new MqttReply.Unsubscribed(state, correlation, codes(json));
            case "PUBLISHRESPONSE" -> new MqttReply.Published(state, correlation, code);
            case "DISCONNECTRESPONSE" -> new MqttReply.Disconnected(state, code);
            default -> throw new IllegalArgumentException("not a broker's answer: " + json);
        };
    }

    private static List<Integer> codes(JsonObject json) {
        List<Integer> codes = new ArrayList<>();
        for (JsonElement code : json.getAsJsonArray(CODES)) {
            codes.add(code.getAsInt());
        }
        return codes;
    }
}
