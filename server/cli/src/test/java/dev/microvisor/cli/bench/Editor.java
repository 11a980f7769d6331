package dev.microvisor.cli.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A language client that types. */
final class Editor implements AutoCloseable {
    private final Process process;
    private final InputStream in;
    private final OutputStream out;
    private int versions = 1;

    /**
     * @param folder open in the editor: its sources make one program
     */
    Editor(List<String> words, Path database, Path folder) throws IOException {
        process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        in = new BufferedInputStream(process.getInputStream());
        out = process.getOutputStream();
        send(
                """
                "id":1,"method":"initialize","params":{"processId":null,"rootUri":"%2$s","capabilities":{},
                "workspaceFolders":[{"uri":"%2$s","name":"folder"}],
                "initializationOptions":{"compilationDatabasePath":"%1$s","compileCommands":"%1$s","microvisor":{"compileCommands":"%1$s"}}}"""
                        .formatted(database, folder.toUri()));
        while (!receive().has("result")) {}
        send("\"method\":\"initialized\",\"params\":{}");
    }

    void open(Path file, String text) throws IOException {
        JsonObject document = new JsonObject();
        document.addProperty("uri", file.toUri().toString());
        document.addProperty("languageId", "c");
        document.addProperty("version", 1);
        document.addProperty("text", text);
        send("\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":" + document + "}");
    }

    int change(Path file, String text) throws IOException {
        versions++;
        JsonObject change = new JsonObject();
        change.addProperty("text", text);
        send(
                "\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\""
                        + file.toUri()
                        + "\",\"version\":"
                        + versions
                        + "},\"contentChanges\":["
                        + change
                        + "]}");
        return versions;
    }

    /** When the diagnostics of a version have come so often. */
    long await(int version, int times) throws IOException {
        int left = times;
        while (left > 0) {
            JsonObject message = receive();
            if (message.has("method")
                    && message.get("method").getAsString().endsWith("publishDiagnostics")) {
                JsonElement of = message.getAsJsonObject("params").get("version");
                left -= of != null && of.getAsInt() == version ? 1 : 0;
            } else if (message.has("method") && message.has("id")) {
                send("\"id\":" + message.get("id") + ",\"result\":null");
            }
        }
        return System.nanoTime();
    }

    private void send(String body) throws IOException {
        byte[] bytes = ("{\"jsonrpc\":\"2.0\"," + body + "}").getBytes(StandardCharsets.UTF_8);
        out.write(
                ("Content-Length: " + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private JsonObject receive() throws IOException {
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return JsonParser.parseString(body).getAsJsonObject();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server has gone");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    /** Memory of the server as Linux tells it. */
    String megabytes(String field) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return "?";
        }
        Optional<String> line =
                Files.readAllLines(status).stream()
                        .filter(l -> l.startsWith(field + ":"))
                        .findFirst();
        return line.map(l -> Long.parseLong(l.replaceAll("\\D", "")) >> 10)
                .map(String::valueOf)
                .orElse("?");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
