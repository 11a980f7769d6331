package dev.microvisor.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.Firmware;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.view.TasksInGdb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gdb sees the tasks of FreeRTOS as threads, where that is asked for. */
class GdbTasksIT {
    @TempDir Path folder;

    private String gdb(String... commands) throws Exception {
        GdbClient.need();
        Path elf = Firmware.build("tasks", folder, "-mfloat-abi=hard", "-mfpu=fpv5-sp-d16");
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(elf, Optional.empty(), Optional.empty()),
                        EmulatedBoard::new);
        try (GdbServer server = GdbServer.listen(0)) {
            List<String> command =
                    new ArrayList<>(List.of("gdb-multiarch", "-batch", "-nx", elf.toString()));
            List<String> all = new ArrayList<>(List.of("target remote :" + server.port()));
            all.addAll(List.of(commands));
            all.add("kill");
            for (String text : all) {
                command.add("-ex");
                command.add(text);
            }
            Path output = folder.resolve("gdb.out");
            Process gdb =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                server.serve(
                        target.machine(),
                        Optional.empty(),
                        text -> "no " + text,
                        new TasksInGdb(target));
                gdb.waitFor();
            } finally {
                gdb.destroyForcibly();
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyTaskIsAThreadWithItsStateItsStackAndItsVariables() throws Exception {
        String output =
                gdb(
                        "break blink if rounds > 100",
                        "continue",
                        "info threads",
                        "thread apply all backtrace",
                        "thread 3",
                        "info registers pc xpsr psp s16");
        assertThat(output)
                .containsPattern(
                        "\\* 2 +Thread \\d+ \\(blinker \\[running, priority 3\\]\\) +blink \\(")
                .contains("(worker [ready, priority 1])")
                .contains("(sleeper [suspended, priority 2 (its own: 1)])")
                .contains("(listener [blocked on button_pressed, priority 2])")
                .containsPattern("count_down \\(from=7, scale=1.5\\)")
                .containsPattern("in worker \\(\\)")
                .containsPattern("task_suspend \\(waits_on=0x[0-9a-f]+ <button_pressed>\\)")
                .doesNotContain("Cannot access");
    }

    @Test
    void aStepStaysInItsTaskThoughInterruptsAndOtherTasksComeInBetween() throws Exception {
        String output =
                gdb(
                        "break count_down if rounds > 100",
                        "continue",
                        "delete",
                        "print $sp",
                        "print xTickCount",
                        "stepi 2500",
                        "print xTickCount",
                        "info threads");
        assertThat(output)
                .containsPattern("\\* \\d +Thread \\d+ \\(worker \\[running, priority 1\\]");
        assertThat(printed(output, 3)).isGreaterThan(printed(output, 2));
    }

    @Test
    void nextGoesOverACallThatWaits() throws Exception {
        String output = gdb("break blink", "continue", "next", "next", "print xTickCount", "next");
        assertThat(output).containsPattern("(?m)^\\d+\\s+rounds \\+= ");
        assertThat(output).doesNotContain("Switching to Thread 3");
        assertThat(printed(output, 1)).isGreaterThanOrEqualTo(2);
    }

    private static long printed(String output, int number) {
        Matcher matcher = Pattern.compile("\\$" + number + " = (\\d+)").matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
