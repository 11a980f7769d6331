package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code station.cpp}: C++ with exceptions, virtual calls, statics with constructors, strings,
 * containers, functions and printf, on newlib.
 */
class StationFirmwareTest {
    private static final Path SOURCES = Path.of("src/test/firmware").toAbsolutePath();
    private static final Path SDK =
            Path.of(System.getProperty("microvisor.root", "../.."))
                    .toAbsolutePath()
                    .resolve("samples/firmware/sdk");
    private static final String NEWLIB_FOR_CPP =
            "arm-none-eabi-g++ with its library not found: apt-get install"
                    + " libstdc++-arm-none-eabi-newlib";
    private static final List<String> LOG =
            List.of(
                    "constructed before main",
                    "printf: 2.500 text",
                    "missing: NACK",
                    "posted {\"board\":25.25,\"climate\":25.00}",
                    "answer 201 stored",
                    "too much: std::bad_alloc");

    @TempDir Path folder;

    private static JsonRun run(Path elf) {
        return JsonRun.of(
                "",
                elf.toString(),
                "--cloud",
                SOURCES.resolve("station.toml").toString(),
                "--memory");
    }

    @Test
    void cppOnNewlibDoesWhatItSays() {
        JsonRun run = run(SOURCES.resolve("station.elf"));
        assertThat(run.log()).isEqualTo(LOG);
        assertThat(run.event("end").get("reason").getAsString()).isEqualTo("idle");
    }

    /** The file has no debug information: the break is found by what the code of sbrk refers to. */
    @Test
    void theHeapOfAnySbrkIsReportedAndIsNoStack() {
        JsonObject memory = run(SOURCES.resolve("station.elf")).event("memory");
        JsonObject heap = memory.getAsJsonArray("heaps").get(0).getAsJsonObject();
        assertThat(heap.get("name").getAsString()).isEqualTo("sbrk");
        assertThat(heap.get("usedBytes").getAsLong()).isBetween(1_000L, 20_000L);
        JsonObject stack = memory.getAsJsonArray("stacks").get(0).getAsJsonObject();
        assertThat(stack.get("usedBytes").getAsLong()).isBetween(500L, 4_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O2"})
    void theSourceCompiledAnewDoesTheSame(String optimisation) throws Exception {
        List<String> flags =
                new ArrayList<>(
                        List.of("-mcpu=cortex-m33", "-mthumb", "-mfloat-abi=soft", optimisation));
        flags.addAll(List.of("-ffunction-sections", "-fdata-sections"));
        flags.addAll(List.of("-Wall", "-Wextra", "-I", SDK.toString()));
        for (String file : List.of("startup", "clock")) {
            List<String> command = new ArrayList<>(List.of("arm-none-eabi-gcc", "-std=gnu11"));
            command.addAll(flags);
            command.addAll(List.of("-c", SDK.resolve(file + ".c").toString(), "-o", file + ".o"));
            compile(command);
        }
        List<String> command = new ArrayList<>(List.of("arm-none-eabi-g++", "-std=gnu++17"));
        command.addAll(flags);
        command.addAll(List.of(SOURCES.resolve("station.cpp").toString(), "startup.o", "clock.o"));
        command.addAll(List.of(SDK.resolve("mv_syscalls.s").toString(), "-nostartfiles"));
        command.addAll(List.of("--specs=nosys.specs", "-T", SDK.resolve("microvisor.ld") + ""));
        command.addAll(List.of("-Wl,--defsym=__dso_handle=0", "-Wl,--no-warn-rwx-segments"));
        command.addAll(List.of("-Wl,--gc-sections", "-o", "station.elf"));
        compile(command);
        assertThat(run(folder.resolve("station.elf")).log()).isEqualTo(LOG);
    }

    private void compile(List<String> command) throws Exception {
        Process compiler;
        try {
            compiler =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            assumeTrue(false, NEWLIB_FOR_CPP);
            return;
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(!said.contains("No such file"), NEWLIB_FOR_CPP);
        assertThat(compiler.exitValue()).as(said).isZero();
    }

    @Test
    void whereARunWasAtItsLimitIsSaid() throws IOException {
        Path cloud =
                Files.writeString(
                        folder.resolve("offline.toml"),
                        "[network]\nconnected_at_start = false\navailable = false\n");
        JsonRun run =
                JsonRun.of(
                        "",
                        SOURCES.resolve("telemetry.elf").toString(),
                        "--cloud",
                        cloud.toString(),
                        "--max-time",
                        "1s");
        assertThat(run.code()).isEqualTo(ExitCodes.LIMIT_REACHED);
        assertThat(run.event("end").get("detail").getAsString())
                .contains("reached the limit of 1s of virtual time, then in ", "main");
    }

    /** The run without a fault is stopped while it waits for its answer; others have given up. */
    @Test
    void faultsThatEndInALoopForEverAreFoundWhenRunsAreCutOff() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        Main.run(
                streams,
                "run",
                SOURCES.resolve("station.elf").toString(),
                "--cloud",
                SOURCES.resolve("station.toml").toString(),
                "--explore-faults",
                "--shard",
                "1/6",
                "--max-time",
                "200ms");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("loops for ever in _exit, called by abort");
    }
}
