package dev.microvisor.cli.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads labels: a JSON array of objects with {@code id}, {@code repo} ({@code owner/name}; the tree
 * is the folder {@code name}), {@code file}, {@code line} and perhaps {@code accept_lines} (from
 * 1), {@code rule}, {@code kind} ({@code defect} or {@code clean-trap}) and {@code certainty}
 * ({@code certain} or {@code likely}). Other fields are left alone.
 */
public final class LabelsFile {
    /** Names that labels may use for a rule beside its own. */
    private static final Map<String, String> ALIASES = Map.of("stack-buffer", "buffer-lifetime");

    private static final Map<String, Label.Kind> KINDS =
            Map.of(
                    "defect",
                    Label.Kind.DEFECT,
                    "clean-trap",
                    Label.Kind.LOOK_ALIKE,
                    "look-alike",
                    Label.Kind.LOOK_ALIKE);

    private LabelsFile() {}

    /**
     * @throws IOException with a sentence when the file cannot be read or is no list of labels
     */
    public static List<Label> read(Path file) throws IOException {
        JsonArray array;
        try {
            array = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("is not a JSON array of labels", e);
        }
        List<Label> labels = new ArrayList<>();
        for (JsonElement element : array) {
            String which = "label " + (labels.size() + 1);
            try {
                labels.add(label(element.getAsJsonObject(), which));
            } catch (IllegalStateException
                    | UnsupportedOperationException
                    | NumberFormatException e) {
                // Gson's ways to say that a field has another type.
                throw new IOException(which + " has a field of a wrong type", e);
            }
        }
        return List.copyOf(labels);
    }

    private static Label label(JsonObject json, String which) throws IOException {
        String repo = field(json, "repo", which).getAsString();
        String kind = field(json, "kind", which).getAsString();
        if (!KINDS.containsKey(kind)) {
            throw new IOException(which + " is of kind '" + kind + "'; it is defect or clean-trap");
        }
        String certainty = field(json, "certainty", which).getAsString();
        if (!certainty.equals("certain") && !certainty.equals("likely")) {
            throw new IOException(
                    which + " has certainty '" + certainty + "'; it is certain or likely");
        }
        int line = field(json, "line", which).getAsInt();
        Set<Integer> lines = new HashSet<>(Set.of(line));
        if (json.has("accept_lines")) {
            json.getAsJsonArray("accept_lines").forEach(l -> lines.add(l.getAsInt()));
        }
        String rule = field(json, "rule", which).getAsString();
        return new Label(
                json.has("id") ? json.get("id").getAsString() : which,
                repo.substring(repo.lastIndexOf('/') + 1),
                field(json, "file", which).getAsString(),
                line,
                lines,
                ALIASES.getOrDefault(rule, rule),
                KINDS.get(kind),
                certainty.equals("certain"));
    }

    private static JsonElement field(JsonObject json, String name, String which)
            throws IOException {
        if (!json.has(name)) {
            throw new IOException(which + " has no '" + name + "'");
        }
        return json.get(name);
    }
}
