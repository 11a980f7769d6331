package dev.microvisor.debug.explore;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.view.Times;
import dev.microvisor.debug.explore.ExplorationReport.BaselineEntry;
import dev.microvisor.debug.explore.ExplorationReport.Result;
import dev.microvisor.emulator.kernel.CallInjection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** All trials of one firmware, or one shard of them. */
public final class Exploration {
    /** A run that ended by itself may take twice as long after a fault, and this much more. */
    private static final int EXTRA_S = 60;

    /** How much more than the run without a fault the core may execute: four times and this. */
    private static final long EXTRA_EXECUTED = 100_000_000;

    private static final int EXECUTED_FACTOR = 4;

    /** Calls of a place that can be failed. */
    public static final int MAX_HITS = RunRecorder.KEPT_USES;

    private final LaunchOptions options;
    private final Shard shard;
    private final int jobs;
    private final int hits;
    private final Consumer<Progress> progress;
    private volatile boolean stopped;

    /**
     * @param jobs how many trials run at a time
     * @param progress told after each trial, from any thread
     */
    public Exploration(
            LaunchOptions options, Shard shard, int jobs, int hits, Consumer<Progress> progress) {
        this.hits = hits;
        this.options = options;
        this.shard = shard;
        this.jobs = jobs;
        this.progress = progress;
    }

    /** Knows how long a run may take, once the clock is known. */
    public interface LimitReader {
        /** In instruction numbers. */
        long instructions(int clockHz) throws CannotRun;
    }

    /** How far it is. */
    public record Progress(int done, int total) {}

    /** Ends soon, with what was finished until then; from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs it all, or until {@link #stop}.
     *
     * @param limits how long the run without injections may take
     * @return empty when it was stopped before the first injection
     */
    public Optional<ExplorationReport> run(LimitReader limits) throws CannotRun {
        ExploredBoard board = ExploredBoard.load(options, () -> stopped);
        long limit = limits.instructions(board.machine().clockHz());
        Baseline baseline = Baseline.of(board, limit);
        if (stopped) {
            return Optional.empty();
        }
        if (baseline.end().kind() == RunEnd.Kind.CRASH
                || baseline.end().kind() == RunEnd.Kind.OVERFLOW
                || baseline.end().kind() == RunEnd.Kind.UNSUPPORTED) {
            throw new CannotRun(
                    options.program()
                            + " cannot be explored: without any fault it ends with "
                            + baseline.end().text()
                            + ". Run it without --explore-faults first");
        }
        List<Trial> all = baseline.trials(hits);
        List<Trial> mine = all.stream().filter(shard::has).toList();
        Limits allowed = Limits.of(baseline, limit, board.machine().clockHz());
        List<Result> results = new ArrayList<>(inParallel(mine, baseline, allowed));
        results.sort(Comparator.comparingInt(Result::index));
        return Optional.of(
                new ExplorationReport(
                        ExplorationReport.VERSION,
                        options.program().toString(),
                        ExplorationReport.hash(options.program()),
                        shard,
                        new BaselineEntry(
                                baseline.end().kind().name().toLowerCase(Locale.ROOT),
                                baseline.instructions(),
                                seconds(baseline.instructions(), board.machine().clockHz()),
                                baseline.sites().size()),
                        all.size(),
                        results.size() < mine.size(),
                        results));
    }

    static double seconds(long instructions, int clockHz) {
        return Times.microseconds(instructions, clockHz) / 1e6;
    }

    /** What a trial may take. */
    record Limits(long instructions, long executed) {
        static Limits of(Baseline baseline, long limit, int clockHz) {
            long instructions =
                    baseline.end().isCutOff()
                            ? limit
                            : 2 * baseline.instructions() + (long) EXTRA_S * clockHz;
            return new Limits(
                    instructions, EXECUTED_FACTOR * baseline.end().executed() + EXTRA_EXECUTED);
        }
    }

    private List<Result> inParallel(List<Trial> trials, Baseline baseline, Limits limits)
            throws CannotRun {
        int workers = Math.max(1, Math.min(jobs, trials.size()));
        Counter counter = new Counter(trials.size());
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<List<Result>>> running = new ArrayList<>();
            for (List<Trial> share : shares(trials, workers)) {
                Callable<List<Result>> work = () -> work(share, baseline, limits, counter);
                running.add(pool.submit(work));
            }
            List<Result> results = new ArrayList<>();
            for (Future<List<Result>> future : running) {
                results.addAll(outcome(future));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Result> outcome(Future<List<Result>> future) throws CannotRun {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotRun cannot) {
                throw cannot;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Trials of one place stay together: they begin at the same snapshot. */
    private static List<List<Trial>> shares(List<Trial> trials, int workers) {
        List<List<Trial>> shares = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            shares.add(new ArrayList<>());
        }
        int place = -1;
        long previous = -1;
        for (Trial trial : trials) {
            if (trial.at() != previous) {
                place++;
                previous = trial.at();
            }
            shares.get(place % workers).add(trial);
        }
        return shares;
    }

    private final class Counter {
        private final int total;
        private int done;

        Counter(int total) {
            this.total = total;
        }

        synchronized void one() {
            done++;
            progress.accept(new Progress(done, total));
        }
    }

    /** Goes forward from place to place and does the trials of each from a snapshot before it. */
    private List<Result> work(List<Trial> trials, Baseline baseline, Limits limits, Counter counter)
            throws CannotRun {
        ExploredBoard board = ExploredBoard.load(options, () -> stopped);
        Judge judge = new Judge(baseline, board);
        List<Result> results = new ArrayList<>();
        long at = -1;
        ExploredBoard.Saved before = null;
        for (Trial trial : trials) {
            if (before != null) {
                board.restore(before);
            }
            if (trial.at() != at) {
                at = trial.at();
                board.inject(List.of());
                board.run(at, Long.MAX_VALUE);
                before = board.save();
            }
            Result result = one(board, judge, trial, limits, baseline.sites());
            if (stopped) {
                break; // The trial was cut off, or the way to it: it says nothing.
            }
            results.add(result);
            counter.one();
        }
        return results;
    }

    private Result one(
            ExploredBoard board, Judge judge, Trial trial, Limits limits, List<Site> sites) {
        Site site = trial.site();
        board.inject(
                List.of(
                        new CallInjection(
                                site.call(),
                                address -> address == site.returnAddress(),
                                trial.status(),
                                1,
                                1)));
        RunEnd end = board.run(limits.instructions(), limits.executed());
        Judge.Verdict verdict = judge.of(trial, end);
        long now = board.machine().now();
        return new Result(
                trial.index(),
                site,
                trial.nth(),
                trial.status().constantName(),
                verdict.outcome(),
                verdict.detail(),
                board.recorder().lastLog(),
                now,
                seconds(now, board.machine().clockHz()),
                String.format("%016x", board.machine().stateHash()),
                new ReplayCommand(options, trial, limits.instructions(), sites).text());
    }
}
