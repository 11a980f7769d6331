package dev.microvisor.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.microvisor.analysis.settings.RuleChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The editor's settings in section {@code microvisor}. {@code microvisor.toml} comes first: these
 * refine it. Whatever is absent, null or of the wrong type keeps its default.
 *
 * @param compileCommands a database that replaces the search for one, as the user wrote it
 * @param rules {@code select} and {@code ignore}
 * @param hints whether findings of severity hint are shown
 * @param codeLens whether lenses stand above what opens a resource
 * @param inlayHints whether constants show their numbers in the text
 */
public record ClientSettings(
        Optional<String> compileCommands,
        RuleChoice rules,
        boolean hints,
        boolean codeLens,
        boolean inlayHints) {

    /** Name of the section. */
    public static final String SECTION = "microvisor";

    public static final ClientSettings DEFAULT =
            new ClientSettings(Optional.empty(), RuleChoice.DEFAULT, true, false, false);

    /**
     * @param json the section as the client sends it; may be null or anything else
     */
    public static ClientSettings of(Object json) {
        if (!(json instanceof JsonObject section)) {
            return DEFAULT;
        }
        JsonObject object = section.get(SECTION) instanceof JsonObject inner ? inner : section;
        return new ClientSettings(
                text(object, "compileCommands").filter(t -> !t.isBlank()),
                new RuleChoice(texts(object, "select"), texts(object, "ignore"), Map.of()),
                flag(object, "hints", DEFAULT.hints()),
                flag(object, "codeLens", DEFAULT.codeLens()),
                flag(object, "inlayHints", DEFAULT.inlayHints()));
    }

    private static Optional<String> text(JsonObject object, String key) {
        if (object.get(key) instanceof JsonPrimitive p && p.isString()) {
            return Optional.of(p.getAsString());
        }
        return Optional.empty();
    }

    private static boolean flag(JsonObject object, String key, boolean otherwise) {
        if (object.get(key) instanceof JsonPrimitive p && p.isBoolean()) {
            return p.getAsBoolean();
        }
        return otherwise;
    }

    private static List<String> texts(JsonObject object, String key) {
        List<String> texts = new ArrayList<>();
        if (object.get(key) instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (element instanceof JsonPrimitive p && p.isString()) {
                    texts.add(p.getAsString());
                }
            }
        }
        return texts;
    }
}
