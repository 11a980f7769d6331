package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.hardware.Hardware;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that a run needs besides the firmware. Times are virtual milliseconds.
 *
 * @param items configuration items, in the order of the file
 * @param routes answers to HTTP requests; the first that matches answers
 * @param faults what to play, in the order of the file
 * @param hardware what is wired to the device
 */
public record Cloud(
        Device device,
        Network network,
        Logging logging,
        ConfigFetch configFetch,
        List<ConfigItem> items,
        HttpDefaults http,
        PlainBytes bytes,
        Power power,
        Flash flash,
        Mqtt mqtt,
        List<MqttPublication> mqttPublications,
        List<HttpRoute> routes,
        List<ScriptedFault> faults,
        Hardware hardware) {
    public Cloud {
        items = List.copyOf(items);
        mqttPublications = List.copyOf(mqttPublications);
        routes = List.copyOf(routes);
        faults = List.copyOf(faults);
    }

    /** What a run gets without a cloud file. */
    public static Cloud defaults() {
        return new Cloud(
                Device.DEFAULT,
                Network.DEFAULT,
                Logging.DEFAULT,
                ConfigFetch.DEFAULT,
                List.of(),
                HttpDefaults.DEFAULT,
                PlainBytes.DEFAULT,
                Power.DEFAULT,
                Flash.DEFAULT,
                Mqtt.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                Hardware.NONE);
    }

    /** The same with another seed. */
    public Cloud withSeed(long seed) {
        Device other =
                new Device(
                        device.sid(),
                        device.wallClock(),
                        device.clockHz(),
                        seed,
                        device.wakeReason(),
                        device.testMode(),
                        device.crashPolicy());
        return new Cloud(
                other,
                network,
                logging,
                configFetch,
                items,
                http,
                bytes,
                power,
                flash,
                mqtt,
                mqttPublications,
                routes,
                faults,
                hardware);
    }

    /**
     * The device.
     *
     * @param sid UV and 32 hexadecimal digits
     * @param wallClock wall time when Microvisor starts
     * @param clockHz core clock, so instructions in a virtual second
     * @param seed for everything that looks random
     * @param wakeReason what the first {@code mvGetWakeReason} answers
     * @param testMode true for a device in its factory test
     * @param crashPolicy when an application that has crashed starts again; absent: the run ends
     */
    public record Device(
            String sid,
            Instant wallClock,
            int clockHz,
            long seed,
            WakeReason wakeReason,
            boolean testMode,
            Optional<CrashPolicy> crashPolicy) {
        static final Device DEFAULT =
                new Device(
                        "UV00000000000000000000000000000001",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        160_000_000,
                        1,
                        WakeReason.COLDBOOT,
                        false,
                        Optional.empty());
    }

    /**
     * The network.
     *
     * @param connectedAtStart true when Microvisor is online before the application starts, as it
     *     usually is on the device
     * @param available false when no attempt to connect succeeds before a fault brings it up
     * @param connectDelayMs from the first reason to connect until CONNECTED
     * @param timeDelayMs from CONNECTED until the wall time is set; absent: never
     */
    public record Network(
            boolean connectedAtStart,
            boolean available,
            int connectDelayMs,
            OptionalInt timeDelayMs) {
        static final Network DEFAULT = new Network(true, true, 1500, OptionalInt.of(0));
    }

    /** Whether the server takes log lines when the run starts. */
    public record Logging(boolean enabled) {
        static final Logging DEFAULT = new Logging(true);
    }

    /** How long the server takes to answer a request for configuration items. */
    public record ConfigFetch(int delayMs) {
        static final ConfigFetch DEFAULT = new ConfigFetch(200);
    }

    /**
     * What holds for HTTP requests when no route says otherwise.
     *
     * @param delayMs how long the server takes to answer
     * @param live true when real servers answer what no route answers
     * @param authorities certificates that live requests trust besides the host's
     */
    public record HttpDefaults(int delayMs, boolean live, List<X509Certificate> authorities) {
        static final HttpDefaults DEFAULT = new HttpDefaults(300, false, List.of());

        public HttpDefaults {
            authorities = List.copyOf(authorities);
        }
    }

    /** Whether bytes sent through a channel of plain bytes come back. */
    public record PlainBytes(boolean echo) {
        static final PlainBytes DEFAULT = new PlainBytes(false);
    }

    /**
     * What ends a deep sleep.
     *
     * @param wakeAfterMs absent: nothing does
     */
    public record Power(OptionalInt wakeAfterMs, WakeReason wakeReason) {
        static final Power DEFAULT =
                new Power(OptionalInt.empty(), WakeReason.DEEPSLEEPAPPLICATIONRTC);
    }

    /**
     * The application's part of the external flash.
     *
     * @param file keeps the content from one run to the next; empty for a flash that is erased when
     *     a run begins
     * @param written false when runs leave the file as it is
     */
    public record Flash(int sizeBytes, Optional<Path> file, boolean written) {
        static final Flash DEFAULT = new Flash(4 << 20, Optional.empty(), true);
    }

    /** The same, with a file of the external flash that runs do not change. */
    public Cloud leavingFlashAsItIs() {
        return new Cloud(
                device,
                network,
                logging,
                configFetch,
                items,
                http,
                bytes,
                power,
                new Flash(flash.sizeBytes(), flash.file(), false),
                mqtt,
                mqttPublications,
                routes,
                faults,
                hardware);
    }

    /**
     * Who answers MQTT requests.
     *
     * @param connectState how connects to the broker inside the emulator end
     * @param connectReason MQTT reason code of those connects; 0 lets clients in
     * @param live true when firmware talks to the brokers that it names, where no route says
     *     otherwise
     * @param authorities certificates that are trusted besides those that firmware names
     * @param routes to real brokers; the first that matches holds
     */
    public record Mqtt(
            int delayMs,
            MqttRequestState connectState,
            int connectReason,
            boolean live,
            List<X509Certificate> authorities,
            List<MqttRoute> routes) {
        static final Mqtt DEFAULT =
                new Mqtt(100, MqttRequestState.REQUESTCOMPLETED, 0, false, List.of(), List.of());

        public Mqtt {
            authorities = List.copyOf(authorities);
            routes = List.copyOf(routes);
        }

        /**
         * The real broker that answers a connect; empty for the one inside the emulator.
         *
         * @param secured true when firmware gives certificates or keys
         */
        public Optional<BrokerAddress> broker(String host, int port, boolean secured) {
            BrokerAddress named =
                    new BrokerAddress(host, port, secured || port == BrokerAddress.TLS_PORT);
            for (MqttRoute route : routes) {
                if (route.matches(host, port)) {
                    return Optional.of(route.broker().orElse(named));
                }
            }
            return live ? Optional.of(named) : Optional.empty();
        }
    }

    /**
     * A message that somebody else publishes.
     *
     * @param everyMs 0 for once
     */
    public record MqttPublication(MqttMessage message, long atMs, long everyMs) {}
}
