package dev.microvisor.emulator.cloud;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.ScriptedFault.AnswerStatus;
import dev.microvisor.emulator.cloud.ScriptedFault.AtCall;
import dev.microvisor.emulator.cloud.ScriptedFault.AtTime;
import dev.microvisor.emulator.cloud.ScriptedFault.ConfigFails;
import dev.microvisor.emulator.cloud.ScriptedFault.ConfigResponse;
import dev.microvisor.emulator.cloud.ScriptedFault.DelayAnswers;
import dev.microvisor.emulator.cloud.ScriptedFault.DisconnectMqtt;
import dev.microvisor.emulator.cloud.ScriptedFault.Effect;
import dev.microvisor.emulator.cloud.ScriptedFault.EndChannels;
import dev.microvisor.emulator.cloud.ScriptedFault.HttpFails;
import dev.microvisor.emulator.cloud.ScriptedFault.LoseServer;
import dev.microvisor.emulator.cloud.ScriptedFault.NotificationBurst;
import dev.microvisor.emulator.cloud.ScriptedFault.RestartApplication;
import dev.microvisor.emulator.cloud.ScriptedFault.SwitchLogging;
import dev.microvisor.emulator.cloud.ScriptedFault.SwitchNetwork;
import dev.microvisor.emulator.cloud.ScriptedFault.Trigger;
import dev.microvisor.emulator.cloud.ScriptedFault.UpdateDownloaded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads one {@code [[fault]]}: exactly one trigger and exactly one effect. */
final class FaultReader {
    private static final long MAX_TIME_MS = 365L * 24 * 60 * 60 * 1000;
    private static final int MAX_COUNT = 1_000_000;
    private static final int MAX_BURST = 1000;
    private static final List<String> EFFECTS =
            List.of(
                    "status",
                    "network",
                    "end_channels",
                    "http_result",
                    "config_result",
                    "config_response",
                    "mqtt_disconnect",
                    "late_ms",
                    "never",
                    "logging",
                    "update",
                    "restart",
                    "notifications");

    /** Keys that say more of others, and would be without effect beside none of these. */
    private static final Map<String, List<String>> DETAILS = details();

    private final Section section;

    private static Map<String, List<String>> details() {
        Map<String, List<String>> details = new LinkedHashMap<>();
        details.put("nth", List.of("call"));
        details.put("every", List.of("status"));
        details.put(
                "times",
                List.of(
                        "status",
                        "http_result",
                        "config_result",
                        "config_response",
                        "late_ms",
                        "never"));
        details.put("channel_type", List.of("end_channels", "late_ms", "never"));
        details.put("key", List.of("config_result"));
        details.put("event", List.of("notifications"));
        details.put("tag", List.of("notifications"));
        return details;
    }

    FaultReader(Section section) {
        this.section = section;
    }

    Optional<ScriptedFault> read() {
        OptionalInt times = section.integer("times", 1, MAX_COUNT);
        Optional<ChannelType> type = section.constant("channel_type", ChannelType.class);
        List<Effect> effects = effects(type, times.orElse(1));
        boolean status = effects.stream().anyMatch(AnswerStatus.class::isInstance);
        Optional<Trigger> trigger = trigger(status ? times.orElse(1) : 1);
        section.rejectOthers();
        rejectDetailsOfNothing();
        if (EFFECTS.stream().filter(section::has).count() != 1) {
            section.problem("give exactly one effect: " + listed(EFFECTS));
            return Optional.empty();
        }
        if (effects.isEmpty()) {
            return Optional.empty(); // What is wrong with it has been told.
        }
        if (status && trigger.isPresent() && !(trigger.get() instanceof AtCall)) {
            section.problem("status", "status needs call = \"mv...\", not at_ms");
        }
        return trigger.map(t -> new ScriptedFault(t, effects.get(0), section.line()));
    }

    private void rejectDetailsOfNothing() {
        DETAILS.forEach(
                (detail, owners) -> {
                    if (section.has(detail) && owners.stream().noneMatch(section::has)) {
                        section.problem(
                                detail,
                                detail + " has no effect here: it belongs to " + listed(owners));
                    }
                });
    }

    private static String listed(List<String> keys) {
        int last = keys.size() - 1;
        return last == 0
                ? keys.get(0)
                : String.join(", ", keys.subList(0, last)) + " or " + keys.get(last);
    }

    private Optional<Trigger> trigger(int times) {
        OptionalLong at = section.number("at_ms", 0, MAX_TIME_MS);
        Optional<String> call = section.text("call");
        OptionalInt nth = section.integer("nth", 1, MAX_COUNT);
        boolean every = section.flag("every").orElse(false);
        if (section.has("at_ms") == section.has("call")) {
            section.problem("give exactly one trigger: at_ms, or call with nth");
            return Optional.empty();
        }
        if (at.isPresent()) {
            return Optional.of(new AtTime(at.getAsLong()));
        }
        if (call.isEmpty()) {
            return Optional.empty();
        }
        if (Catalog.bundled().call(call.get()).isEmpty()) {
            List<String> names = Catalog.bundled().calls().stream().map(SystemCall::name).toList();
            section.problem(
                    "call",
                    "call \"" + call.get() + "\" is unknown" + Suggestion.of(call.get(), names));
            return Optional.empty();
        }
        return Optional.of(new AtCall(call.get(), nth.orElse(1), every ? AtCall.ALL : times));
    }

    private List<Effect> effects(Optional<ChannelType> type, int times) {
        List<Effect> found = new ArrayList<>();
        section.constant("status", Status.class).map(AnswerStatus::new).ifPresent(found::add);
        section.word("network", List.of("up", "down", "link-up"))
                .map(
                        w ->
                                w.equals("link-up")
                                        ? new LoseServer()
                                        : new SwitchNetwork(w.equals("up")))
                .ifPresent(found::add);
        section.constant("config_response", ConfigFetchResult.class)
                .map(result -> new ConfigResponse(result, times))
                .ifPresent(found::add);
        section.constant("end_channels", ClosureReason.class)
                .map(reason -> new EndChannels(type, reason))
                .ifPresent(found::add);
        section.constant("http_result", HttpResult.class)
                .map(result -> new HttpFails(result, times))
                .ifPresent(found::add);
        Optional<String> key = section.text("key");
        section.constant("config_result", ConfigItemResult.class)
                .map(result -> new ConfigFails(key, result, times))
                .ifPresent(found::add);
        OptionalInt late = section.integer("late_ms", 1, CloudFile.MAX_DELAY_MS);
        if (late.isPresent()) {
            found.add(new DelayAnswers(type, late.getAsInt(), times));
        }
        Optional<Boolean> never = section.flag("never");
        if (never.isPresent() && !never.get()) {
            section.problem("never", "never can only be true; leave it out otherwise");
        } else if (never.isPresent()) {
            found.add(new DelayAnswers(type, -1, times));
        }
        section.word("logging", List.of("on", "off"))
                .map(w -> new SwitchLogging(w.equals("on")))
                .ifPresent(found::add);
        section.word("update", List.of("downloaded"))
                .map(w -> new UpdateDownloaded())
                .ifPresent(found::add);
        section.word("restart", List.of("application"))
                .map(w -> new RestartApplication())
                .ifPresent(found::add);
        OptionalInt disconnect = section.integer("mqtt_disconnect", 0, 255);
        if (disconnect.isPresent()) {
            found.add(new DisconnectMqtt(disconnect.getAsInt()));
        }
        OptionalInt burst = section.integer("notifications", 1, MAX_BURST);
        Optional<EventType> event = section.constant("event", EventType.class);
        OptionalLong tag = section.number("tag", 0, 0xFFFF_FFFFL);
        if (burst.isPresent()) {
            found.add(
                    new NotificationBurst(
                            event.orElse(EventType.NETWORKSTATUSCHANGED),
                            (int) tag.orElse(0),
                            burst.getAsInt()));
        }
        return found;
    }
}
