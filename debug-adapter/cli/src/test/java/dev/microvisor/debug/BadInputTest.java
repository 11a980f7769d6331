package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a person gets wrong is one message that says what, where and what to try, exit code 2, and
 * nothing else; before the firmware runs.
 */
class BadInputTest {
    private static final Path FRAGILE = Path.of("src/test/firmware/fragile.elf");

    /** Its second segment has bytes: initialised data. */
    private static final Path STALLING = Path.of("src/test/firmware/stalling.elf");

    private static final int PROGRAM_HEADERS_AT = 28;

    private static final int PROGRAM_HEADER_COUNT = 44;

    private static final int PHYSICAL_ADDRESS = 12;
    private static final int EI_CLASS = 4;
    private static final int EI_DATA = 5;
    private static final int E_TYPE = 16;
    private static final int E_MACHINE = 18;

    @TempDir Path folder;

    private String message(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                Main.run(
                        new Main.Streams(
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)),
                        arguments);
        String said = err.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isEqualTo(ExitCodes.COULD_NOT_RUN);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(said.lines()).hasSize(1);
        assertThat(said)
                .startsWith("microvisor: ")
                .doesNotContain("Exception", "internal error", "null");
        return said;
    }

    private String run(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "run";
        arguments[1] = FRAGILE.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return message(arguments);
    }

    private String changed(Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer elf =
                ByteBuffer.wrap(Files.readAllBytes(STALLING)).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(elf);
        return message("run", Files.write(folder.resolve("firmware.elf"), elf.array()).toString());
    }

    @Test
    void whatIsNoFirmwareIsRefused() throws IOException {
        assertThat(message("run", "no-such.elf")).contains("no-such.elf does not exist");
        assertThat(message("run", folder.toString())).contains("is a folder");
        Path text = Files.writeString(folder.resolve("a.elf"), "this is text, not a program");
        assertThat(message("run", text.toString())).contains("a.elf is not an ELF file");
        assertThat(message("run")).contains("FIRMWARE.elf", "--help");
        assertThat(run("--nonsense")).contains("--nonsense", "--help");
    }

    @Test
    void commandsAndArgumentsThatDoNotExistAreTold() {
        assertThat(message("runn", "firmware.elf"))
                .contains("there is no command runn; did you mean \"run\"?", "--help");
        assertThat(message("dap", "firmware.elf")).contains("launch request names the firmware");
    }

    @Test
    void aKeyOfTheCloudFileThatIsMisspeltIsTold() throws IOException {
        Path cloud = Files.writeString(folder.resolve("c.toml"), "[device]\nsidd = 1\n");
        assertThat(run("--cloud", cloud.toString()))
                .contains("c.toml:2:1: unknown key \"sidd\"", "did you mean \"sid\"?");
    }

    @Test
    void firmwareForAnotherMachineIsRefused() throws IOException {
        assertThat(changed(e -> e.putShort(E_MACHINE, (short) 0x3E))).contains("Arm");
        assertThat(changed(e -> e.put(EI_CLASS, (byte) 2))).contains("32-bit");
        assertThat(changed(e -> e.put(EI_DATA, (byte) 2))).contains("big-endian");
        assertThat(changed(e -> e.putShort(E_TYPE, (short) 1))).contains("not linked yet");
    }

    @Test
    void firmwareThatDoesNotFitTheApplicationsMemoryIsRefused() throws IOException {
        assertThat(
                        changed(
                                e -> {
                                    int segment = e.getInt(PROGRAM_HEADERS_AT) + 32;
                                    e.putInt(segment + PHYSICAL_ADDRESS, 0x0810_0000);
                                }))
                .contains("bytes at 0x08100000", "1 MiB of flash");
        assertThat(
                        changed(
                                e -> {
                                    int segment = e.getInt(PROGRAM_HEADERS_AT);
                                    e.putInt(segment + PHYSICAL_ADDRESS, 0x2000_0000);
                                }))
                .contains("no vector table at 0x08000000", "linker script");
    }

    /** Built for the secure side, for a boot loader in front, for the other half of flash. */
    @Test
    void firmwareLinkedForAnotherPlaceIsToldWhereItLies() throws IOException {
        assertThat(movedTo(0x0C00_0000))
                .contains(
                        "no vector table at 0x08000000",
                        "begins at 0x0c000000",
                        "belongs to Microvisor: secure alias of flash",
                        "linker script");
        assertThat(movedTo(0x0810_0000)).contains("begins at 0x08100000", "upper half of flash");
        assertThat(movedTo(0x0800_8000)).contains("begins at 0x08008000. ");
    }

    private String movedTo(int flash) throws IOException {
        return changed(
                e -> {
                    for (int header = 0; header < e.getShort(PROGRAM_HEADER_COUNT); header++) {
                        int at = e.getInt(PROGRAM_HEADERS_AT) + 32 * header + PHYSICAL_ADDRESS;
                        e.putInt(at, e.getInt(at) - 0x0800_0000 + flash);
                    }
                });
    }

    @Test
    void firmwareThatCannotEvenStartIsToldWhy() throws IOException {
        assertThat(resetVector(TinyElf.CODE))
                .contains("reset vector 0x08000080", "Thumb bit", "-mthumb");
        assertThat(resetVector(0x0C00_0081))
                .contains("reset vector 0x0c000081", "belongs to Microvisor: secure alias");
        assertThat(resetVector(0xFFFF_FFFF)).contains("reset vector 0xffffffff", "no code");
        assertThat(resetVector(0)).contains("reset vector 0x00000000", "no code");
    }

    private String resetVector(int value) throws IOException {
        Path elf = new TinyElf().vector(1, value).code(0xE7FE).write(folder.resolve("r.elf"));
        return message("run", elf.toString());
    }

    /** Editors and shells of Windows write such files. */
    @Test
    void aCloudFileWithAByteOrderMarkIsReadAndOneInUtf16IsTold() throws IOException {
        Path marked = Files.writeString(folder.resolve("m.toml"), "\uFEFF[device]\nsidd = 1\n");
        assertThat(run("--cloud", marked.toString())).contains("m.toml:2:1: unknown key \"sidd\"");
        for (Charset wide : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            Path file = Files.writeString(folder.resolve("w.toml"), "[device]\n", wide);
            assertThat(run("--cloud", file.toString())).contains("UTF-16", "save it as UTF-8");
        }
        Path latin = folder.resolve("l.toml");
        Files.writeString(latin, "# \u00e4\n[device]\n", StandardCharsets.ISO_8859_1);
        assertThat(run("--cloud", latin.toString())).contains("no text in UTF-8: save it as UTF-8");
    }

    /** Data sheets and drivers often give the address with the bit for reading in it. */
    @Test
    void anI2cAddressWithTheBitForReadingIsToldAsSuch() throws IOException {
        Path cloud = folder.resolve("i.toml");
        Files.writeString(cloud, "[[i2c]]\nbus = \"I2C1\"\naddress = 0x90\n");
        assertThat(run("--cloud", cloud.toString()))
                .contains("i.toml:3:1: address 0x90", "7 bits", "0x48");
        Files.writeString(cloud, "[[i2c]]\nbus = \"I2C1\"\naddress = 0x7F\n");
        assertThat(run("--cloud", cloud.toString())).contains("from 0x08 to 0x77, not 0x7f");
    }

    /** A recording, a trace or a report that cannot be kept is no reason to run for ten minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--junit",
                "--coverage",
                "--call-coverage",
                "--perfetto",
                "--record",
                "--save-snapshot",
                "--report"
            })
    void aFileThatCannotBeWrittenIsToldBeforeTheRun(String option) {
        String[] more =
                option.equals("--save-snapshot")
                        ? new String[] {"--at", "1ms"}
                        : option.equals("--report") ? new String[] {"--explore-faults"} : null;
        String[] options = new String[2 + (more == null ? 0 : more.length)];
        options[0] = option;
        if (more != null) {
            System.arraycopy(more, 0, options, 2, more.length);
        }
        Path missing = folder.resolve("missing");
        options[1] = missing.resolve("file").toString();
        assertThat(run(options))
                .contains(option + " " + options[1] + " cannot be written: there is no folder");
        options[1] = folder.toString();
        assertThat(run(options)).contains("cannot be written: it is a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --seed          | one                     | 'one' is not a whole number
                    --max-instructions | 1e6                  | '1e6' is not a whole number
                    --max-time      | 10y                     | --max-time 10y is not understood
                    --max-time      | 0                       | --max-time 0 must be more than 0
                    --injekt        | mvNoOp=UNAVAILABLE      | there is no option --injekt; did you mean "--inject"?
                    --inject        | mvFoo=OKAY              | there is no Microvisor call mvFoo
                    --inject        | mvOpenChanel=RATELIMITED | did you mean "mvOpenChannel"?
                    --inject        | mvOpenChannel=RATELIMTED | did you mean "MV_STATUS_RATELIMITED"?
                    --until         | log:(                   | not a regular expression
                    --until         | config: on              | write log:REGEX or console:REGEX
                    --expect        | no-such.txt             | --expect no-such.txt cannot be read: there is no such file
                    --replay        | no-such.jsonl           | no-such.jsonl: no such file
                    --replay        | src/test/firmware/fragile.c | is no recording
                    --from-snapshot | no-such.bin             | no-such.bin: no such file
                    --from-snapshot | src/test/firmware/fragile.c | it is no snapshot
                    --serial-in     | USART2=no-such.txt      | --serial-in no-such.txt cannot be read: there is no such file
                    --serial-in     | USART9=no-such.txt      | ports are USART1
                    --cloud         | no-such.toml            | no-such.toml: no such file
                    --cloud         | src/test                | cannot be read: Is a directory
                    --format        | xml                     | [TEXT, JSON]
                    --cloud-api     | http://device:key@127.0.0.1:1 | the local cloud at 127.0.0.1:1 cannot be asked: nobody listens there
                    """)
    void anOptionThatMakesNoSenseIsToldInItsOwnWords(String option, String value, String words) {
        assertThat(run(option, value)).contains(words);
    }

    @Test
    void anExpressionInTheExpectedLinesThatIsNoneIsToldBeforeTheRun() throws IOException {
        Path expected = Files.writeString(folder.resolve("expected.txt"), "done\n/a(b/\n");
        assertThat(run("--expect", expected.toString())).contains("/a(b/ is not a regular");
    }

    @Test
    void whatIsNoReportIsNotMerged() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 0, 1});
        assertThat(message("run", "--merge", binary.toString())).contains("it is no text in UTF-8");
        assertThat(message("run", "--merge", "no-such.json")).contains("there is no such file");
        for (String json :
                List.of("{}", "[]", "{\"version\":1,\"results\":[null]}", "{", "{\"version\":7}")) {
            Path text = Files.writeString(folder.resolve("text"), json);
            assertThat(message("run", "--merge", text.toString())).contains("is not a report");
        }
    }

    @Test
    void aPortInUseIsTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            String data = folder.resolve("cloud").toString();
            assertThat(message("dap", "--port", port)).contains("choose another");
            assertThat(message("cloud", "--port", port, "--data", data)).contains("--port");
            assertThat(run("--debug", port)).contains("127.0.0.1:" + port, "choose another");
            assertThat(run("--gdb=" + port)).contains("choose another port with --gdb=PORT");
            assertThat(run("--with-api=" + data, "--api-port", port)).contains("--api-port");
        }
    }
}
