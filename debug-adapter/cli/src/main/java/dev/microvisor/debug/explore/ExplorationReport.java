package dev.microvisor.debug.explore;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.debug.run.IoProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an exploration found; the JSON of {@code --report} has the same fields.
 *
 * @param program path of the ELF file as it was given
 * @param programSha256 of its bytes
 * @param injections all of the firmware, in all shards
 * @param interrupted whether somebody ended it before all of the shard were tried
 * @param results of this shard, by index
 */
public record ExplorationReport(
        int version,
        String program,
        String programSha256,
        Shard shard,
        BaselineEntry baseline,
        int injections,
        boolean interrupted,
        List<Result> results) {
    static final int VERSION = 1;

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** A report larger than this is none of ours. */
    private static final long MAX_FILE_BYTES = 256L << 20;

    public ExplorationReport {
        results = List.copyOf(results);
    }

    /**
     * The run without injections.
     *
     * @param end {@code idle}, {@code exit} or {@code limit}
     * @param sites how many places call Microvisor
     */
    public record BaselineEntry(String end, long instructions, double seconds, int sites) {}

    /**
     * One injection.
     *
     * @param nth which of the calls from the site got the status, from 1
     * @param status name of the {@code MvStatus} constant
     * @param lastLog the last line that the firmware logged
     * @param instructions when the run ended
     * @param stateHash of the machine at the end, as {@code run --format json} prints it
     * @param replay a command that does the same from reset
     */
    public record Result(
            int index,
            Site site,
            int nth,
            String status,
            Outcome outcome,
            String detail,
            String lastLog,
            long instructions,
            double seconds,
            String stateHash,
            String replay) {
        /** False for what a file has left out, or what another version calls otherwise. */
        boolean isWhole() {
            return Stream.of(site, status, outcome, detail, lastLog, stateHash, replay)
                    .allMatch(Objects::nonNull);
        }
    }

    /** Those that somebody should look at. */
    public List<Result> findings() {
        return results.stream().filter(r -> r.outcome().isFinding()).toList();
    }

    public String json() {
        return GSON.toJson(this) + "\n";
    }

    static String hash(Path program) throws CannotRun {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(program)));
        } catch (IOException e) {
            throw new CannotRun("cannot read " + program + ": " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads what {@link #json} wrote. */
    public static ExplorationReport read(Path file) throws CannotRun {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new CannotRun(file + " is larger than any report of --explore-faults");
            }
            JsonElement json = JsonParser.parseString(Files.readString(file));
            if (!hasShape(json)) {
                throw new CannotRun(file + " is not a report of --explore-faults of this version");
            }
            ExplorationReport report = GSON.fromJson(json, ExplorationReport.class);
            if (report.version != VERSION || !report.results.stream().allMatch(Result::isWhole)) {
                throw new CannotRun(file + " is not a report of --explore-faults of this version");
            }
            return report;
        } catch (IOException e) {
            throw new CannotRun("cannot read " + file + ": " + IoProblem.of(e));
        } catch (JsonParseException e) {
            throw new CannotRun(file + " is not a report of --explore-faults: it is no JSON");
        }
    }

    /** Whether there is enough for Gson to make a report of it. */
    private static boolean hasShape(JsonElement json) {
        if (!(json instanceof JsonObject report) || !report.has("version")) {
            return false;
        }
        return report.get("shard") instanceof JsonObject
                && report.get("baseline") instanceof JsonObject
                && report.has("programSha256")
                && report.get("results") instanceof JsonArray results
                && results.asList().stream().allMatch(JsonElement::isJsonObject);
    }

    /** Such as {@code : 2/3}; empty when that cannot be told. */
    private static String missing(List<ExplorationReport> shards) {
        int count = shards.get(0).shard.count();
        List<Integer> given = shards.stream().map(report -> report.shard.index()).toList();
        String missing =
                IntStream.rangeClosed(1, count)
                        .filter(index -> !given.contains(index))
                        .mapToObj(index -> index + "/" + count)
                        .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "" : ": " + missing;
    }

    /** Puts the reports of shards together; the whole is as one machine would have written it. */
    public static ExplorationReport merge(List<ExplorationReport> shards) throws CannotRun {
        ExplorationReport first = shards.get(0);
        Map<Integer, Result> results = new TreeMap<>();
        for (ExplorationReport shard : shards) {
            if (shard.interrupted) {
                throw new CannotRun(
                        "the exploration of shard "
                                + shard.shard.index()
                                + " of "
                                + shard.shard.count()
                                + " was interrupted: run it again");
            }
            if (!shard.programSha256.equals(first.programSha256)
                    || !shard.baseline.equals(first.baseline)
                    || shard.injections != first.injections) {
                throw new CannotRun(
                        "the reports are of different runs: "
                                + first.program
                                + " and "
                                + shard.program
                                + " differ in firmware, cloud file, seed or time");
            }
            for (Result result : shard.results) {
                if (results.put(result.index(), result) != null) {
                    throw new CannotRun(
                            "two reports have injection "
                                    + result.index()
                                    + ": give each shard once");
                }
            }
        }
        if (results.size() != first.injections) {
            throw new CannotRun(
                    "the reports have "
                            + results.size()
                            + " of "
                            + first.injections
                            + " injections: a shard is missing"
                            + missing(shards));
        }
        List<Result> all = new ArrayList<>(results.values());
        all.sort(Comparator.comparingInt(Result::index));
        return new ExplorationReport(
                VERSION,
                first.program,
                first.programSha256,
                Shard.WHOLE,
                first.baseline,
                first.injections,
                false,
                all);
    }
}
