package dev.microvisor.cli.report;

import dev.microvisor.analysis.text.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The texts that a report quotes, each read once. An unreadable file reads as empty. */
public final class Sources {
    private final Map<Path, SourceText> texts = new HashMap<>();

    /**
     * @param overlays contents that replace those on disk
     */
    public Sources(Map<Path, String> overlays) {
        overlays.forEach((path, text) -> texts.put(path, SourceText.of(text)));
    }

    public SourceText of(Path file) {
        return texts.computeIfAbsent(file, Sources::read);
    }

    private static SourceText read(Path file) {
        try {
            return SourceText.read(file);
        } catch (IOException e) {
            // The file went away after it was analysed: the report stands, without the quotation.
            return SourceText.of("");
        }
    }
}
