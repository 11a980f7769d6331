package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.outside.Outside;
import dev.microvisor.emulator.outside.Recording;
import dev.microvisor.emulator.outside.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import picocli.CommandLine.Option;

/** Options about the world around a run: what comes from outside, and how fast time goes. */
final class WorldOptions {
    @Option(
            names = "--record",
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

    /** Opens the world for a firmware file. */
    World open(Path firmware, Cloud cloud) throws CannotRun {
        if (record != null && replay != null) {
            throw new CannotRun("--record and --replay exclude each other");
        }
        try {
            return new World(replay != null ? replaying(firmware, cloud) : live(firmware, cloud));
        } catch (RecordingException e) {
            throw new CannotRun(e.getMessage());
        }
    }

    private Outside live(Path firmware, Cloud cloud) throws CannotRun, RecordingException {
        Outside outside = Outside.live(realtime);
        if (record != null) {
            outside.recordTo(record, digest(firmware), cloud.device().clockHz());
        }
        return outside;
    }

    private Outside replaying(Path firmware, Cloud cloud) throws CannotRun, RecordingException {
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
        return Outside.replaying(recording, realtime);
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
