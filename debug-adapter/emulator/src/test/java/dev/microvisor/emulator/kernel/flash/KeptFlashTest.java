package dev.microvisor.emulator.kernel.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.CloudFileException;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.outside.Outside;
import dev.microvisor.emulator.outside.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** External flash that is kept in a file. */
class KeptFlashTest {
    private static final int SIZE = 16_384;

    @TempDir Path folder;

    private Cloud cloud() throws CloudFileException {
        return CloudFile.parse(
                "[flash]\nsize_bytes = " + SIZE + "\nfile = \"flash.bin\"", "cloud.toml", folder);
    }

    private KernelFixture run() throws CloudFileException {
        return new KernelFixture(cloud());
    }

    private static int open(KernelFixture k) {
        int handle = k.variable(0);
        assertThat(k.call("mvExternalFlashOpen", handle)).isEqualTo(Status.OKAY);
        return k.word(handle);
    }

    private static void write(KernelFixture k, int address, String text) {
        assertThat(
                        k.call(
                                "mvExternalFlashWriteBlocking",
                                open(k),
                                address,
                                text.length(),
                                k.text(text)))
                .isEqualTo(Status.OKAY);
    }

    private static String read(KernelFixture k, int address, int length) {
        int buffer = k.room(length);
        k.call("mvExternalFlashReadBlocking", open(k), address, length, buffer);
        return k.textAt(buffer, length);
    }

    private byte[] file() throws IOException {
        return Files.readAllBytes(folder.resolve("flash.bin"));
    }

    @Test
    void theNextRunReadsWhatTheLastHasWritten() throws Exception {
        write(run(), 4094, "kept");
        KernelFixture next = run();
        assertThat(read(next, 4094, 4)).isEqualTo("kept");
        assertThat(read(run(), 4094, 4)).isEqualTo("kept");
    }

    @Test
    void theFileIsTheContentByteByByteAndErasedElsewhere() throws Exception {
        write(run(), 4094, "kept");
        byte[] file = file();
        assertThat(file).hasSize(SIZE);
        assertThat(new String(file, 4094, 4, StandardCharsets.US_ASCII)).isEqualTo("kept");
        assertThat(file[4093]).isEqualTo((byte) 0xFF);
        assertThat(file[SIZE - 1]).isEqualTo((byte) 0xFF);
    }

    @Test
    void writingOnlyClearsBitsOfWhatTheFileHolds() throws Exception {
        byte[] content = new byte[100];
        Arrays.fill(content, (byte) 0x0F);
        Files.write(folder.resolve("flash.bin"), content);
        write(run(), 0, "3"); // 0x33
        assertThat(file()[0]).isEqualTo((byte) 0x03);
        assertThat(file()[99]).isEqualTo((byte) 0x0F);
        assertThat(file()[100]).as("behind its end it is erased").isEqualTo((byte) 0xFF);
    }

    @Test
    void erasingErasesTheFile() throws Exception {
        write(run(), 0, "gone");
        KernelFixture k = run();
        assertThat(k.call("mvExternalFlashEraseBlocking", open(k), 0, 4096)).isEqualTo(Status.OKAY);
        assertThat(file()[0]).isEqualTo((byte) 0xFF);
    }

    @Test
    void aRunThatOnlyReadsMakesNoFile() throws Exception {
        assertThat(read(run(), 0, 1).getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        assertThat(folder.resolve("flash.bin")).doesNotExist();
    }

    @Test
    void aRestartOfTheApplicationChangesNothing() throws Exception {
        KernelFixture k = run();
        write(k, 0, "kept");
        k.kernel.applicationReset(ResetCause.SOFTWARE);
        assertThat(read(k, 0, 4)).isEqualTo("kept");
    }

    /** What the file held is recorded; a replay neither needs the file nor changes it. */
    @Test
    void aReplayHasTheOldContentAndLeavesTheFileAlone() throws Exception {
        write(run(), 0, "old");
        Outside recorder = Outside.live(false);
        Path tape = folder.resolve("run.jsonl");
        recorder.recordTo(tape, "firmware", FakeGuest.CLOCK_HZ, false);
        KernelFixture recorded = new KernelFixture(cloud(), World.without(recorder));
        assertThat(read(recorded, 0, 3)).isEqualTo("old");
        Files.delete(folder.resolve("flash.bin"));
        Outside replay = Outside.replaying(Recording.read(tape), false);
        KernelFixture again = new KernelFixture(cloud(), World.without(replay));
        assertThat(read(again, 0, 3)).isEqualTo("old");
        write(again, 100, "new");
        assertThat(folder.resolve("flash.bin")).doesNotExist();
    }

    /** The past that is run again is in the file already; another future replaces it. */
    @Test
    void goingBackAndAnotherWayIsTheFilesContentToo() throws Exception {
        KernelFixture k = run();
        Object before = k.kernel.save();
        k.guest.now += 1000;
        write(k, 0, "one");
        k.kernel.restore(before);
        k.kernel.forgetFuture();
        write(k, 4096, "two");
        assertThat(file()[0]).isEqualTo((byte) 0xFF);
        assertThat(new String(file(), 4096, 3, StandardCharsets.US_ASCII)).isEqualTo("two");
    }

    @Test
    void explorationLeavesTheFileAsItIs() throws Exception {
        write(run(), 0, "kept");
        KernelFixture explored = new KernelFixture(cloud().leavingFlashAsItIs());
        assertThat(read(explored, 0, 4)).isEqualTo("kept");
        write(explored, 100, "new");
        assertThat(file()[100]).isEqualTo((byte) 0xFF);
    }

    @Test
    void aFileThatIsTooLargeOrNoneIsAnErrorOfTheCloudFile() throws Exception {
        Files.write(folder.resolve("flash.bin"), new byte[SIZE + 1]);
        assertThatThrownBy(this::cloud)
                .isInstanceOf(CloudFileException.class)
                .hasMessageContaining("cloud.toml:3")
                .hasMessageContaining("has 16385 bytes, more than size_bytes = 16384");
        assertThatThrownBy(
                        () ->
                                CloudFile.parse(
                                        "[flash]\nfile = \"no/such/f\"", "cloud.toml", folder))
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> CloudFile.parse("[flash]\nfile = \".\"", "cloud.toml", folder))
                .hasMessageContaining("no plain file");
    }
}
