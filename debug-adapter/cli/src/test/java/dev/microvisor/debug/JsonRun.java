package dev.microvisor.debug;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code microvisor run --format json} from its start to its end. */
record JsonRun(int code, List<JsonObject> events, String err) {
    /**
     * @param typed what comes in at standard input
     */
    static JsonRun of(String typed, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("run", "--format", "json"));
        arguments.addAll(List.of(options));
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(streams, arguments.toArray(new String[0]));
        List<JsonObject> events =
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .toList();
        return new JsonRun(code, events, err.toString(StandardCharsets.UTF_8));
    }

    /** The lines of the server log. */
    List<String> log() {
        return events.stream()
                .filter(e -> e.get("event").getAsString().equals("log"))
                .map(e -> e.get("text").getAsString())
                .toList();
    }

    /** The first event of a name. */
    JsonObject event(String name) {
        return events.stream()
                .filter(e -> e.get("event").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String stateHash() {
        return event("end").get("stateHash").getAsString();
    }
}
