package dev.microvisor.emulator.cloud;

import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.hardware.Hardware;
import dev.microvisor.emulator.cloud.live.Certificates;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** Reads a {@code cloud.toml}. {@code CLOUD.md} describes the format. */
public final class CloudFile {
    /** Largest cloud file. */
    static final int MAX_FILE_BYTES = 1 << 20;

    /** Largest file that {@code body_file} may name. */
    static final int MAX_BODY_BYTES = 1 << 20;

    /** Longest delay, a day. */
    static final int MAX_DELAY_MS = 24 * 60 * 60 * 1000;

    private static final int MIN_CLOCK_HZ = 1_000_000;
    private static final int MAX_CLOCK_HZ = 1_000_000_000;

    private final Path folder;

    private CloudFile(Path folder) {
        this.folder = folder;
    }

    /** Reads a file. Files that it names are looked up beside it. */
    public static Cloud read(Path file) throws CloudFileException {
        Problems problems = new Problems(file.toString());
        Path folder = file.toAbsolutePath().getParent();
        Bytes content = fileContent(file, MAX_FILE_BYTES, problems);
        problems.throwIfAny();
        String text = CloudText.of(content, problems);
        problems.throwIfAny();
        return parse(text, folder, problems);
    }

    /**
     * Reads a text.
     *
     * @param name of the file, for messages
     * @param folder where files are looked up that it names
     */
    public static Cloud parse(String text, String name, Path folder) throws CloudFileException {
        return parse(text, folder, new Problems(name));
    }

    private static Cloud parse(String text, Path folder, Problems problems)
            throws CloudFileException {
        TomlParseResult result = Toml.parse(text);
        for (TomlParseError error : result.errors()) {
            problems.add(error.position(), error.getMessage());
        }
        problems.throwIfAny();
        Cloud cloud = new CloudFile(folder).cloud(new Section("file", result, null, problems));
        problems.throwIfAny();
        return cloud;
    }

    private Cloud cloud(Section file) {
        Cloud.Device device = file.section("device").map(this::device).orElse(Cloud.Device.DEFAULT);
        Cloud.Network network =
                file.section("network").map(this::network).orElse(Cloud.Network.DEFAULT);
        Cloud.Logging logging =
                file.section("logging").map(this::logging).orElse(Cloud.Logging.DEFAULT);
        Cloud.ConfigFetch fetch =
                file.section("config_fetch")
                        .map(this::configFetch)
                        .orElse(Cloud.ConfigFetch.DEFAULT);
        Cloud.HttpDefaults http =
                file.section("http_defaults")
                        .map(this::httpDefaults)
                        .orElse(Cloud.HttpDefaults.DEFAULT);
        Cloud.PlainBytes bytes =
                file.section("bytes").map(this::plainBytes).orElse(Cloud.PlainBytes.DEFAULT);
        Cloud.Power power = file.section("power").map(this::power).orElse(Cloud.Power.DEFAULT);
        Cloud.Flash flash = file.section("flash").map(this::flash).orElse(Cloud.Flash.DEFAULT);
        Cloud.Mqtt mqtt = file.section("mqtt").map(this::mqtt).orElse(Cloud.Mqtt.DEFAULT);
        List<Cloud.MqttPublication> publications = new ArrayList<>();
        for (Section section : file.sections("mqtt_message")) {
            publications.add(publication(section));
        }
        List<ConfigItem> items = items(file.sections("config"));
        List<HttpRoute> routes = new ArrayList<>();
        for (Section section : file.sections("http")) {
            routes.add(route(section));
        }
        List<ScriptedFault> faults = new ArrayList<>();
        for (Section section : file.sections("fault")) {
            new FaultReader(section).read().ifPresent(faults::add);
        }
        Hardware hardware = new HardwareReader(file, this::content).read();
        file.rejectOthers();
        return new Cloud(
                device,
                network,
                logging,
                fetch,
                items,
                http,
                bytes,
                power,
                flash,
                mqtt,
                publications,
                routes,
                faults,
                hardware);
    }

    private Cloud.Device device(Section section) {
        Cloud.Device standard = Cloud.Device.DEFAULT;
        String sid = section.text("sid").orElse(standard.sid());
        if (!sid.matches("UV[0-9a-f]{32}")) {
            section.problem(
                    "sid", "sid must be UV and 32 hexadecimal digits in lower case, not " + sid);
        }
        Cloud.Device device =
                new Cloud.Device(
                        sid,
                        section.time("wall_clock").orElse(standard.wallClock()),
                        section.integer("clock_hz", MIN_CLOCK_HZ, MAX_CLOCK_HZ)
                                .orElse(standard.clockHz()),
                        section.number("seed", Long.MIN_VALUE, Long.MAX_VALUE)
                                .orElse(standard.seed()),
                        section.constant("wake_reason", WakeReason.class)
                                .orElse(standard.wakeReason()),
                        section.flag("test_mode").orElse(standard.testMode()),
                        crashPolicy(section));
        section.rejectOthers();
        return device;
    }

    private static Optional<CrashPolicy> crashPolicy(Section section) {
        OptionalInt first = section.integer("restart_after_crash_ms", 1, MAX_DELAY_MS);
        OptionalInt longest = section.integer("restart_after_crash_max_ms", 1, MAX_DELAY_MS);
        if (longest.isPresent() && longest.getAsInt() < first.orElse(Integer.MAX_VALUE)) {
            section.problem(
                    "restart_after_crash_max_ms",
                    "restart_after_crash_max_ms must be at least restart_after_crash_ms");
        }
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(new CrashPolicy(first.getAsInt(), longest.orElse(first.getAsInt())));
    }

    private Cloud.Network network(Section section) {
        Cloud.Network standard = Cloud.Network.DEFAULT;
        boolean timeSet = section.flag("time_set").orElse(true);
        OptionalInt timeDelay = section.integer("time_delay_ms", 0, MAX_DELAY_MS);
        Cloud.Network network =
                new Cloud.Network(
                        section.flag("connected_at_start").orElse(standard.connectedAtStart()),
                        section.flag("available").orElse(standard.available()),
                        section.integer("connect_delay_ms", 0, MAX_DELAY_MS)
                                .orElse(standard.connectDelayMs()),
                        timeSet ? OptionalInt.of(timeDelay.orElse(0)) : OptionalInt.empty());
        if (network.connectedAtStart() && !network.available()) {
            section.problem(
                    "connected_at_start and available contradict each other;"
                            + " for a device that starts offline write connected_at_start = false");
        }
        section.rejectOthers();
        return network;
    }

    private Cloud.Logging logging(Section section) {
        Cloud.Logging logging =
                new Cloud.Logging(section.flag("enabled").orElse(Cloud.Logging.DEFAULT.enabled()));
        section.rejectOthers();
        return logging;
    }

    private Cloud.ConfigFetch configFetch(Section section) {
        Cloud.ConfigFetch fetch =
                new Cloud.ConfigFetch(
                        section.integer("delay_ms", 1, MAX_DELAY_MS)
                                .orElse(Cloud.ConfigFetch.DEFAULT.delayMs()));
        section.rejectOthers();
        return fetch;
    }

    private Cloud.HttpDefaults httpDefaults(Section section) {
        Cloud.HttpDefaults http =
                new Cloud.HttpDefaults(
                        section.integer("delay_ms", 1, MAX_DELAY_MS)
                                .orElse(Cloud.HttpDefaults.DEFAULT.delayMs()),
                        isLive(section),
                        authorities(section, "ca_file"));
        section.rejectOthers();
        return http;
    }

    private static boolean isLive(Section section) {
        return section.word("mode", List.of("live", "routes")).filter("live"::equals).isPresent();
    }

    private List<X509Certificate> authorities(Section section, String key) {
        Bytes content = content(section, "", key, MAX_BODY_BYTES);
        if (content.isEmpty()) {
            return List.of();
        }
        try {
            return Certificates.read(content);
        } catch (CertificateException e) {
            section.problem(key, key + " holds no certificates in PEM or DER: " + e.getMessage());
            return List.of();
        }
    }

    private Cloud.PlainBytes plainBytes(Section section) {
        Cloud.PlainBytes bytes = new Cloud.PlainBytes(section.flag("echo").orElse(false));
        section.rejectOthers();
        return bytes;
    }

    private Cloud.Power power(Section section) {
        Cloud.Power power =
                new Cloud.Power(
                        section.integer("wake_after_ms", 1, MAX_DELAY_MS),
                        section.constant("wake_reason", WakeReason.class)
                                .orElse(Cloud.Power.DEFAULT.wakeReason()));
        section.rejectOthers();
        return power;
    }

    private Cloud.Mqtt mqtt(Section section) {
        Cloud.Mqtt standard = Cloud.Mqtt.DEFAULT;
        Cloud.Mqtt mqtt =
                new Cloud.Mqtt(
                        section.integer("delay_ms", 1, MAX_DELAY_MS).orElse(standard.delayMs()),
                        section.constant("connect_state", MqttRequestState.class)
                                .orElse(standard.connectState()),
                        section.integer("connect_reason", 0, 255).orElse(standard.connectReason()),
                        section.word("mode", List.of("live", "local"))
                                .filter("live"::equals)
                                .isPresent(),
                        authorities(section, "ca_file"),
                        section.sections("route").stream().map(this::mqttRoute).toList());
        section.rejectOthers();
        return mqtt;
    }

    private MqttRoute mqttRoute(Section section) {
        requireKey(section, "host", "the broker that firmware names, * stands for any text");
        requireKey(section, "broker", "\"direct\", or mqtt://HOST:PORT, or mqtts://HOST:PORT");
        Optional<String> broker = section.text("broker").filter(b -> !b.equals("direct"));
        Optional<BrokerAddress> address = broker.flatMap(BrokerAddress::parse);
        if (broker.isPresent() && address.isEmpty()) {
            section.problem(
                    "broker",
                    "broker must be \"direct\", mqtt://HOST:PORT or mqtts://HOST:PORT, not "
                            + broker.get());
        }
        MqttRoute route =
                new MqttRoute(
                        new UrlPattern(section.text("host").orElse("")),
                        section.integer("port", 1, 65535),
                        address);
        section.rejectOthers();
        return route;
    }

    private Cloud.MqttPublication publication(Section section) {
        requireKey(section, "topic", "where the message is published");
        requireKey(section, "at_ms", "when it is published, in virtual milliseconds");
        String topic = section.text("topic").orElse("");
        if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            section.problem("topic", "a message has one topic; + and # are for subscriptions");
        }
        Cloud.MqttPublication publication =
                new Cloud.MqttPublication(
                        new MqttMessage(
                                topic,
                                content(section, "payload", "payload_file", MAX_BODY_BYTES),
                                section.integer("qos", 0, 2).orElse(0),
                                section.flag("retain").orElse(false)),
                        section.number("at_ms", 0, MAX_DELAY_MS).orElse(0),
                        section.number("every_ms", 1, MAX_DELAY_MS).orElse(0));
        section.rejectOthers();
        return publication;
    }

    private Cloud.Flash flash(Section section) {
        int size =
                section.integer("size_bytes", 1 << 12, 1 << 26)
                        .orElse(Cloud.Flash.DEFAULT.sizeBytes());
        Optional<Path> file = section.text("file").flatMap(name -> flashFile(section, name, size));
        section.rejectOthers();
        return new Cloud.Flash(size, file, true);
    }

    private Optional<Path> flashFile(Section section, String name, int size) {
        try {
            Path file = folder.resolve(name);
            if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
                section.problem("file", "file: there is no folder " + file.getParent());
            } else if (Files.exists(file) && !Files.isRegularFile(file)) {
                section.problem("file", "file: " + file + " is no plain file");
            } else if (Files.exists(file) && Files.size(file) > size) {
                section.problem(
                        "file",
                        "file: %s has %d bytes, more than size_bytes = %d"
                                .formatted(file, Files.size(file), size));
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            section.problem("file", "file \"" + name + "\" is no path: " + e.getReason());
        } catch (IOException e) {
            section.problem("file", "file: " + name + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private List<ConfigItem> items(List<Section> sections) {
        List<ConfigItem> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Section section : sections) {
            Optional<ConfigScope> scope = section.constant("scope", ConfigScope.class);
            Optional<ConfigStore> store = section.constant("store", ConfigStore.class);
            Optional<String> key = section.text("key");
            Bytes value = content(section, "value", "value_file", ConfigItem.MAX_VALUE_BYTES);
            if (!section.has("value") && !section.has("value_file")) {
                section.problem("value or value_file is missing");
            }
            Period period = Period.read(section);
            requireKey(section, "scope", "\"device\" or \"account\"");
            requireKey(section, "store", "\"config\" or \"secret\"");
            requireKey(section, "key", "the name that firmware asks for");
            key.ifPresent(k -> checkKey(section, k));
            section.rejectOthers();
            if (scope.isPresent() && store.isPresent() && key.isPresent()) {
                String same = scope.get() + " " + store.get() + " " + key.get();
                if (!seen.add(same + " " + period.fromMs())) {
                    section.problem(
                            "key",
                            "key \""
                                    + key.get()
                                    + "\" is there twice in this store and scope;"
                                    + " remove one of them, or give one a later from_ms");
                }
                items.add(new ConfigItem(scope.get(), store.get(), key.get(), value, period));
            }
        }
        return items;
    }

    private static void checkKey(Section section, String key) {
        if (key.isEmpty() || key.length() > ConfigItem.MAX_KEY_LENGTH) {
            section.problem(
                    "key", "key must have 1 to " + ConfigItem.MAX_KEY_LENGTH + " characters");
        } else if (!Bytes.utf8(key).isPrintableAscii()) {
            section.problem("key", "key must be printable ASCII");
        }
    }

    private static void requireKey(Section section, String key, String what) {
        if (!section.has(key)) {
            section.problem(key + " is missing: " + what);
        }
    }

    private HttpRoute route(Section section) {
        requireKey(section, "url", "the address that it answers, * stands for any text");
        return HttpRouteReader.read(
                section, content(section, "body", "body_file", MAX_BODY_BYTES), isLive(section));
    }

    /** A text written in the file, or the bytes of another file. */
    private Bytes content(Section section, String inlineKey, String fileKey, int maxBytes) {
        Optional<String> inline = inlineKey.isEmpty() ? Optional.empty() : section.text(inlineKey);
        Optional<String> fileName = section.text(fileKey);
        if (inline.isPresent() && fileName.isPresent()) {
            section.problem(fileKey, inlineKey + " and " + fileKey + " exclude each other");
            return Bytes.EMPTY;
        }
        Bytes content = inline.map(Bytes::utf8).orElse(Bytes.EMPTY);
        if (fileName.isPresent()) {
            Problems inFile = new Problems(fileName.get());
            content = resolved(section, fileKey, fileName.get(), maxBytes, inFile);
        }
        if (content.size() > maxBytes) {
            section.problem(
                    inlineKey,
                    inlineKey + " has " + content.size() + " bytes, the limit is " + maxBytes);
        }
        return content;
    }

    private Bytes resolved(
            Section section, String key, String fileName, int maxBytes, Problems inFile) {
        try {
            Bytes content = fileContent(folder.resolve(fileName), maxBytes, inFile);
            inFile.throwIfAny();
            return content;
        } catch (InvalidPathException e) {
            section.problem(key, key + " \"" + fileName + "\" is no path: " + e.getReason());
        } catch (CloudFileException e) {
            section.problem(key, key + ": " + e.getMessage());
        }
        return Bytes.EMPTY;
    }

    private static Bytes fileContent(Path file, int maxBytes, Problems problems) {
        try {
            long size = Files.size(file);
            if (size > maxBytes) {
                problems.add(null, "has " + size + " bytes, the limit is " + maxBytes);
                return Bytes.EMPTY;
            }
            return Bytes.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            problems.add(null, "no such file; looked at " + file.toAbsolutePath());
        } catch (IOException e) {
            problems.add(null, "cannot be read: " + e.getMessage());
        }
        return Bytes.EMPTY;
    }
}
