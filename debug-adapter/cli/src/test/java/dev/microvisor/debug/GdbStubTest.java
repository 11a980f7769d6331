package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code microvisor run --gdb} and clients that behave, misbehave and vanish. */
class GdbStubTest {
    private static final String PREFIX = "GDB listening on 127.0.0.1:";
    private static final String KILL = "k";

    /** Commands that only look. */
    private static final List<String> LOOKS =
            List.of(
                    "mv networks",
                    "mv centres",
                    "mv channels",
                    "mv config",
                    "mv http",
                    "mv mqtt",
                    "mv log",
                    "mv calls",
                    "mv events",
                    "mv flash",
                    "mv device",
                    "mv byhand",
                    "time",
                    "bt",
                    "help");

    @Test
    void everyMonitorCommandAnswersAndTheActingOnesAct() throws Exception {
        StartedRun run = new StartedRun("--gdb", "0", StartedRun.sample("config-fetch"));
        try (RspClient gdb = new RspClient(run.port(PREFIX))) {
            assertThat(gdb.monitor("goto time 1s")).contains("at instruction");
            for (String look : LOOKS) {
                assertThat(gdb.monitor(look)).as(look).isNotBlank().doesNotContain("no command");
            }
            assertThat(gdb.monitor("mv networks")).contains("CONNECTED");
            assertThat(gdb.monitor("mv notify 0 CHANNELDATAREADABLE 7")).contains("posted");
            assertThat(gdb.monitor("mv logging off")).isNotBlank();
            assertThat(gdb.monitor("mv logging on")).isNotBlank();
            assertThat(gdb.monitor("mv net down")).contains("down");
            assertThat(gdb.monitor("mv net up")).contains("up");
            assertThat(gdb.monitor("mv byhand")).contains("posted");
            assertThat(gdb.monitor("mv channel close 0")).isNotBlank();
            assertThat(gdb.monitor("mv http reply 200 hello")).isNotBlank();
            assertThat(gdb.monitor("goto time -500ms")).contains("at instruction");
            assertThat(gdb.monitor("goto instruction 1000")).contains("at instruction 1000");
            assertThat(gdb.monitor("reset")).contains("first instruction");
            assertThat(gdb.monitor("mv nonsense")).contains("help");
            gdb.send(KILL);
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void nonsenseIsAnsweredWithAnErrorOrNothingAndTheSessionGoesOn() throws Exception {
        StartedRun run = new StartedRun("--gdb", "0", StartedRun.sample("config-fetch"));
        try (RspClient gdb = new RspClient(run.port(PREFIX))) {
            for (String bad :
                    List.of(
                            "m",
                            "mzz,4",
                            "m0",
                            "M0,4:00",
                            "P",
                            "Pff",
                            "G0",
                            "p7f",
                            "Z",
                            "Z0",
                            "Z9,0,0",
                            "z2,xyz",
                            "qXfer:features:read:target.xml:z,z",
                            "qRcmd,0",
                            "vCont;",
                            "b",
                            "vCont",
                            "X0",
                            "s;;;",
                            "Hzzz",
                            "qSupported")) {
                String answer = gdb.ask(bad);
                assertThat(answer).as(bad).isNotEqualTo("closed");
            }
            assertThat(gdb.ask("?")).startsWith("T");
            gdb.raw("$m20000000,4#00");
            gdb.raw("garbage without a dollar");
            assertThat(gdb.ask("m20000000,4")).hasSize(8);
            gdb.send(KILL);
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void aClientThatLeavesInTheMiddleOfAPacketOrOfARunMakesRoomForTheNext() throws Exception {
        StartedRun run = new StartedRun("--gdb", "0", StartedRun.sample("config-fetch"));
        int port = run.port(PREFIX);
        try (RspClient half = new RspClient(port)) {
            half.raw("$m2000");
        }
        try (RspClient running = new RspClient(port)) {
            assertThat(running.ask("?")).startsWith("T");
            running.send("c");
        }
        try (RspClient backwards = new RspClient(port)) {
            assertThat(backwards.ask("?")).startsWith("T");
            backwards.send("bc");
        }
        try (RspClient last = new RspClient(port)) {
            assertThat(last.ask("?")).startsWith("T");
            last.send(KILL);
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void aSecondClientIsToldThatThereIsOne() throws Exception {
        StartedRun run = new StartedRun("--gdb", "0", StartedRun.sample("config-fetch"));
        int port = run.port(PREFIX);
        try (RspClient first = new RspClient(port)) {
            assertThat(first.ask("?")).startsWith("T");
            try (RspClient second = new RspClient(port)) {
                assertThat(second.ask("qSupported")).startsWith("E.another debugger");
                assertThat(second.lastWords()).isEmpty();
            }
            assertThat(first.ask("?")).startsWith("T");
            first.send(KILL);
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }
}
