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
            assertThat(gdb.monitor("mv notify 0 CHANNELDATAREADABLE 7"))
                    .containsPattern(
                            "posted MV_EVENTTYPE_CHANNELDATAREADABLE with tag 0x00000007 to record"
                                    + " 1 of centre 0x[0-9a-f]{8} and pended IRQ 51")
                    .contains("Noted at instruction 160000000.");
            assertThat(gdb.monitor("mv centres"))
                    .contains("IRQ 51 enabled, pending")
                    .contains("1: +1.000000 s CHANNELDATAREADABLE tag 0x00000007");
            assertThat(gdb.monitor("mv logging off"))
                    .contains("the server switched application logging off");
            assertThat(gdb.monitor("mv log")).contains("enabled by the server: no");
            assertThat(gdb.monitor("mv logging on"))
                    .contains("the server switched application logging on");
            assertThat(gdb.monitor("mv log")).contains("enabled by the server: yes");
            assertThat(gdb.monitor("mv net down"))
                    .contains("network down: status was MV_NETWORKSTATUS_CONNECTED, is");
            assertThat(gdb.monitor("mv networks")).doesNotContain("STATUS_CONNECTED");
            assertThat(gdb.monitor("mv net down")).contains("the network is down already");
            assertThat(gdb.monitor("mv net up")).contains("network up: status was");
            assertThat(gdb.monitor("mv net up")).contains("the network is up already");
            assertThat(gdb.monitor("mv channel close 0")).contains("there is no live channel 0x");
            assertThat(gdb.monitor("mv http reply 200 hello"))
                    .contains("no HTTP request waits for an answer now");
            assertThat(gdb.monitor("mv byhand")).contains("Done by hand: 5").contains("posted");
            assertThat(gdb.monitor("goto time -500ms")).contains("at instruction");
            assertThat(gdb.monitor("goto instruction 1000")).contains("at instruction 1000");
            assertThat(gdb.monitor("reset")).contains("first instruction");
            assertThat(gdb.monitor("mv nonsense")).contains("help");
            gdb.send(KILL);
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void aWaitingRequestIsAnsweredAndAnOpenChannelEnded() throws Exception {
        StartedRun run = new StartedRun("--gdb", "0", StartedRun.sample("http-request"));
        try (RspClient gdb = new RspClient(run.port(PREFIX))) {
            gdb.monitor("goto time 100ms");
            assertThat(gdb.monitor("mv http reply 503 later"))
                    .containsPattern(
                            "answered GET https://api.example/readings.csv on channel"
                                    + " 0x[0-9a-f]{8} with MV_HTTPRESULT_OK, status 503, 5 bytes of"
                                    + " body");
            assertThat(gdb.monitor("mv http"))
                    .contains("MV_HTTPRESULT_OK, 503 Service Unavailable");
            assertThat(gdb.monitor("goto time +100ms")).contains("at instruction 32000000");
            assertThat(gdb.monitor("mv log")).contains("status 503, 0 headers, 5 bytes");
            // The next request waits for its turn at opening a channel, then for its answer.
            gdb.monitor("goto time 1400ms");
            assertThat(gdb.monitor("mv channel close 0 CHANNELCLOSEDBYSERVER"))
                    .containsPattern(
                            "channel 0x[0-9a-f]{8} ended with"
                                    + " MV_CLOSUREREASON_CHANNELCLOSEDBYSERVER; its notification");
            assertThat(gdb.monitor("mv channels"))
                    .contains("closure reason: MV_CLOSUREREASON_CHANNELCLOSEDBYSERVER");
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
