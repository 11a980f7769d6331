package dev.microvisor.emulator.cloud;

import java.util.List;

/**
 * A URL in which each {@code *} stands for any text, an empty one included. Matching takes time
 * proportional to the two lengths.
 */
public record UrlPattern(String text) {
    public boolean matches(String url) {
        List<String> parts = List.of(text.split("\\*", -1));
        String first = parts.get(0);
        if (parts.size() == 1) {
            return url.equals(first);
        }
        String last = parts.get(parts.size() - 1);
        if (!url.startsWith(first) || url.length() < first.length() + last.length()) {
            return false;
        }
        int from = first.length();
        int end = url.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = url.indexOf(part, from);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            from = found + part.length();
        }
        return url.endsWith(last);
    }
}
