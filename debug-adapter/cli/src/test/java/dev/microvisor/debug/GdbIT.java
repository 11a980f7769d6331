package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** gdb itself as the client of {@code microvisor run --gdb}. */
class GdbIT {
    private static final Path ELF =
            Path.of(System.getProperty("microvisor.root", "../.."))
                    .resolve("samples/firmware/config-fetch/config-fetch.elf");
    private static final String PREFIX = "GDB listening on 127.0.0.1:";

    private static String debug(String... commands) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gdb-multiarch")),
                "gdb-multiarch not found: apt-get install gdb-multiarch");
        PipedOutputStream err = new PipedOutputStream();
        BufferedReader messages =
                new BufferedReader(
                        new InputStreamReader(
                                new PipedInputStream(err, 1 << 16), StandardCharsets.UTF_8));
        Main.Streams streams =
                new Main.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(OutputStream.nullOutputStream(), false),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        Thread emulator =
                new Thread(
                        () -> Main.run(streams, "run", "--gdb", "0", ELF.toString()), "emulator");
        emulator.setDaemon(true);
        emulator.start();
        String line = messages.readLine();
        assertThat(line).startsWith(PREFIX);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "gdb-multiarch",
                                "-batch",
                                "-nx",
                                "-ex",
                                "target remote 127.0.0.1:" + line.substring(PREFIX.length())));
        for (String text : commands) {
            command.add("-ex");
            command.add(text);
        }
        command.add("-ex");
        command.add("kill");
        command.add(ELF.toString());
        Process gdb = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(gdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        gdb.waitFor();
        emulator.join();
        return output;
    }

    @Test
    void breakpointBacktraceAndValuesAreThoseOfTheSource() throws Exception {
        String output = debug("break read_item", "continue", "backtrace", "print index", "finish");
        assertThat(output)
                .contains("Breakpoint 1, read_item (")
                .contains("#1 ")
                .contains("in read_answer (")
                .contains("in main (")
                .contains("$1 = 0")
                .containsPattern("(?m)^read_answer \\(");
    }

    @Test
    void executionGoesBackToTheLastBreakpointAndByInstruction() throws Exception {
        String output =
                debug(
                        "break read_item",
                        "continue",
                        "print $pc",
                        "continue",
                        "print index",
                        "reverse-continue",
                        "print index",
                        "reverse-stepi",
                        "stepi",
                        "print $pc",
                        "monitor time",
                        "reverse-continue");
        assertThat(output)
                .contains("$2 = 1")
                .contains("$3 = 0")
                .contains("instruction ")
                .contains("No more reverse-execution history");
        List<String> places =
                output.lines()
                        .filter(l -> l.contains("(void (*)()) 0x"))
                        .map(GdbIT::place)
                        .toList();
        assertThat(places).hasSize(2);
        assertThat(places.get(0)).isEqualTo(places.get(1));
    }

    private static String place(String line) {
        return line.substring(line.indexOf("0x"));
    }

    @Test
    void watchpointStopsAtTheWriterAndRegistersAreDescribed() throws Exception {
        String output =
                debug(
                        "watch config_answered",
                        "continue",
                        "info registers primask xpsr msp",
                        "print $d0");
        assertThat(output)
                .contains("Hardware watchpoint 1: config_answered")
                .contains("primask")
                .contains("xpsr")
                .contains("= 0");
    }
}
