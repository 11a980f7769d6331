package dev.microvisor.emulator.outside;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.files.PrivateFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file of inputs: one JSON object a line, the first one about the run. A run that was killed
 * leaves a recording that ends where the run did.
 *
 * @param firmware what identifies the program, such as a digest of its file
 * @param clockHz core clock, because instruction numbers mean nothing without it
 * @param asksCloud true when the run asked a local cloud for its items
 */
public record Recording(String firmware, int clockHz, boolean asksCloud, List<Input> inputs) {
    /** Of the format; a reader refuses others. */
    static final int VERSION = 1;

    /** Most inputs that a recording or a run may have. */
    static final int MAX_INPUTS = 1_000_000;

    /** Longest line; an input of the largest size takes less. */
    private static final int MAX_LINE_CHARACTERS = 8 << 20;

    private static final String HEAD = "microvisor_recording";
    private static final Set<String> HEAD_KEYS = Set.of(HEAD, "firmware", "clock_hz", "asks_cloud");

    public Recording {
        inputs = List.copyOf(inputs);
    }

    /** The same run with other inputs. */
    Recording with(List<Input> others) {
        return new Recording(firmware, clockHz, asksCloud, others);
    }

    /** Reads a file. */
    public static Recording read(Path file) throws RecordingException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Recording recording = withoutInputs(file, object(file, 1, reader.readLine()));
            List<Input> inputs = new ArrayList<>();
            int number = 2;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (inputs.size() >= MAX_INPUTS) {
                    throw new RecordingException(file + " has more than " + MAX_INPUTS + " inputs");
                }
                inputs.add(input(file, number, object(file, number, line)));
                number++;
            }
            return recording.with(inputs);
        } catch (NoSuchFileException e) {
            throw new RecordingException(
                    file + ": no such file; looked at " + file.toAbsolutePath(), e);
        } catch (CharacterCodingException e) {
            throw none(file, e);
        } catch (IOException e) {
            throw new RecordingException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static RecordingException none(Path file, Throwable cause) {
        return new RecordingException(
                file + " is no recording: give a file that --record has written", cause);
    }

    /** What the first line says. */
    private static Recording withoutInputs(Path file, JsonObject head) throws RecordingException {
        if (!head.keySet().equals(HEAD_KEYS)) {
            throw none(file, null);
        }
        try {
            if (head.get(HEAD).getAsInt() != VERSION) {
                throw new RecordingException(
                        file
                                + " is a recording of version "
                                + head.get(HEAD)
                                + ", this program reads version "
                                + VERSION
                                + ": record it again");
            }
            return new Recording(
                    head.get("firmware").getAsString(),
                    head.get("clock_hz").getAsInt(),
                    head.get("asks_cloud").getAsBoolean(),
                    List.of());
        } catch (UnsupportedOperationException | IllegalStateException | NumberFormatException e) {
            throw none(file, e);
        }
    }

    private static JsonObject object(Path file, int number, String line) throws RecordingException {
        if (line == null || line.length() > MAX_LINE_CHARACTERS) {
            throw none(file, null);
        }
        try {
            if (JsonParser.parseString(line) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw number == 1 ? none(file, e) : broken(file, number, e);
        }
        throw number == 1 ? none(file, null) : broken(file, number, null);
    }

    private static Input input(Path file, int number, JsonObject line) throws RecordingException {
        try {
            boolean answer = line.has("answer");
            return new Input(
                    line.get("at").getAsLong(),
                    answer ? Input.Kind.ANSWER : Input.Kind.ARRIVAL,
                    line.get(answer ? "answer" : "arrival").getAsString(),
                    answer ? line.get("question").getAsString() : "",
                    line.get("content").toString());
        } catch (NullPointerException
                | UnsupportedOperationException
                | IllegalStateException
                | NumberFormatException e) {
            throw broken(file, number, e);
        }
    }

    private static RecordingException broken(Path file, int number, Throwable cause) {
        return new RecordingException(
                file
                        + ":"
                        + number
                        + ": not a line of a recording; was the file cut off? Remove the line to"
                        + " replay what comes before it",
                cause);
    }

    /** The first line of a file. */
    private String head() {
        JsonObject head = new JsonObject();
        head.addProperty(HEAD, VERSION);
        head.addProperty("firmware", firmware);
        head.addProperty("clock_hz", clockHz);
        head.addProperty("asks_cloud", asksCloud);
        return head + "\n";
    }

    private static String line(Input input) {
        JsonObject line = new JsonObject();
        line.addProperty("at", input.instruction());
        boolean answer = input.kind() == Input.Kind.ANSWER;
        line.addProperty(answer ? "answer" : "arrival", input.source());
        if (answer) {
            line.addProperty("question", input.question());
        }
        JsonElement content = JsonParser.parseString(input.content());
        line.add("content", content);
        return line + "\n";
    }

    /** Writes the file anew, readable by its owner only when the system knows of owners. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(head());
        inputs.forEach(input -> text.append(line(input)));
        PrivateFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Adds an input to a file that {@link #write} has begun. */
    static void append(Path file, Input input) throws IOException {
        Files.writeString(file, line(input), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
