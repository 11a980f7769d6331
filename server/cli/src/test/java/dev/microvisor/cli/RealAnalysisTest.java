package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.analysis.Linter;
import dev.microvisor.catalog.Catalog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with the real rules, over the samples that are shipped. */
class RealAnalysisTest {
    private static final String MISALIGNED =
            """
            #include "mv_syscalls.h"
            static uint8_t receive_buffer[1536] __attribute__((aligned(512)));
            static uint8_t send_buffer[512];
            static MvChannelHandle channel;
            void open_it(MvNetworkHandle network, MvNotificationHandle centre) {
                struct MvOpenChannelParams params = {
                    .version = 1,
                    .v1 = {
                        .notification_handle = centre,
                        .notification_tag = 1,
                        .network_handle = network,
                        .receive_buffer = receive_buffer,
                        .receive_buffer_len = sizeof(receive_buffer),
                        .send_buffer = send_buffer,
                        .send_buffer_len = sizeof(send_buffer),
                        .channel_type = MV_CHANNELTYPE_HTTP,
                        .endpoint = {.data = (const uint8_t *)"", .length = 0},
                    },
                };
                enum MvStatus status = mvOpenChannel(&params, &channel);
                if (status != MV_STATUS_OKAY) {
                    channel = 0;
                }
            }
            void close_it(void) {
                (void)mvCloseChannel(&channel);
            }
            """;

    @TempDir Path temp;

    @Test
    void pruneForgetsWhatWasMendedInAHeader() throws IOException {
        Path header = temp.resolve("channel.h");
        Files.writeString(header, MISALIGNED);
        Files.writeString(temp.resolve("main.c"), "#include \"channel.h\"\n");
        run(temp, "lint", "--baseline", "base.json");
        Path baseline = temp.resolve("base.json");
        assertThat(baseline).content().contains("\"channel.h\"");
        Files.writeString(
                header, MISALIGNED.replace("[512];", "[512] __attribute__((aligned(512)));"));
        run(temp, "lint", "main.c", "--baseline", "base.json", "--prune");
        assertThat(baseline).as("main.c alone").content().contains("\"buffer-alignment\"");
        run(temp, "lint", "--baseline", "base.json", "--prune");
        assertThat(baseline).as("its folder").content().doesNotContain("\"buffer-alignment\"");
    }

    @Test
    void theOtherSamplesAreClean() {
        for (String name : new String[] {"config-fetch", "http-request"}) {
            JsonObject report =
                    report(samples().resolve("firmware").resolve(name), "lint", "-f", "json");
            assertThat(report.getAsJsonArray("findings")).as(name).isEmpty();
        }
    }

    @Test
    void theAlignmentFixSilencesItsRuleAndIsANoOpTheSecondTime() throws IOException {
        Path file = temp.resolve("main.c");
        Files.writeString(file, MISALIGNED);
        JsonArray before = report(temp, "lint", "-f", "json").getAsJsonArray("findings");
        assertThat(before.toString()).contains("\"buffer-alignment\"");
        assertThat(run(temp, "lint", "--fix", "-f", "json").code()).isZero();
        String once = Files.readString(file);
        assertThat(once).contains("send_buffer[512] __attribute__((aligned(512)))");
        run(temp, "lint", "--fix");
        assertThat(Files.readString(file)).isEqualTo(once);
    }

    @Test
    void aBrokenSourceAndABrokenDatabaseAreNamedAndTheRestIsChecked() throws IOException {
        Files.writeString(temp.resolve("good.c"), MISALIGNED);
        Files.writeString(temp.resolve("broken.c"), "int x;\nint f( { ;;; struct {");
        Files.writeString(temp.resolve("header.c"), "int x;\n#include \"absent.h\"\n");
        CommandLineFixture.Result broken = run(temp, "lint", "-f", "concise");
        assertThat(broken.out()).contains("good.c:").contains("[buffer-alignment]");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err())
                .contains("header.c:2: warning: header 'absent.h' not found")
                .contains("broken.c:2: warning: syntax error");
        assertThat(run(temp, "lint", "broken.c").code()).isEqualTo(2);
        Files.writeString(temp.resolve("compile_commands.json"), "[{\"file\": 3");
        CommandLineFixture.Result result = run(temp, "lint", "-f", "concise");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("[buffer-alignment]");
        assertThat(result.err()).contains("compile_commands.json");
    }

    @Test
    void everyRuleIsListedAndExplained() {
        RuleBook book = RuleBook.bundled();
        assertThat(book.ids()).contains("buffer-alignment", "unchecked-status");
        for (String id : book.ids()) {
            assertThat(book.page(id).orElseThrow().summary()).as(id).endsWith(".");
            assertThat(run(temp, "explain", id).out()).startsWith("# " + id);
        }
    }

    @Test
    void anAliasIsAsGoodAsTheIdOfItsRule() throws IOException {
        Path file = temp.resolve("main.c");
        String text =
                """
                #include "mv_syscalls.h"
                enum MvStatus start_log(void) {
                    uint8_t space[1024] __attribute__((aligned(512)));
                    return mvServerLoggingInit(space, sizeof space);
                }
                """;
        Files.writeString(file, text);
        assertThat(run(temp, "lint", "--select", "stack-buffer").out()).contains("buffer-lifetime");
        assertThat(run(temp, "lint", "--ignore", "stack-buffer").code()).isZero();
        assertThat(run(temp, "explain", "stack-buffer").out()).startsWith("# buffer-lifetime");
        assertThat(run(temp, "rules").out()).contains("Also: stack-buffer.");
        for (String comment :
                new String[] {
                    "// NOLINT(microvisor-stack-buffer)",
                    "// microvisor: allow(stack-buffer) never returns"
                }) {
            Files.writeString(file, text.replace("(512)));", "(512))); " + comment));
            assertThat(run(temp, "lint").code()).as(comment).isZero();
        }
        Files.writeString(file, text);
        Files.writeString(temp.resolve("microvisor.toml"), "ignore = [\"stack-buffer\"]\n");
        CommandLineFixture.Result quiet = run(temp, "lint");
        assertThat(quiet.code()).isZero();
        assertThat(quiet.err()).doesNotContain("unknown rule");
    }

    private static Path samples() {
        return Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples");
    }

    private static JsonObject report(Path folder, String... arguments) {
        return JsonParser.parseString(run(folder, arguments).out()).getAsJsonObject();
    }

    private static CommandLineFixture.Result run(Path folder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        err,
                        Map.of(),
                        folder.toAbsolutePath().normalize());
        int code =
                new Main(console, () -> new Linter(Catalog.bundled())::lint, RuleBook::bundled)
                        .run(arguments);
        return new CommandLineFixture.Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
