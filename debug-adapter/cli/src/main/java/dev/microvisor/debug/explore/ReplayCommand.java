package dev.microvisor.debug.explore;

import dev.microvisor.dap.firmware.LaunchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The command that runs one trial again, from reset, to look at it closely.
 *
 * @param limit number of the instruction at which it ends at the latest
 * @param sites all places of the firmware that make calls
 */
record ReplayCommand(LaunchOptions options, Trial trial, long limit, List<Site> sites) {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");

    /** For a POSIX shell. */
    String text() {
        List<String> words = new ArrayList<>(List.of("microvisor", "run"));
        words.add(options.program().toString());
        options.cloud().ifPresent(cloud -> words.addAll(List.of("--cloud", cloud.toString())));
        options.seed().ifPresent(seed -> words.addAll(List.of("--seed", seed.toString())));
        words.addAll(List.of("--max-instructions", Long.toString(limit)));
        words.addAll(List.of("--inject", injection()));
        return String.join(" ", words.stream().map(ReplayCommand::quoted).toList());
    }

    /** As {@code --inject} takes it, by source line unless two places are on one. */
    private String injection() {
        Site site = trial.site();
        long sameLine =
                sites.stream()
                        .filter(
                                other ->
                                        other.call().equals(site.call())
                                                && other.fileName().equals(site.fileName())
                                                && other.line() == site.line())
                        .count();
        String place =
                site.file().isEmpty() || sameLine > 1
                        ? String.format("0x%08x", site.returnAddress())
                        : site.fileName() + ":" + site.line();
        return place + " " + site.call() + "=" + trial.status().constantName() + "#" + trial.nth();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
