package dev.microvisor.debug.explore;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.debug.explore.RunRecorder.SiteKey;
import dev.microvisor.debug.explore.RunRecorder.SiteUse;
import dev.microvisor.debug.run.CallPlaces;
import dev.microvisor.emulator.api.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The run without injections, which all others are compared with.
 *
 * @param instructions number of the instruction at which it ended
 * @param functions on the stack at the end, innermost first
 * @param sites every place that made a call, in the order of their first use
 */
record Baseline(
        RunEnd end,
        long instructions,
        List<String> functions,
        List<Site> sites,
        RunRecorder recorder) {
    Baseline {
        functions = List.copyOf(functions);
        sites = List.copyOf(sites);
    }

    static Baseline of(ExploredBoard board, long limit) {
        RunEnd end = board.run(limit, Long.MAX_VALUE);
        CallPlaces places = new CallPlaces(board.target());
        List<Site> sites = new ArrayList<>();
        for (Map.Entry<SiteKey, SiteUse> entry : board.recorder().uses().entrySet()) {
            Catalog.bundled()
                    .callAtSlot(entry.getKey().slot())
                    .ifPresent(
                            call ->
                                    sites.add(
                                            Site.of(
                                                    call.name(),
                                                    places.at(entry.getKey().returnAddress()),
                                                    entry.getValue().first())));
        }
        return new Baseline(end, board.machine().now(), board.functions(), sites, board.recorder());
    }

    /** A call that was made. */
    private record SiteCall(Site site, RunRecorder.Use use) {}

    /**
     * Every documented error status at every place, in the order in which the calls are made.
     *
     * @param hits how many of the calls from each place; of those that were not jumped over
     */
    List<Trial> trials(int hits) {
        List<SiteCall> calls = new ArrayList<>();
        for (Site site : sites) {
            int slot = Catalog.bundled().call(site.call()).orElseThrow().slot();
            SiteUse used = recorder.uses().get(new SiteKey(site.returnAddress(), slot));
            used.kept().stream().limit(hits).forEach(use -> calls.add(new SiteCall(site, use)));
        }
        calls.sort(Comparator.comparingLong(made -> made.use().at()));
        List<Trial> trials = new ArrayList<>();
        for (SiteCall made : calls) {
            SystemCall call = Catalog.bundled().call(made.site().call()).orElseThrow();
            for (StatusCase error : call.statuses()) {
                if (error.documented()) {
                    trials.add(
                            new Trial(
                                    trials.size(),
                                    made.site(),
                                    status(error.status()),
                                    made.use().nth(),
                                    made.use().at()));
                }
            }
        }
        return trials;
    }

    private static Status status(String constant) {
        return Arrays.stream(Status.values())
                .filter(s -> s.constantName().equals(constant))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no status " + constant));
    }
}
