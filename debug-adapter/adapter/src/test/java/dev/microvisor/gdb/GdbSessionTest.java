package dev.microvisor.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee.Watch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Section "Overview" of the protocol gives the form of a packet; each test one exchange. */
class GdbSessionTest {
    private static final Pattern PACKET = Pattern.compile("\\$([^#]*)#[0-9a-f]{2}");

    private final FakeMachine machine = new FakeMachine();
    private Optional<TimeTravel> travel = Optional.empty();
    private GuestTasks tasks = GuestTasks.CORE;

    private List<String> exchange(String... commands) {
        StringBuilder input = new StringBuilder("+");
        for (String command : commands) {
            int sum = command.chars().sum() & 0xFF;
            input.append('$').append(command).append('#').append(String.format("%02x+", sum));
        }
        return raw(input.toString());
    }

    private List<String> raw(String input) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PacketStream packets =
                new PacketStream(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)), out);
        try {
            new GdbSession(machine, travel, text -> "you said " + text, tasks, packets).serve();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> replies = new ArrayList<>();
        Matcher matcher = PACKET.matcher(out.toString(StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            replies.add(matcher.group(1));
        }
        return replies;
    }

    @Test
    void registersAreReadAndWrittenLeastSignificantByteFirst() {
        machine.core[0] = 0x12345678;
        assertThat(exchange("p0", "P1=01000080", "p63")).containsExactly("78563412", "OK", "E01");
        assertThat(machine.core[1]).isEqualTo(0x80000001);
    }

    @Test
    void generalRegisterPacketHoldsSystemAndDoubleRegistersToo() {
        machine.special.put("S1", 0x3F800000);
        String all = exchange("g").get(0);
        // 17 core, MSP, PSP, four masks, 16 doubles, FPSCR.
        assertThat(all).hasSize(8 * (17 + 2 + 4 + 32 + 1));
        assertThat(all.substring(8 * 23, 8 * 25)).isEqualTo("000000000000803f");
    }

    @Test
    void memoryIsReadAsFarAsThereIsSomeAndWrittenInBothForms() {
        machine.memory[0] = (byte) 0xAB;
        assertThat(
                        exchange(
                                "m20000000,2",
                                "m200000ff,8",
                                "m10000000,4",
                                "M20000000,2:0102",
                                "X20000002,2:ab"))
                .containsExactly("ab00", "00", "E14", "OK", "OK");
        assertThat(machine.memory).startsWith(1, 2, 'a', 'b');
    }

    @Test
    void watchpointStopNamesTheAddress() {
        machine.nextStop = new StopReason.Watchpoint(1, 0x2000_0010, true);
        assertThat(exchange("Z2,20000010,4", "vCont;c:1").get(1))
                .startsWith("T05")
                .contains("watch:20000010;");
    }

    @Test
    void breakpointsReachTheMachineAndAreGoneAfterTheSession() {
        List<String> replies = exchange("Z0,8000100,2", "Z9,0,0", "Z0,zz,2", "?");
        assertThat(replies.subList(0, 3)).containsExactly("OK", "", "E01");
        assertThat(machine.breakpoints).isEmpty();
        assertThat(machine.watches).isEqualTo(java.util.Set.<Watch>of());
    }

    @Test
    void stepAndExitAreReported() {
        machine.nextStop = new StopReason.Exited(3, "exit(3)");
        assertThat(exchange("vCont;s:1")).containsExactly("W03");
        assertThat(machine.steps).isEqualTo(1);
    }

    @Test
    void reverseIsAnnouncedOnlyWhenTheMachineCanTravel() {
        assertThat(exchange("qSupported", "bs").get(1)).isEmpty();
        travel =
                Optional.of(
                        new TimeTravel() {
                            @Override
                            public StopReason stepBack() {
                                return new StopReason.LimitReached();
                            }

                            @Override
                            public StopReason reverseContinue() {
                                return new StopReason.Breakpoint(0x0800_0100);
                            }
                        });
        List<String> replies = exchange("qSupported", "bs", "bc");
        assertThat(replies.get(0)).contains("ReverseStep+").contains("ReverseContinue+");
        assertThat(replies.get(1)).isEqualTo("T05replaylog:begin;");
        assertThat(replies.get(2)).contains("hwbreak:;");
    }

    @Test
    void targetDescriptionIsHandedOutInParts() {
        List<String> replies =
                exchange(
                        "qXfer:features:read:target.xml:0,20",
                        "qXfer:features:read:target.xml:20,ffff");
        assertThat(replies.get(0)).startsWith("m<?xml");
        assertThat(replies.get(1)).startsWith("l").contains("org.gnu.gdb.arm.m-profile");
    }

    @Test
    void monitorCommandIsAnsweredInHexadecimal() {
        String reply = exchange("qRcmd," + Hex.text("mv channels")).get(0);
        assertThat(reply).isEqualTo(Hex.text("you said mv channels\n"));
    }

    @Test
    void damagedPacketIsAskedForAgainAndUnknownOnesAnsweredEmpty() {
        assertThat(raw("$g#00$vNothing#00$!#21")).containsExactly("");
    }

    @Test
    void packetOverTheLimitEndsTheSession() {
        assertThat(raw("$" + "m".repeat(PacketStream.MAX_PACKET_BYTES + 1) + "#00$?#3f")).isEmpty();
    }

    @Test
    void detachAndKillEndTheSession() {
        assertThat(exchange("D", "g")).containsExactly("OK");
        assertThat(exchange("k", "g")).isEmpty();
    }
}
