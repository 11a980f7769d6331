package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.microvisor.debug.latency.DapPipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** lldb and its debug adapter as clients of {@code microvisor run --gdb}. */
class LldbIT {
    private static final String PREFIX = "GDB listening on 127.0.0.1:";
    private static final String ELF = StartedRun.sample("config-fetch");

    private static String tool(String name) {
        Path tool = Path.of("/usr/bin", name);
        assumeTrue(Files.isExecutable(tool), name + " not found: apt-get install lldb-22");
        return tool.toString();
    }

    private static String debug(String... commands) throws Exception {
        String lldb = tool("lldb-22");
        StartedRun run = new StartedRun("--gdb", "0", ELF);
        List<String> command = new ArrayList<>(List.of(lldb, "--no-lldbinit", "--batch"));
        command.addAll(List.of("-o", "gdb-remote 127.0.0.1:" + run.port(PREFIX)));
        for (String text : commands) {
            command.addAll(List.of("-o", text));
        }
        command.addAll(List.of("-o", "process kill", ELF));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
        return output;
    }

    @Test
    void lldbSeesBreakpointsBacktraceValuesAndRegisters() throws Exception {
        String output =
                debug(
                        "breakpoint set --name read_item",
                        "continue",
                        "bt",
                        "frame variable index",
                        "register read sp xpsr primask d0",
                        "continue",
                        "frame variable index");
        assertThat(output)
                .contains("stop reason = breakpoint")
                .contains("read_answer")
                .contains("main.c")
                .contains("index = 0")
                .contains("index = 1")
                .contains("primask")
                .contains("xpsr");
    }

    @Test
    void lldbStepsAndWatches() throws Exception {
        String output =
                debug(
                        "breakpoint set --name read_item",
                        "continue",
                        "thread step-over",
                        "thread step-out",
                        "watchpoint set variable config_answered",
                        "memory read --format x --size 4 --count 1 0x20000000");
        assertThat(output)
                .contains("stop reason = step over")
                .contains("stop reason = step out")
                .contains("Watchpoint created")
                .contains("0x20000000");
    }

    @Test
    void lldbDapSteps() throws Exception {
        String adapter = tool("lldb-dap-22");
        StartedRun run = new StartedRun("--gdb", "0", ELF);
        int port = run.port(PREFIX);
        try (DapPipe dap = new DapPipe(List.of(adapter))) {
            dap.ask("initialize", "{\"adapterID\":\"lldb\"}");
            int attach =
                    dap.send(
                            "attach",
                            "{\"stopOnEntry\":true,\"attachCommands\":[\"target create "
                                    + ELF
                                    + "\",\"gdb-remote 127.0.0.1:"
                                    + port
                                    + "\"]}");
            dap.event("initialized");
            dap.ask("setFunctionBreakpoints", "{\"breakpoints\":[{\"name\":\"read_item\"}]}");
            dap.send("configurationDone", "{}");
            dap.answer(attach);
            dap.event("stopped");
            int thread = first(dap.ask("threads", "{}"), "threads");
            dap.send("continue", "{\"threadId\":" + thread + "}");
            dap.event("stopped");
            assertThat(top(dap, thread)).isEqualTo("read_item");
            dap.send("stepOut", "{\"threadId\":" + thread + "}");
            dap.event("stopped");
            assertThat(top(dap, thread)).isEqualTo("read_answer");
            dap.ask("disconnect", "{\"terminateDebuggee\":true}");
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.DONE);
    }

    private static int first(JsonObject body, String list) {
        return body.getAsJsonArray(list).get(0).getAsJsonObject().get("id").getAsInt();
    }

    private static String top(DapPipe dap, int thread) throws IOException {
        return dap.ask("stackTrace", "{\"threadId\":" + thread + "}")
                .getAsJsonArray("stackFrames")
                .get(0)
                .getAsJsonObject()
                .get("name")
                .getAsString();
    }
}
