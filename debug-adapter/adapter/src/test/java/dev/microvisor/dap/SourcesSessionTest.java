package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.ChecksumAlgorithm;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.StackFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are not where, or not what, they were when the firmware was built. */
class SourcesSessionTest {
    private static final Path SPIN = Path.of("src/test/firmware/spin.c").toAbsolutePath();
    private static final String WINDOWS = "C:\\build\\firmware";

    @TempDir Path folder;
    private DapClient client;
    private Path source;

    @BeforeEach
    void connect() throws IOException {
        client = new DapClient();
        source = Files.copy(SPIN, folder.resolve("spin.c"));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private StackFrame stopInMain(Path elf, Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>(more);
        attributes.put("program", elf.toString());
        client.launch(attributes);
        client.configurationDone();
        client.awaitStop();
        return client.stack().get(0);
    }

    private String said() {
        return String.join("", client.output);
    }

    /** gcc records no checksums; its assembler does when it is given them, as clang does. */
    private Path buildWithChecksum() throws Exception {
        Path assembly = folder.resolve("spin.s");
        // Skips the test where there is no compiler.
        assertThat(Firmware.build(source, folder.resolve("plain.elf"))).exists();
        Firmware.run(
                List.of(
                        "arm-none-eabi-gcc",
                        "-mcpu=cortex-m33",
                        "-mthumb",
                        "-ffreestanding",
                        "-g",
                        "-gdwarf-5",
                        "-S",
                        source.toString(),
                        "-o",
                        assembly.toString()));
        byte[] digest = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(source));
        // gas takes a number and writes it little end first; DWARF wants the digest's own order.
        for (int i = 0; i < digest.length / 2; i++) {
            byte first = digest[i];
            digest[i] = digest[digest.length - 1 - i];
            digest[digest.length - 1 - i] = first;
        }
        String sum = HexFormat.of().formatHex(digest);
        String text = Files.readString(assembly);
        Files.writeString(assembly, text.replaceAll("(?m)^(\\s*\\.file 1 .*)$", "$1 md5 0x" + sum));
        return Firmware.build(assembly, folder.resolve("spin.elf"), "-gdwarf-5");
    }

    private static void changeAfter(Path elf, Path file, long laterMs) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(Files.getLastModifiedTime(elf).toMillis() + laterMs));
    }

    @Test
    void aSourceThatIsNotTheOneOfTheBuildIsToldByItsChecksum() throws Exception {
        Path elf = buildWithChecksum();
        Files.writeString(source, "/* a new line */\n" + Files.readString(source));
        StackFrame frame = stopInMain(elf, Map.of());
        assertThat(frame.getSource().getChecksums())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.getAlgorithm()).isEqualTo(ChecksumAlgorithm.MD5);
                            assertThat(one.getChecksum()).hasSize(32);
                        });
        client.stack();
        assertThat(said()).containsOnlyOnce("spin.c is not the file that the firmware was built");
    }

    @Test
    void anUntouchedSourceIsNotSpokenOfEvenIfItIsNewer() throws Exception {
        Path elf = buildWithChecksum();
        changeAfter(elf, source, 99_000);
        stopInMain(elf, Map.of());
        assertThat(said()).doesNotContain("spin.c");
    }

    @Test
    void withoutAChecksumTheTimeOfTheFileTells() throws Exception {
        Path elf = Firmware.build(source, folder.resolve("spin.elf"));
        changeAfter(elf, source, 60_000);
        client.launch(Map.of("program", elf.toString()));
        client.breakpoints(source.toString(), DapClient.at(6));
        assertThat(said()).contains("spin.c was changed after spin.elf was built");
    }

    /** Built as if on Windows; the source is there no more. */
    private Path builtElsewhere(Path old) throws Exception {
        Files.createDirectories(old);
        Files.copy(SPIN, old.resolve("moved.c"));
        return Firmware.build(
                old.resolve("moved.c"),
                folder.resolve("spin.elf"),
                "-ffile-prefix-map=" + old + "=" + WINDOWS);
    }

    @Test
    void aSourceThatHasMovedIsNamedWithWhatToSet() throws Exception {
        Path old = folder.resolve("old");
        Path elf = builtElsewhere(old);
        Files.delete(old.resolve("moved.c"));
        Source missing = stopInMain(elf, Map.of()).getSource();
        assertThat(missing.getOrigin()).contains("not found on this machine").contains("sourceMap");
    }

    @Test
    void theSourceMapLeadsFromWindowsPathsToTheFilesHere() throws Exception {
        Path old = folder.resolve("old");
        Path elf = builtElsewhere(old);
        Path here = Files.createDirectories(folder.resolve("other/place"));
        Path found = Files.move(old.resolve("moved.c"), here.resolve("moved.c"));
        Map<String, Object> map =
                Map.of("sourceMap", Map.of("c:\\Build\\Firmware", here.toString()));
        assertThat(stopInMain(elf, map).getSource().getPath()).isEqualTo(found.toString());
        Breakpoint set = client.breakpoints(found.toString(), DapClient.at(6)).getBreakpoints()[0];
        assertThat(set.isVerified()).isTrue();
    }

    @Test
    void strippedFirmwareRunsAndSaysWhatIsMissing() throws Exception {
        Path elf = Firmware.build(source, folder.resolve("spin.elf"));
        Firmware.run(List.of("arm-none-eabi-strip", elf.toString()));
        client.launch(Map.of("program", elf.toString(), "stopOnEntry", true));
        Breakpoint refused =
                client.breakpoints(source.toString(), DapClient.at(6)).getBreakpoints()[0];
        assertThat(refused.isVerified()).isFalse();
        assertThat(refused.getMessage()).contains("no debug information").contains("-g");
        client.configurationDone();
        assertThat(client.awaitStop().getReason()).isEqualTo("entry");
        assertThat(client.stack().get(0).getName()).startsWith("0x0800");
        assertThat(said()).contains("spin.elf has no debug information: build with -g");
        assertThat(client.evaluate("$pc", "watch").getResult()).startsWith("0x0800");
        assertThat(
                        DapClient.failure(
                                client.server().evaluate(DapClient.evaluation("count", "watch"))))
                .contains("nothing is named 'count'");
    }

    @Test
    void firmwareForAnotherMachineIsRefusedByItsName() throws IOException {
        byte[] elf = Files.readAllBytes(Samples.elf("config-fetch"));
        elf[18] = (byte) 0xF3; // e_machine: RISC-V
        Path other = Files.write(folder.resolve("other.elf"), elf);
        client.initialize();
        assertThat(DapClient.failure(client.server().launch(Map.of("program", other.toString()))))
                .contains("other.elf")
                .contains("Arm");
    }
}
