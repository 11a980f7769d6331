package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.debug.run.IoProblem;
import dev.microvisor.debug.run.ReportFile;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.DeviceCloud;
import dev.microvisor.emulator.cloud.DeviceWatch;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.outside.Outside;
import dev.microvisor.emulator.outside.Recording;
import dev.microvisor.emulator.outside.RecordingException;
import dev.microvisor.emulator.rest.CloudStore;
import dev.microvisor.emulator.rest.CloudStoreException;
import dev.microvisor.emulator.rest.RemoteDeviceCloud;
import dev.microvisor.emulator.rest.RestServer;
import dev.microvisor.emulator.rest.StoredDeviceCloud;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options about the world around a run: what comes from outside, and how fast time goes. */
final class WorldOptions implements AutoCloseable {
    private static final String RECORD = "--record";

    @Option(
            names = RECORD,
            paramLabel = "FILE",
            description =
                    "Write what comes from outside (live HTTP, MQTT, the local cloud) to a file, with"
                            + " the instruction at which it came. It may hold secrets.")
    private Path record;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description =
                    "Take what comes from outside from a file that --record has written; nothing"
                            + " else is asked.")
    private Path replay;

    @Option(
            names = "--realtime",
            description =
                    "Virtual time goes no faster than real time. Without it, it does so only while"
                            + " the firmware idles and something may come from outside.")
    private boolean realtime;

    @Option(
            names = "--cloud-api",
            paramLabel = "URL",
            description =
                    "Take configs, secrets, restarts and the logging switch from a running"
                            + " 'microvisor cloud', by the URL that it prints for devices.")
    private URI cloudApi;

    @Option(
            names = "--with-api",
            paramLabel = "DIR",
            arity = "0..1",
            fallbackValue = CloudCommand.DATA,
            description =
                    "Serve the Microvisor REST API during the run, with the data in DIR (default:"
                            + " ${FALLBACK-VALUE}), and use it.")
    private Path withApi;

    @Option(
            names = "--api-port",
            paramLabel = "N",
            defaultValue = CloudCommand.PORT,
            description =
                    "Port of --with-api on 127.0.0.1; 0 picks a free one. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int apiPort;

    private final Deque<Runnable> opened = new ArrayDeque<>();

    /**
     * Opens the world for a firmware file; {@link #close} ends it.
     *
     * @param messages where the address of the REST API goes
     */
    World open(Path firmware, Cloud cloud, PrintStream messages) throws CannotRun {
        if (Stream.of(record, replay).allMatch(Objects::nonNull)) {
            throw new CannotRun("--record and --replay exclude each other");
        }
        if (Stream.of(replay, cloudApi, withApi).filter(Objects::nonNull).count() > 1) {
            throw new CannotRun("--replay, --cloud-api and --with-api exclude each other");
        }
        try {
            return replay != null ? replaying(firmware, cloud) : live(firmware, cloud, messages);
        } catch (RecordingException e) {
            throw new CannotRun(e.getMessage());
        }
    }

    private World live(Path firmware, Cloud cloud, PrintStream messages)
            throws CannotRun, RecordingException {
        Outside outside = Outside.live(realtime);
        boolean asksCloud = cloudApi != null || withApi != null;
        if (record != null) {
            new ReportFile(RECORD, record).check();
            outside.recordTo(record, digest(firmware), cloud.device().clockHz(), asksCloud);
        }
        if (!asksCloud) {
            return World.without(outside);
        }
        DeviceCloud devices =
                cloudApi != null
                        ? new RemoteDeviceCloud(checked(cloudApi), cloud.device().sid())
                        : serve(cloud, messages);
        try {
            opened.push(DeviceWatch.start(devices, outside)::close);
        } catch (IOException e) {
            throw new CannotRun(
                    "the local cloud at "
                            + cloudApi.getHost()
                            + ":"
                            + cloudApi.getPort()
                            + " cannot be asked: "
                            + IoProblem.of(e)
                            + "; is 'microvisor cloud' running, and is this the URL that it"
                            + " prints?");
        }
        return World.with(outside, devices);
    }

    private static URI checked(URI url) throws CannotRun {
        if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
            throw new CannotRun(
                    "--cloud-api "
                            + url
                            + " is no address of a local cloud: give the URL that 'microvisor"
                            + " cloud' prints, http://device:KEY@127.0.0.1:PORT");
        }
        return url;
    }

    private DeviceCloud serve(Cloud cloud, PrintStream messages) throws CannotRun {
        try {
            CloudStore store = CloudStore.open(withApi, Clock.systemUTC());
            opened.push(store::close);
            RestServer server = RestServer.start(store, apiPort);
            opened.push(server::close);
            CloudCommand.announce(server, store, messages);
            return new StoredDeviceCloud(store, cloud.device().sid());
        } catch (CloudStoreException e) {
            throw new CannotRun(e.getMessage());
        } catch (IOException e) {
            throw new CannotRun(
                    "cannot listen on 127.0.0.1:"
                            + apiPort
                            + " ("
                            + e.getMessage()
                            + "): choose another port with --api-port");
        }
    }

    /** Ends what was opened, the newest first. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    private World replaying(Path firmware, Cloud cloud) throws CannotRun, RecordingException {
        Recording recording = Recording.read(replay);
        if (!recording.firmware().equals(digest(firmware))) {
            throw new CannotRun(
                    replay
                            + " is a recording of another firmware than "
                            + firmware
                            + ": instruction numbers differ; record this one");
        }
        if (recording.clockHz() != cloud.device().clockHz()) {
            throw new CannotRun(
                    replay
                            + " was recorded at "
                            + recording.clockHz()
                            + " Hz, but the cloud file's clock_hz is "
                            + cloud.device().clockHz());
        }
        return World.replaying(Outside.replaying(recording, realtime), recording.asksCloud());
    }

    private static String digest(Path firmware) throws CannotRun {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(firmware));
            return "sha256:" + HexFormat.of().formatHex(sum);
        } catch (IOException e) {
            throw new CannotRun("cannot read " + firmware + ": " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
