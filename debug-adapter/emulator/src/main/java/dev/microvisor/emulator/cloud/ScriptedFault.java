package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import java.util.Optional;

/**
 * Something that goes wrong on purpose.
 *
 * @param line of the cloud file, for messages; 0 when it came from elsewhere
 */
public record ScriptedFault(Trigger trigger, Effect effect, int line) {

    /** When. */
    public sealed interface Trigger {
        String text();
    }

    /** At a virtual time since the start of Microvisor. */
    public record AtTime(long ms) implements Trigger {
        @Override
        public String text() {
            return "at " + ms + " ms";
        }
    }

    /**
     * When a system call is made. Only calls with an ordinal from {@code first} to {@code first +
     * times - 1} are meant; the first call of the run has ordinal 1.
     */
    public record AtCall(String call, int first, int times) implements Trigger {
        /** For all calls from {@code first} on. */
        public static final int ALL = Integer.MAX_VALUE;

        public boolean includes(int ordinal) {
            return ordinal >= first && ordinal - first < times;
        }

        @Override
        public String text() {
            return "at call " + first + (times > 1 ? " and following" : "") + " of " + call;
        }
    }

    /** What. */
    public sealed interface Effect {
        String text();
    }

    /** The device keeps its link, and the server cannot be reached over it. */
    public record LoseServer() implements Effect {
        @Override
        public String text() {
            return "server out of reach, link up";
        }
    }

    /** How the next requests for configuration items end as a whole. */
    public record ConfigResponse(ConfigFetchResult result, int times) implements Effect {
        @Override
        public String text() {
            return "config answers with " + result.constantName();
        }
    }

    /** The call does nothing and answers this. */
    public record AnswerStatus(Status status) implements Effect {
        @Override
        public String text() {
            return status.constantName();
        }
    }

    /** The network goes away or comes back. */
    public record SwitchNetwork(boolean up) implements Effect {
        @Override
        public String text() {
            return "network " + (up ? "up" : "down");
        }
    }

    /** Open channels end; {@code type} empty means all types. */
    public record EndChannels(Optional<ChannelType> type, ClosureReason reason) implements Effect {
        @Override
        public String text() {
            return type.map(t -> t.name() + " ").orElse("")
                    + "channels end with "
                    + reason.constantName();
        }
    }

    /**
     * From now on each HTTP answer is replaced; {@code times} of them.
     *
     * @param result what firmware sees
     */
    public record HttpFails(HttpResult result, int times) implements Effect {
        @Override
        public String text() {
            return "HTTP answers with " + result.constantName();
        }
    }

    /** From now on configuration items come with this result; {@code key} empty means all. */
    public record ConfigFails(Optional<String> key, ConfigItemResult result, int times)
            implements Effect {
        @Override
        public String text() {
            return "config items with " + result.constantName();
        }
    }

    /**
     * From now on {@code times} answers of this channel type come late.
     *
     * @param extraMs added to the delay; negative: never comes
     */
    public record DelayAnswers(Optional<ChannelType> type, long extraMs, int times)
            implements Effect {
        public boolean never() {
            return extraMs < 0;
        }

        @Override
        public String text() {
            return "answers " + (never() ? "never come" : "come " + extraMs + " ms late");
        }
    }

    /** The server switches application logging on or off. */
    public record SwitchLogging(boolean enabled) implements Effect {
        @Override
        public String text() {
            return "logging " + (enabled ? "on" : "off");
        }
    }

    /** An update of the application has been downloaded. */
    public record UpdateDownloaded() implements Effect {
        @Override
        public String text() {
            return "update downloaded";
        }
    }

    /** The server restarts the application. */
    public record RestartApplication() implements Effect {
        @Override
        public String text() {
            return "application restarted by the server";
        }
    }

    /** The broker ends the sessions of all MQTT channels, giving an MQTT reason code. */
    public record DisconnectMqtt(int reasonCode) implements Effect {
        @Override
        public String text() {
            return String.format("MQTT broker disconnects with 0x%02x", reasonCode);
        }
    }

    /** Records with this event are posted to every centre, back to back. */
    public record NotificationBurst(EventType event, int tag, int count) implements Effect {
        @Override
        public String text() {
            return count + " notifications " + event.constantName();
        }
    }
}
