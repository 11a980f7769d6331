package dev.microvisor.emulator.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.microvisor.emulator.rest.CloudStore.Window;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list. The token of the next page names the last key of this one, so that items
 * added or removed meanwhile neither repeat nor hide others.
 */
record Page(int number, int size, Optional<String> after) {
    static final int DEFAULT_SIZE = 50;
    static final int MAX_SIZE = 1000;
    private static final String TOKEN_PREFIX = "PT";

    static Page of(Form query) throws RestException {
        Optional<String> token = query.text("PageToken").filter(t -> !t.isEmpty());
        return new Page(
                query.integer("Page", 0, Integer.MAX_VALUE / MAX_SIZE, 0),
                query.integer("PageSize", 1, MAX_SIZE, DEFAULT_SIZE),
                token.isPresent() ? Optional.of(keyOf(token.get())) : Optional.empty());
    }

    private static String keyOf(String token) throws RestException {
        if (token.startsWith(TOKEN_PREFIX)) {
            try {
                byte[] key = Base64.getUrlDecoder().decode(token.substring(TOKEN_PREFIX.length()));
                return new String(key, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                // Answered below: a token that is not ours.
            }
        }
        throw RestException.badParameter("Parameter PageToken is none that this cloud gave out");
    }

    private static String tokenOf(String key) {
        return TOKEN_PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    String afterKey() {
        return after.orElse("");
    }

    /** One more than the page holds, to see whether another follows. */
    Window window() {
        return new Window(size + 1, after.isPresent() ? 0 : number * size);
    }

    /**
     * The answer to a list request.
     *
     * @param found what {@link #window()} selected
     * @param key by which the list is sorted
     */
    <T> JsonObject render(
            String plural,
            String url,
            List<T> found,
            Function<T, String> key,
            Function<T, JsonObject> json) {
        boolean more = found.size() > size;
        List<T> shown = more ? found.subList(0, size) : found;
        JsonArray array = new JsonArray();
        shown.forEach(value -> array.add(json.apply(value)));
        JsonObject meta = new JsonObject();
        meta.addProperty("page", number);
        meta.addProperty("page_size", size);
        meta.addProperty("first_page_url", url + "?PageSize=" + size + "&Page=0");
        if (number > 0) {
            meta.addProperty(
                    "previous_page_url", url + "?PageSize=" + size + "&Page=" + (number - 1));
        } else {
            meta.add("previous_page_url", JsonNull.INSTANCE);
        }
        meta.addProperty("url", url + "?PageSize=" + size + "&Page=" + number);
        if (more) {
            String token = tokenOf(key.apply(shown.get(shown.size() - 1)));
            meta.addProperty(
                    "next_page_url",
                    url
                            + "?PageSize="
                            + size
                            + "&Page="
                            + (number + 1)
                            + "&PageToken="
                            + URLEncoder.encode(token, StandardCharsets.UTF_8));
        } else {
            meta.add("next_page_url", JsonNull.INSTANCE);
        }
        meta.addProperty("key", plural);
        JsonObject body = new JsonObject();
        body.add(plural, array);
        body.add("meta", meta);
        return body;
    }
}
