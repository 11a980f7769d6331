package dev.microvisor.emulator.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fields of an {@code application/x-www-form-urlencoded} body or of a query. */
record Form(Map<String, String> fields) {
    /** Most fields that one form may have. */
    private static final int MAX_FIELDS = 100;

    Form {
        fields = Map.copyOf(fields);
    }

    static Form parse(String text) throws RestException {
        Map<String, String> fields = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.put(decode(name), decode(value));
                if (fields.size() > MAX_FIELDS) {
                    throw RestException.badParameter("More than " + MAX_FIELDS + " parameters");
                }
            }
        }
        return new Form(fields);
    }

    private static String decode(String text) throws RestException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RestException.badParameter("Not percent-encoded as a form should be: " + text);
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** A field that must be there, with 1 to {@code maxLength} characters. */
    String required(String name, int maxLength) throws RestException {
        String value =
                text(name)
                        .orElseThrow(
                                () ->
                                        RestException.badParameter(
                                                "Parameter " + name + " is required"));
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > maxLength) {
            throw RestException.badParameter(
                    "Parameter "
                            + name
                            + " must have 1 to "
                            + maxLength
                            + " characters, it has "
                            + length);
        }
        return value;
    }

    Optional<Boolean> flag(String name) throws RestException {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get().toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default ->
                    throw RestException.badParameter(
                            "Parameter " + name + " must be true or false");
        };
    }

    int integer(String name, int min, int max, int standard) throws RestException {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return standard;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw RestException.badParameter(
                "Parameter " + name + " must be a number from " + min + " to " + max);
    }
}
