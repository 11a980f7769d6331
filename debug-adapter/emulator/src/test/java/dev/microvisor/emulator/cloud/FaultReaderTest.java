package dev.microvisor.emulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.ScriptedFault.AtCall;
import dev.microvisor.emulator.cloud.ScriptedFault.AtTime;
import dev.microvisor.emulator.cloud.ScriptedFault.Effect;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultReaderTest {
    private static ScriptedFault read(String body) throws CloudFileException {
        return CloudFile.parse("[[fault]]\n" + body, "cloud.toml", Path.of(".")).faults().get(0);
    }

    private static String message(String body) {
        return assertThrows(CloudFileException.class, () -> read(body)).getMessage();
    }

    @Test
    void triggersAreATimeOrACall() throws CloudFileException {
        assertThat(read("at_ms = 5\nnetwork = \"up\"").trigger()).isEqualTo(new AtTime(5));
        assertThat(read("call = \"mvNoOp\"\nnetwork = \"up\"").trigger())
                .isEqualTo(new AtCall("mvNoOp", 1, 1));
        assertThat(read("call = \"mvNoOp\"\nnth = 3\ntimes = 2\nstatus = \"OKAY\"").trigger())
                .isEqualTo(new AtCall("mvNoOp", 3, 2));
        assertThat(read("call = \"mvNoOp\"\nevery = true\nstatus = \"OKAY\"").trigger())
                .isEqualTo(new AtCall("mvNoOp", 1, AtCall.ALL));
    }

    @Test
    void everyEffectIsRead() throws CloudFileException {
        Map<String, Effect> effects =
                Map.ofEntries(
                        Map.entry(
                                "status = \"MV_STATUS_RATELIMITED\"",
                                new ScriptedFault.AnswerStatus(Status.RATELIMITED)),
                        Map.entry("network = \"down\"", new ScriptedFault.SwitchNetwork(false)),
                        Map.entry("network = \"link-up\"", new ScriptedFault.LoseServer()),
                        Map.entry(
                                "config_response = \"RESPONSETOOLARGE\"\ntimes = 3",
                                new ScriptedFault.ConfigResponse(
                                        ConfigFetchResult.RESPONSETOOLARGE, 3)),
                        Map.entry(
                                "end_channels = \"NETWORKDISCONNECTED\"\nchannel_type = \"HTTP\"",
                                new ScriptedFault.EndChannels(
                                        Optional.of(ChannelType.HTTP),
                                        ClosureReason.NETWORKDISCONNECTED)),
                        Map.entry(
                                "http_result = \"REQUESTFAILED\"\ntimes = 4",
                                new ScriptedFault.HttpFails(HttpResult.REQUESTFAILED, 4)),
                        Map.entry(
                                "config_result = \"KEYNOTFOUND\"\nkey = \"a\"",
                                new ScriptedFault.ConfigFails(
                                        Optional.of("a"), ConfigItemResult.KEYNOTFOUND, 1)),
                        Map.entry("mqtt_disconnect = 142", new ScriptedFault.DisconnectMqtt(142)),
                        Map.entry(
                                "late_ms = 9",
                                new ScriptedFault.DelayAnswers(Optional.empty(), 9, 1)),
                        Map.entry(
                                "never = true",
                                new ScriptedFault.DelayAnswers(Optional.empty(), -1, 1)),
                        Map.entry("logging = \"on\"", new ScriptedFault.SwitchLogging(true)),
                        Map.entry("update = \"downloaded\"", new ScriptedFault.UpdateDownloaded()),
                        Map.entry(
                                "restart = \"application\"",
                                new ScriptedFault.RestartApplication()),
                        Map.entry(
                                "notifications = 9\nevent = \"UPDATEDOWNLOADED\"\ntag = 4294967295",
                                new ScriptedFault.NotificationBurst(
                                        EventType.UPDATEDOWNLOADED, -1, 9)));
        for (Map.Entry<String, Effect> entry : effects.entrySet()) {
            assertThat(read("call = \"mvNoOp\"\n" + entry.getKey()).effect())
                    .isEqualTo(entry.getValue());
        }
        assertThat(effects.values().stream().map(Object::getClass).distinct())
                .hasSize(Effect.class.getPermittedSubclasses().length);
    }

    @Test
    void exactlyOneTriggerAndOneEffectAreWanted() {
        assertThat(message("network = \"up\""))
                .isEqualTo(
                        "cloud.toml:1:1: [[fault]]: give exactly one trigger: at_ms, or call with"
                                + " nth");
        assertThat(message("at_ms = 1"))
                .startsWith("cloud.toml:1:1: [[fault]]: give exactly one effect: status, network");
        assertThat(message("at_ms = 1\nnetwork = \"up\"\nlogging = \"on\""))
                .contains("exactly one effect");
    }

    @Test
    void whatIsWrongWithTheEffectIsToldOnce() {
        assertThat(message("call = \"mvNoOp\"\nstatus = \"RATELIMITTED\"").lines()).hasSize(1);
        assertThat(message("at_ms = 1\nnever = false"))
                .isEqualTo("cloud.toml:3:1: never can only be true; leave it out otherwise");
    }

    /** A fault that does less than its author thinks is worse than none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nth = 2",
                "every = true",
                "times = 2",
                "channel_type = \"HTTP\"",
                "key = \"a\"",
                "event = \"NOEVENT\"",
                "tag = 1"
            })
    void aDetailOfAnotherEffectIsRefused(String detail) {
        assertThat(message("at_ms = 1\nnetwork = \"down\"\n" + detail))
                .startsWith(
                        "cloud.toml:4:1: " + detail.split(" ", 2)[0] + " has no effect here: it")
                .doesNotContain("\n");
    }

    @Test
    void aStatusNeedsACall() {
        assertThat(message("at_ms = 1\nstatus = \"OKAY\""))
                .isEqualTo("cloud.toml:3:1: status needs call = \"mv...\", not at_ms");
    }

    @Test
    void namesThatAreUnknownAreSuggested() {
        assertThat(message("call = \"mvOpenChanel\"\nnetwork = \"up\""))
                .contains(
                        "cloud.toml:2:1: call \"mvOpenChanel\" is unknown; did you mean"
                                + " \"mvOpenChannel\"?");
        assertThat(message("call = \"mvNoOp\"\nstatus = \"RATELIMITTED\""))
                .contains("did you mean \"RATELIMITED\"?");
        assertThat(message("at_ms = 1\nnetwork = \"sideways\""))
                .contains("network \"sideways\" is unknown; possible: up, down");
    }
}
