package dev.microvisor.debug.explore;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.debug.explore.HandleLedger.Opened;
import dev.microvisor.debug.explore.RunRecorder.SiteKey;
import dev.microvisor.debug.explore.RunRecorder.SiteUse;
import dev.microvisor.debug.run.CallPlaces;
import dev.microvisor.debug.run.Whereabouts;
import dev.microvisor.emulator.machine.Registers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares a run in which a call failed with the one in which it did not. */
final class Judge {
    /** A place that is used less often has no rhythm. */
    private static final int LEAST_USES = 3;

    /** Beside twice the usual pause, so much is no silence yet. */
    private static final double PATIENCE_S = 1.0;

    /** By the names that the C library, CMSIS, the vendor's code and RTOSes give them. */
    private static final Set<String> GIVE_UP =
            Set.of(
                    "__assert_func",
                    "__assert",
                    "abort",
                    "_exit",
                    "_Exit",
                    "assert_failed",
                    "vAssertCalled",
                    "Error_Handler",
                    "std::terminate");

    private static final byte[] BRANCH_TO_ITSELF = {(byte) 0xFE, (byte) 0xE7};

    private final Baseline baseline;
    private final ExploredBoard board;
    private final CallPlaces places;

    Judge(Baseline baseline, ExploredBoard board) {
        this.baseline = baseline;
        this.board = board;
        places = new CallPlaces(board.target());
    }

    /** What became of the firmware, in a word and a sentence. */
    record Verdict(Outcome outcome, String detail) {}

    /** The board stands where the run ended. */
    Verdict of(Trial trial, RunEnd end) {
        return switch (end.kind()) {
            case CRASH -> new Verdict(Outcome.CRASH, end.text());
            case OVERFLOW -> new Verdict(Outcome.OVERFLOW, end.text());
            case UNSUPPORTED -> new Verdict(Outcome.UNKNOWN, end.text());
            case IDLE -> idle(trial, end);
            case EXIT -> leakOr(trial, end, "ends itself: " + end.text());
            case LIMIT, BUSY -> cutOff(trial, end);
        };
    }

    private Verdict idle(Trial trial, RunEnd end) {
        List<String> functions = board.functions();
        boolean same =
                baseline.end().kind() == RunEnd.Kind.IDLE && functions.equals(baseline.functions());
        if (same) {
            return leakOr(trial, end, "ends idle, as without the fault");
        }
        return new Verdict(
                hangOr(functions),
                "idles for ever in "
                        + chain(functions)
                        + " from "
                        + time(board.machine().now())
                        + " on; without the fault it "
                        + withoutTheFault());
    }

    /** Firmware that stands in one of these functions has stopped itself. */
    static Outcome hangOr(List<String> functions) {
        return functions.stream().anyMatch(GIVE_UP::contains) ? Outcome.GIVES_UP : Outcome.HANG;
    }

    private String withoutTheFault() {
        String when = time(baseline.instructions());
        return switch (baseline.end().kind()) {
            case IDLE -> "ends idle in " + chain(baseline.functions()) + " at " + when;
            case EXIT -> "ends itself at " + when;
            default -> "goes on";
        };
    }

    private static String chain(List<String> functions) {
        int shown = Math.min(functions.size(), 3);
        return functions.isEmpty()
                ? "an unknown place"
                : String.join(" < ", functions.subList(0, shown));
    }

    private Verdict cutOff(Trial trial, RunEnd end) {
        long now = board.machine().now();
        if (end.kind() == RunEnd.Kind.BUSY) {
            return new Verdict(
                    hangOr(board.functions()),
                    String.format(
                            Locale.ROOT,
                            "busy for ever: %,d instructions by %s, now in %s; without the fault %,d",
                            end.executed(),
                            time(now),
                            Whereabouts.of(board.target()),
                            baseline.end().executed()));
        }
        if (!baseline.end().isCutOff()) {
            return new Verdict(
                    hangOr(board.functions()),
                    "still running at "
                            + time(now)
                            + " in "
                            + Whereabouts.of(board.target())
                            + "; without the fault it "
                            + withoutTheFault());
        }
        return stuck().or(() -> silence(now))
                .orElseGet(() -> leakOr(trial, end, "goes on, as without the fault"));
    }

    /** At a branch to itself, as after a failed assertion: the other run did not end there. */
    private Optional<Verdict> stuck() {
        List<String> functions = board.functions();
        boolean asWithoutTheFault =
                !functions.isEmpty()
                        && !baseline.functions().isEmpty()
                        && functions.get(0).equals(baseline.functions().get(0));
        byte[] code =
                board.machine().peek(board.machine().registers().get(Registers.PC), Short.BYTES);
        if (asWithoutTheFault || !Arrays.equals(code, BRANCH_TO_ITSELF)) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict(
                        hangOr(functions),
                        "loops for ever in "
                                + Whereabouts.of(board.target())
                                + "; without the fault it "
                                + withoutTheFault()));
    }

    /** What fell silent that the other run kept using to its end. */
    private Optional<Verdict> silence(long now) {
        RunRecorder before = baseline.recorder();
        long usual = before.longestSilence(baseline.instructions());
        if (isSilence(now - board.recorder().lastSign(), usual)) {
            return Optional.of(
                    new Verdict(
                            hangOr(board.functions()),
                            "no call and no output since "
                                    + time(board.recorder().lastSign())
                                    + ", now in "
                                    + Whereabouts.of(board.target())
                                    + "; without the fault never silent for longer than "
                                    + seconds(usual)));
        }
        List<String> silent = new ArrayList<>();
        int rhythmic = 0;
        for (Map.Entry<SiteKey, SiteUse> entry : before.uses().entrySet()) {
            SiteUse use = entry.getValue();
            long tail = baseline.instructions() - use.last();
            if (use.hits() < LEAST_USES || isSilence(tail, use.longestGap())) {
                continue;
            }
            rhythmic++;
            SiteUse here = board.recorder().uses().get(entry.getKey());
            long last = here == null ? 0 : here.last();
            if (isSilence(now - last, Math.max(use.longestGap(), tail))) {
                silent.add(describe(entry.getKey(), last, use));
            }
        }
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        boolean all = silent.size() == rhythmic;
        String others = silent.size() > 1 ? " (and " + (silent.size() - 1) + " more places)" : "";
        return Optional.of(new Verdict(all ? Outcome.HANG : Outcome.STALL, silent.get(0) + others));
    }

    private String describe(SiteKey key, long last, SiteUse use) {
        String call = Catalog.bundled().callAtSlot(key.slot()).map(SystemCall::name).orElseThrow();
        Site site = Site.of(call, places.at(key.returnAddress()), use.first());
        String since = last == 0 ? "not called at all" : "not called since " + time(last);
        return call
                + " at "
                + site.text()
                + " "
                + since
                + "; without the fault at least every "
                + seconds(use.longestGap());
    }

    private boolean isSilence(long pause, long usual) {
        return pause > 2 * usual + (long) (PATIENCE_S * board.machine().clockHz());
    }

    /** A leak if there is one, else it has survived. */
    private Verdict leakOr(Trial trial, RunEnd end, String otherwise) {
        List<Opened> kept = lasting(board.recorder().handles(), end, board.machine().now());
        List<Opened> usual =
                lasting(baseline.recorder().handles(), baseline.end(), baseline.instructions());
        String refused = refusedRelease(trial);
        List<Opened> leaked = new ArrayList<>(kept);
        for (Opened opened : usual) {
            remove(leaked, opened.resource());
        }
        remove(leaked, refused);
        if (leaked.isEmpty()) {
            return new Verdict(Outcome.SURVIVED, otherwise);
        }
        Opened first = leaked.get(0);
        String others = leaked.size() > 1 ? ", and " + (leaked.size() - 1) + " more" : "";
        Site opener = Site.of("", places.at(first.callSite()), first.instruction());
        return new Verdict(
                Outcome.LEAK,
                "keeps the "
                        + first.resource()
                        + " handle that it got at "
                        + opener.text()
                        + others
                        + "; "
                        + otherwise);
    }

    /** Takes away the oldest of a kind, which both runs have. */
    private static void remove(List<Opened> handles, String resource) {
        for (int i = 0; i < handles.size(); i++) {
            if (handles.get(i).resource().equals(resource)) {
                handles.remove(i);
                return;
            }
        }
    }

    /**
     * Handles that will not be given back. In a run that was cut off, those that are younger than
     * twice the longest life of their kind may still be.
     */
    private List<Opened> lasting(HandleLedger handles, RunEnd end, long now) {
        return handles.olderThan(-1, now).stream()
                .filter(
                        opened ->
                                !end.isCutOff()
                                        || isSilence(
                                                now - opened.instruction(),
                                                baseline.recorder()
                                                        .handles()
                                                        .longestLife(opened.resource())))
                .toList();
    }

    /** The kind of handle that the injected status refused to take back; empty for none. */
    private static String refusedRelease(Trial trial) {
        SystemCall call = Catalog.bundled().call(trial.site().call()).orElseThrow();
        for (Effect effect : call.effects()) {
            if (effect instanceof Effect.Releases releases
                    && !releases.statuses().contains(trial.status().constantName())) {
                return releases.resource();
            }
        }
        return "";
    }

    private String time(long instruction) {
        return "+" + seconds(instruction);
    }

    private String seconds(long instructions) {
        return String.format(
                Locale.ROOT, "%.3f s", (double) instructions / board.machine().clockHz());
    }
}
