package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.debug.run.FirmwareRun;
import dev.microvisor.debug.run.ReportFile;
import dev.microvisor.debug.run.RunLimit;
import dev.microvisor.emulator.snapshot.SnapshotException;
import dev.microvisor.emulator.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of {@code run} that keep the whole machine in a file and go on from there. */
final class SnapshotOptions {
    private static final String SAVE = "--save-snapshot";

    @Option(
            names = SAVE,
            paramLabel = "FILE",
            description =
                    "Write the whole machine to a file at the time that --at gives, and run on. It may"
                            + " hold secrets.")
    private Path save;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "With --save-snapshot: when, in virtual time such as 500ms or 10m.")
    private String at;

    @Option(
            names = "--from-snapshot",
            paramLabel = "FILE",
            description =
                    "Begin where a file of --save-snapshot was written, with the same firmware, cloud"
                            + " file and seed.")
    private Path from;

    /**
     * What a snapshot belongs to.
     *
     * @param surroundings cloud file and seed
     */
    private record Identity(String firmware, String surroundings) {
        static Identity of(Path firmware, Optional<Path> cloud, Optional<Long> seed)
                throws CannotRun {
            return new Identity(
                    digest(firmware),
                    (cloud.isPresent() ? digest(cloud.get()) : "no cloud file")
                            + seed.map(s -> ", seed " + s).orElse(""));
        }

        private static String digest(Path file) throws CannotRun {
            try {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                return HexFormat.of().formatHex(sum);
            } catch (IOException e) {
                throw new CannotRun("cannot read " + file + ": " + e.getMessage());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /** Puts the machine where a snapshot was taken, and arranges for one to be taken. */
    void apply(
            FirmwareRun run,
            EmulatedBoard board,
            Path firmware,
            Optional<Path> cloud,
            Optional<Long> seed)
            throws CannotRun {
        if ((save == null) != (at == null)) {
            throw new CannotRun("--save-snapshot FILE and --at TIME belong together");
        }
        if (save == null && from == null) {
            return;
        }
        if (save != null) {
            new ReportFile(SAVE, save).check();
        }
        Identity identity = Identity.of(firmware, cloud, seed);
        if (from != null) {
            restore(board, identity);
        }
        if (save != null) {
            long instruction =
                    RunLimit.ofTime("--at", at, board.emulator().clockHz()).instructions();
            if (instruction < board.emulator().now()) {
                throw new CannotRun(
                        "--at " + at + " is before the snapshot that the run begins with");
            }
            run.pauseAt(instruction, () -> write(board, identity));
        }
    }

    private void restore(EmulatedBoard board, Identity identity) throws CannotRun {
        try {
            SnapshotFile file = SnapshotFile.read(from);
            if (!file.firmware().equals(identity.firmware())) {
                throw new CannotRun(from + " is a snapshot of another firmware");
            }
            if (!file.surroundings().equals(identity.surroundings())) {
                throw new CannotRun(
                        from + " was taken with another cloud file or seed: give the same ones");
            }
            board.emulator().restoreSnapshot(file.machine());
            if (board.emulator().stateHash() != file.stateHash()) {
                throw new CannotRun(
                        from
                                + " does not give the machine that was saved: take it again with this"
                                + " version");
            }
        } catch (SnapshotException e) {
            throw new CannotRun(e.getMessage());
        }
    }

    private void write(EmulatedBoard board, Identity identity) throws CannotRun {
        try {
            new SnapshotFile(
                            identity.firmware(),
                            identity.surroundings(),
                            board.emulator().stateHash(),
                            board.emulator().saveSnapshot())
                    .write(save);
        } catch (SnapshotException e) {
            throw new CannotRun(e.getMessage());
        }
    }
}
