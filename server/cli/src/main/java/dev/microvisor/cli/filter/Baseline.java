package dev.microvisor.cli.filter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.microvisor.analysis.Finding;
import dev.microvisor.cli.report.Fingerprints;
import dev.microvisor.cli.report.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The findings that a project has accepted for now, by fingerprint. Paths are kept relative to the
 * folder of the baseline file, so that it may be committed. Immutable.
 */
public final class Baseline {
    private static final int VERSION = 1;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Map<String, Entry> entries;

    /** What a person sees of an accepted finding when reviewing the file. */
    private record Entry(String rule, String file, String function) {}

    private Baseline(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** The baseline that accepts all of {@code findings}. */
    public static Baseline of(List<Finding> findings, Path file, Sources sources) {
        Path base = folder(file);
        Fingerprints fingerprints = new Fingerprints(base, sources);
        Map<String, Entry> entries = new TreeMap<>();
        for (Finding finding : findings) {
            entries.put(
                    fingerprints.next(finding),
                    new Entry(finding.rule(), name(base, finding), finding.function()));
        }
        return new Baseline(entries);
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    private static String name(Path base, Finding finding) {
        Path file = finding.range().file().toAbsolutePath().normalize();
        return (file.startsWith(base) ? base.relativize(file) : file).toString().replace('\\', '/');
    }

    /**
     * @throws IOException with a sentence when the file is not a baseline or cannot be read
     */
    public static Baseline read(Path file) throws IOException {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            if (!json.has("version") || json.get("version").getAsInt() != VERSION) {
                throw new IOException("is not a baseline of version " + VERSION);
            }
            Map<String, Entry> entries = new TreeMap<>();
            for (JsonElement element : json.getAsJsonArray("findings")) {
                JsonObject entry = element.getAsJsonObject();
                entries.put(
                        entry.get("fingerprint").getAsString(),
                        new Entry(
                                entry.get("rule").getAsString(),
                                entry.get("file").getAsString(),
                                entry.get("function").getAsString()));
            }
            return new Baseline(entries);
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException
                | NumberFormatException e) {
            // Gson's way to say that a field is absent or of another type.
            throw new IOException("is not a baseline file", e);
        }
    }

    public void write(Path file) throws IOException {
        JsonArray findings = new JsonArray();
        entries.entrySet().stream()
                .sorted(
                        Map.Entry.comparingByValue(
                                java.util.Comparator.comparing(Entry::file)
                                        .thenComparing(Entry::rule)
                                        .thenComparing(Entry::function)))
                .forEach(
                        entry -> {
                            JsonObject json = new JsonObject();
                            json.addProperty("rule", entry.getValue().rule());
                            json.addProperty("file", entry.getValue().file());
                            json.addProperty("function", entry.getValue().function());
                            json.addProperty("fingerprint", entry.getKey());
                            findings.add(json);
                        });
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.add("findings", findings);
        Files.writeString(file, GSON.toJson(json) + "\n");
    }

    public int size() {
        return entries.size();
    }

    /** The findings that are not accepted. */
    public List<Finding> newIn(List<Finding> findings, Path file, Sources sources) {
        Fingerprints fingerprints = new Fingerprints(folder(file), sources);
        List<Finding> fresh = new ArrayList<>();
        for (Finding finding : findings) {
            if (!entries.containsKey(fingerprints.next(finding))) {
                fresh.add(finding);
            }
        }
        return fresh;
    }

    /**
     * Without what is no longer found, as far as the files {@code looked} at can tell, and without
     * files that no longer exist.
     */
    public Baseline pruned(
            List<Finding> findings, Predicate<Path> looked, Path file, Sources sources) {
        Path base = folder(file);
        Set<String> present = of(findings, file, sources).entries.keySet();
        Map<String, Entry> kept = new TreeMap<>();
        entries.forEach(
                (print, entry) -> {
                    Path place = base.resolve(entry.file()).normalize();
                    boolean gone = !Files.exists(place) || looked.test(place);
                    if (present.contains(print) || !gone) {
                        kept.put(print, entry);
                    }
                });
        return new Baseline(kept);
    }
}
