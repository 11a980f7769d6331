package dev.microvisor.debug.latency;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A debug adapter in a process of its own, spoken to in plain messages. */
public final class DapPipe implements AutoCloseable {
    private final Process process;
    private final InputStream in;
    private final OutputStream out;
    private final List<JsonObject> early = new ArrayList<>();
    private int seq;

    public DapPipe(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        in = new BufferedInputStream(process.getInputStream());
        out = process.getOutputStream();
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Sends a request; returns its number. */
    public int send(String command, String arguments) throws IOException {
        byte[] body =
                String.format(
                                "{\"seq\":%d,\"type\":\"request\",\"command\":\"%s\",\"arguments\":%s}",
                                ++seq, command, arguments)
                        .getBytes(StandardCharsets.UTF_8);
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
        return seq;
    }

    /** Sends a request and waits for its answer; the body of that. */
    public JsonObject ask(String command, String arguments) throws IOException {
        return answer(send(command, arguments));
    }

    /** Waits for the answer to a request. */
    public JsonObject answer(int request) throws IOException {
        while (true) {
            JsonObject message = read();
            boolean ours =
                    is(message, "type", "response")
                            && message.get("request_seq").getAsInt() == request;
            if (!ours) {
                early.add(message);
            } else if (!message.get("success").getAsBoolean()) {
                throw new IOException(message.toString());
            } else {
                JsonElement body = message.get("body");
                return body == null || !body.isJsonObject()
                        ? new JsonObject()
                        : body.getAsJsonObject();
            }
        }
    }

    /** Waits for an event of a name. */
    public JsonObject event(String name) throws IOException {
        for (int i = 0; i < early.size(); i++) {
            if (is(early.get(i), "event", name)) {
                return early.remove(i);
            }
        }
        early.clear();
        while (true) {
            JsonObject message = read();
            if (is(message, "event", name)) {
                return message;
            }
        }
    }

    private static boolean is(JsonObject message, String key, String value) {
        return message.has(key) && message.get(key).getAsString().equals(value);
    }

    private JsonObject read() throws IOException {
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return JsonParser.parseString(new String(in.readNBytes(length), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the adapter ended");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
