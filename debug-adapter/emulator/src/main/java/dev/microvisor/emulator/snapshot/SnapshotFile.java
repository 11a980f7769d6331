package dev.microvisor.emulator.snapshot;

import dev.microvisor.emulator.files.PrivateFile;
import dev.microvisor.emulator.machine.MachineSnapshot;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The whole machine at an instant, with what it belongs to. Connections to real servers are not
 * part of it.
 *
 * @param firmware what identifies the program, such as a digest of its file
 * @param surroundings what identifies the cloud file and the seed
 * @param stateHash of the machine, as {@code Machine.stateHash} gives it
 */
public record SnapshotFile(
        String firmware, String surroundings, long stateHash, MachineSnapshot machine) {
    /** Of the format; a reader refuses others. */
    static final int VERSION = 2;

    /** Largest file, and largest content once it is unpacked. */
    static final int MAX_FILE_BYTES = 64 << 20;

    private static final int MAX_CONTENT_BYTES = 256 << 20;
    private static final byte[] MAGIC = "MVSNAPSHOT".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    /** A history of calls is a chain of states, so reading one goes deep. */
    private static final long STACK_BYTES = 256L << 20;

    /** Writes the file, readable by its owner only when the system knows of owners. */
    public void write(Path file) throws SnapshotException {
        try {
            byte[] content = deep(this::content);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(all);
            out.write(MAGIC);
            out.writeInt(VERSION);
            out.write(digest(content));
            out.write(content);
            PrivateFile.write(file, all.toByteArray());
        } catch (IOException e) {
            throw new SnapshotException(file + " cannot be written: " + e.getMessage(), e);
        } catch (SnapshotException e) {
            throw new SnapshotException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private byte[] content() throws IOException, SnapshotException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
            out.writeUTF(firmware);
            out.writeUTF(surroundings);
            out.writeLong(stateHash);
            new StateWriter(out).write(machine);
        }
        return packed.toByteArray();
    }

    /** Reads a file that {@link #write} has written. */
    public static SnapshotFile read(Path file) throws SnapshotException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new SnapshotException(
                        "it is larger than any snapshot: give a file of --save-snapshot");
            }
            byte[] all = Files.readAllBytes(file);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new SnapshotException(
                        "it is no snapshot: give a file that --save-snapshot has written");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new SnapshotException(
                        "it has version "
                                + version
                                + ", this program reads version "
                                + VERSION
                                + ": take it again");
            }
            byte[] digest = in.readNBytes(DIGEST_BYTES);
            byte[] content = in.readAllBytes();
            if (!Arrays.equals(digest, digest(content))) {
                throw new SnapshotException("it is damaged or was cut off: take it again");
            }
            return deep(() -> unpacked(content));
        } catch (NoSuchFileException e) {
            throw new SnapshotException(
                    file + ": no such file; looked at " + file.toAbsolutePath(), e);
        } catch (EOFException e) {
            throw new SnapshotException(
                    file + " cannot be used: it is damaged or was cut off: take it again", e);
        } catch (IOException e) {
            throw new SnapshotException(file + " cannot be read: " + e.getMessage(), e);
        } catch (SnapshotException e) {
            throw new SnapshotException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static SnapshotFile unpacked(byte[] content) throws IOException, SnapshotException {
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(
                                new Limited(
                                        new InflaterInputStream(
                                                new ByteArrayInputStream(content)))))) {
            String firmware = in.readUTF();
            String surroundings = in.readUTF();
            long stateHash = in.readLong();
            if (new StateReader(in).read() instanceof MachineSnapshot machine) {
                return new SnapshotFile(firmware, surroundings, stateHash, machine);
            }
            throw new SnapshotException("it is damaged: take it again");
        }
    }

    /** Ends a stream that unpacks to more than any snapshot has. */
    private static final class Limited extends FilterInputStream {
        private long left = MAX_CONTENT_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            left--;
            return left < 0 ? -1 : super.read();
        }

        @Override
        public int read(byte[] buffer, int from, int size) throws IOException {
            int count = left <= 0 ? -1 : super.read(buffer, from, (int) Math.min(left, size));
            left -= Math.max(0, count);
            return count;
        }
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Something that goes deep. */
    private interface Work<T> {
        T run() throws IOException, SnapshotException;
    }

    /** How it went. */
    private static final class Outcome<T> {
        private T value;
        private IOException unreadable;
        private SnapshotException refused;
    }

    /** Does work on a thread with a large stack, and waits for it. */
    private static <T> T deep(Work<T> work) throws IOException, SnapshotException {
        Outcome<T> outcome = new Outcome<>();
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                outcome.value = work.run();
                            } catch (IOException e) {
                                outcome.unreadable = e;
                            } catch (SnapshotException e) {
                                outcome.refused = e;
                            }
                        },
                        "snapshot",
                        STACK_BYTES);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (outcome.unreadable != null) {
            throw outcome.unreadable;
        }
        if (outcome.refused != null) {
            throw outcome.refused;
        }
        if (outcome.value == null) {
            throw new SnapshotException("it is damaged: take it again");
        }
        return outcome.value;
    }
}
