package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreFaultsTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("microvisor.root", "../.."))
                    .resolve("samples/firmware/config-fetch/config-fetch.elf");

    @TempDir Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(streams, arguments);
        return new Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Result explore(String... more) {
        assumeTrue(Files.exists(SAMPLE), "no sample " + SAMPLE);
        List<String> arguments =
                new ArrayList<>(
                        List.of("run", SAMPLE.toString(), "--explore-faults", "--format", "json"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    private static List<JsonObject> results(String report) {
        List<JsonObject> results = new ArrayList<>();
        for (JsonElement one :
                JsonParser.parseString(report).getAsJsonObject().getAsJsonArray("results")) {
            results.add(one.getAsJsonObject());
        }
        return results;
    }

    @Test
    void shardsMergeToWhatOneMachineFindsWhateverTheNumberOfJobs() throws Exception {
        Result whole = explore("-j", "1");
        assertThat(results(whole.out())).hasSizeGreaterThan(20);
        assertThat(explore("-j", "3").out()).isEqualTo(whole.out());
        Path first = folder.resolve("1.json");
        Path second = folder.resolve("2.json");
        Files.writeString(first, explore("--shard", "1/2").out());
        Files.writeString(second, explore("--shard", "2/2").out());
        String[] merge = {
            "run", "--merge", "--format", "json", second.toString(), first.toString()
        };
        assertThat(run(merge).out()).isEqualTo(whole.out());
        assertThat(run("run", "--merge", first.toString()).err())
                .contains("a shard is missing: 2/2");
    }

    /** {@code fragile.c} says at each function what becomes of it. */
    @Test
    void eachOutcomeIsFoundWhereItIs() {
        Result result =
                run("run", "src/test/firmware/fragile.elf", "--explore-faults", "--format", "json");
        assertThat(result.code()).isEqualTo(ExitCodes.CRASHED);
        List<String> found =
                results(result.out()).stream()
                        .filter(r -> !r.get("outcome").getAsString().equals("survived"))
                        .map(ExploreFaultsTest::summary)
                        .distinct()
                        .toList();
        assertThat(found)
                .containsExactly(
                        "hang in hangs",
                        "crash in crashes",
                        "overflow in overflows",
                        "leak in leaks",
                        "hang in spins");
    }

    private static String summary(JsonObject result) {
        String function = result.getAsJsonObject("site").get("function").getAsString();
        return result.get("outcome").getAsString() + " in " + function;
    }

    /** A trial begins at a snapshot; its replay begins at reset. */
    @Test
    void theReplayCommandReachesTheSameState() {
        List<JsonObject> all = results(explore().out());
        for (int i = 0; i < all.size(); i += 7) {
            JsonObject trial = all.get(i);
            String replay = trial.get("replay").getAsString();
            String limit = replay.replaceAll(".*--max-instructions (\\d+).*", "$1");
            String injection = replay.replaceAll(".*'(.*)'", "$1");
            Result again =
                    run(
                            "run",
                            SAMPLE.toString(),
                            "--format",
                            "json",
                            "--max-instructions",
                            limit,
                            "--inject",
                            injection);
            List<String> lines = again.out().lines().toList();
            JsonObject end = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
            assertThat(again.out()).as(replay).doesNotContain("never took effect");
            assertThat(end.get("stateHash")).as(replay).isEqualTo(trial.get("stateHash"));
            assertThat(end.get("instruction")).as(replay).isEqualTo(trial.get("instructions"));
        }
    }

    private static final String STALLING = "src/test/firmware/stalling.elf";

    /** {@code stalling.c} gives one of two things up for good at its first error. */
    @Test
    void firmwareThatGoesOnWithOneThingLessHasStalled() {
        Result result =
                run("run", STALLING, "--explore-faults", "--max-time", "10s", "--format", "json");
        JsonObject stalled =
                results(result.out()).stream()
                        .filter(r -> r.get("outcome").getAsString().equals("stall"))
                        .findFirst()
                        .orElseThrow();
        assertThat(summary(stalled)).isEqualTo("stall in measure");
        assertThat(stalled.get("detail").getAsString())
                .startsWith("mvGetMicroseconds at stalling.c:15 measure not called since");
    }

    @Test
    void laterCallsOfAPlaceAreFailedWhenAskedFor() {
        Result result =
                run(
                        "run",
                        STALLING,
                        "--explore-faults",
                        "--max-time",
                        "5s",
                        "--hits",
                        "3",
                        "--format",
                        "json");
        List<JsonObject> stalls =
                results(result.out()).stream()
                        .filter(r -> r.get("outcome").getAsString().equals("stall"))
                        .toList();
        assertThat(stalls).extracting(r -> r.get("nth").getAsInt()).containsExactly(1, 2, 3);
        JsonObject third = stalls.get(2);
        String replay = third.get("replay").getAsString();
        assertThat(replay).endsWith("mvGetMicroseconds=MV_STATUS_PARAMETERFAULT#3'");
        String limit = replay.replaceAll(".*--max-instructions (\\d+).*", "$1");
        Result again =
                run(
                        "run",
                        STALLING,
                        "--format",
                        "json",
                        "--max-instructions",
                        limit,
                        "--inject",
                        replay.replaceAll(".*'(.*)'", "$1"));
        List<String> lines = again.out().lines().toList();
        JsonObject end = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
        assertThat(end.get("stateHash")).isEqualTo(third.get("stateHash"));
        assertThat(run("run", STALLING, "--explore-faults", "--hits", "17").err())
                .contains("--hits 17");
    }

    @Test
    void aWrongRequestIsOneMessage() {
        assertThat(explore("--shard", "3/2").err()).contains("--shard 3/2").contains("2/4");
        assertThat(explore("-j", "0").code()).isEqualTo(ExitCodes.COULD_NOT_RUN);
        assertThat(run("run", SAMPLE.toString(), "--inject", "mvNothing=OKAY").err())
                .contains("mvNothing");
        assertThat(run("run", SAMPLE.toString(), "--inject", "mvNoOp=SOME").err())
                .contains("MV_STATUS_SOME");
        assertThat(run("run", SAMPLE.toString(), "--inject", "what").err()).contains("FILE:LINE");
    }

    @Test
    void anInjectionThatNeverTakesEffectIsAWarning() {
        assumeTrue(Files.exists(SAMPLE), "no sample " + SAMPLE);
        Result result = run("run", SAMPLE.toString(), "--inject", "mvDeepSleep=UNAVAILABLE");
        assertThat(result.err()).contains("never took effect").contains("0 times");
        assertThat(result.code()).isEqualTo(ExitCodes.DONE);
    }
}
