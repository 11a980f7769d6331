package dev.microvisor.debug.latency;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long a debugger lets a person wait: {@code LatencyBenchmark microvisor-debug.jar}, from the
 * root. Ours, lldb-dap and gdb debug the same ELF file, the latter two on QEMU. Not a test: it
 * judges nothing; the README of the adapter holds what it printed.
 */
public final class LatencyBenchmark {
    private static final Path SOURCES = Path.of("debug-adapter/cli/src/test/resources/latency");
    private static final int STEPS = 300;
    private static final long FAR = 1_000_000_000L;
    private static final int UNITS = 75;

    private final Path folder;
    private final String jar;

    private LatencyBenchmark(Path folder, String jar) {
        this.folder = folder;
        this.jar = jar;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("latency");
        LatencyBenchmark benchmark = new LatencyBenchmark(folder, args[0]);
        Path elf = benchmark.compile("latency", List.of());
        System.out.printf("%-54s %9s %9s %9s%n", "milliseconds", "median", "p95", "processor");
        benchmark.ours(elf);
        benchmark.big();
        benchmark.lldb(elf);
        benchmark.gdb(elf);
    }

    private Path compile(String name, List<String> more) throws IOException, InterruptedException {
        Path elf = folder.resolve(name + ".elf");
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                "arm-none-eabi-gcc",
                                "-mcpu=cortex-m4",
                                "-mthumb",
                                "-g3",
                                "-O0",
                                "-ffreestanding",
                                "-nostdlib",
                                "-T",
                                SOURCES.resolve("latency.ld").toString(),
                                SOURCES.resolve("latency.c").toString(),
                                "-o",
                                elf.toString()));
        command.addAll(more);
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("the firmware does not compile");
        }
        return elf;
    }

    // ---------------------------------------------------------------- ours

    private DapPipe launched(Path elf, String name) throws IOException {
        DapPipe dap = new DapPipe(List.of("java", "-XX:+UseSerialGC", "-jar", jar, "dap"));
        new Times(dap.process())
                .measure(1, () -> dap.ask("initialize", "{\"adapterID\":\"microvisor\"}"))
                .print(name + ": process start to answer of initialize");
        new Times(dap.process())
                .measure(
                        1,
                        () -> {
                            dap.ask("launch", "{\"program\":\"" + elf + "\"}");
                            dap.event("initialized");
                            dap.ask("configurationDone", "{}");
                            dap.event("stopped");
                        })
                .print(name + ": launch to stopped in main");
        return dap;
    }

    private void ours(Path elf) throws IOException {
        try (DapPipe dap = launched(elf, "microvisor")) {
            steps(dap, "microvisor");
            dap.ask(
                    "evaluate",
                    "{\"expression\":\"goto instruction 200000000\",\"context\":\"repl\"}");
            dap.event("stopped");
            motion(dap, "next", 20);
            motion(dap, "stepBack", 20);
            motion(dap, "stepBack", STEPS).print("microvisor: stepBack to stopped");
            breakpoint(dap, "begin");
            dap.ask(
                    "evaluate",
                    "{\"expression\":\"goto instruction " + FAR + "\",\"context\":\"repl\"}");
            dap.event("stopped");
            for (int i = 1; i <= 3; i++) {
                motion(dap, "reverseContinue", 1)
                        .print("microvisor: reverseContinue over 1 G, time " + i);
                dap.ask(
                        "evaluate",
                        "{\"expression\":\"goto instruction " + FAR + "\",\"context\":\"repl\"}");
                dap.event("stopped");
            }
            System.out.printf(
                    "%-54s %9d%n", "microvisor: MiB at most", Times.peakMiB(dap.process()));
        }
    }

    /** Full debug information of some five megabytes. */
    private void big() throws IOException, InterruptedException {
        List<String> sources = new java.util.ArrayList<>();
        for (int unit = 0; unit < UNITS; unit++) {
            Path source = folder.resolve("unit" + unit + ".c");
            try (PrintWriter out =
                    new PrintWriter(Files.newBufferedWriter(source, StandardCharsets.UTF_8))) {
                writeUnit(out, unit);
            }
            sources.add(source.toString());
        }
        Path elf = compile("big", sources);
        launched(elf, "microvisor, ELF of " + Files.size(elf) / 1_000_000 + " MB").close();
    }

    private static void writeUnit(PrintWriter out, int unit) {
        for (int i = 0; i < 150; i++) {
            String name = "u" + unit + "_" + i;
            out.println(
                    "struct s_" + name + " { int a, b; struct s_" + name + " *next; char c[9]; };");
            out.println("#define M_" + name + "(x) ((x) + " + i + ")");
            out.println("int f_" + name + "(struct s_" + name + " *p, int n) {");
            out.println("  int sum = 0;");
            out.println(
                    "  for (int i = 0; i < n; i++) { int t = p->a * i; sum += M_"
                            + name
                            + "(t); }");
            out.println("  return sum ? sum : p->next->b;");
            out.println("}");
        }
    }

    // ---------------------------------------------------------------- common to DAP

    private static Times motion(DapPipe dap, String command, int times) throws IOException {
        return new Times(dap.process())
                .measure(
                        times,
                        () -> {
                            dap.send(command, "{\"threadId\":1}");
                            dap.event("stopped");
                        });
    }

    private static void breakpoint(DapPipe dap, String function) throws IOException {
        dap.ask("setFunctionBreakpoints", "{\"breakpoints\":[{\"name\":\"" + function + "\"}]}");
    }

    private static void steps(DapPipe dap, String name) throws IOException {
        steps(dap, name, 1);
    }

    private static void steps(DapPipe dap, String name, int thread) throws IOException {
        Times.Operation next =
                () -> {
                    dap.send("next", "{\"threadId\":" + thread + "}");
                    dap.event("stopped");
                };
        new Times(dap.process()).measure(1, next).print(name + ": first next to stopped");
        new Times(dap.process()).measure(STEPS, next).print(name + ": next to stopped");
        Times.Operation refresh = () -> refresh(dap, thread);
        for (int i = 0; i < STEPS; i++) {
            next.run();
            refresh.run();
        }
        Times looks = new Times(dap.process());
        for (int i = 0; i < STEPS; i++) {
            next.run();
            looks.measure(1, refresh);
        }
        looks.print(name + ": threads, stack, scopes, variables");
    }

    /** What an editor asks for at a stop. */
    private static void refresh(DapPipe dap, int thread) throws IOException {
        dap.ask("threads", "{}");
        JsonObject stack = dap.ask("stackTrace", "{\"threadId\":" + thread + ",\"levels\":20}");
        int frame =
                stack.getAsJsonArray("stackFrames").get(0).getAsJsonObject().get("id").getAsInt();
        JsonObject scopes = dap.ask("scopes", "{\"frameId\":" + frame + "}");
        for (JsonElement scope : scopes.getAsJsonArray("scopes")) {
            JsonObject row = scope.getAsJsonObject();
            String scopeName = row.get("name").getAsString();
            if (scopeName.startsWith("Local") || scopeName.startsWith("Arg")) {
                dap.ask(
                        "variables",
                        "{\"variablesReference\":" + row.get("variablesReference") + "}");
            }
        }
    }

    // ---------------------------------------------------------------- the others, on QEMU

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process qemu(Path elf, int port) throws IOException {
        Process qemu =
                new ProcessBuilder(
                                "qemu-system-arm",
                                "-M",
                                "netduinoplus2",
                                "-nographic",
                                "-S",
                                "-gdb",
                                "tcp:127.0.0.1:" + port,
                                "-monitor",
                                "stdio",
                                "-serial",
                                "none",
                                "-kernel",
                                elf.toString())
                        .start();
        // Its monitor greets when the stub listens.
        int greeting = qemu.getInputStream().read();
        if (greeting < 0) {
            throw new IOException("qemu-system-arm did not start");
        }
        return qemu;
    }

    private void lldb(Path elf) throws IOException {
        int port = freePort();
        Process qemu = qemu(elf, port);
        try (DapPipe dap = new DapPipe(List.of("lldb-dap-22"))) {
            new Times(dap.process())
                    .measure(1, () -> dap.ask("initialize", "{\"adapterID\":\"lldb\"}"))
                    .print("lldb-dap: process start to answer of initialize");
            int[] thread = new int[1];
            new Times(dap.process())
                    .measure(
                            1,
                            () -> {
                                int attach =
                                        dap.send(
                                                "attach",
                                                "{\"attachCommands\":[\"target create "
                                                        + elf
                                                        + "\",\"gdb-remote 127.0.0.1:"
                                                        + port
                                                        + "\"],\"stopOnEntry\":true}");
                                dap.event("initialized");
                                breakpoint(dap, "main");
                                dap.send("configurationDone", "{}");
                                dap.answer(attach);
                                dap.event("stopped");
                                JsonObject threads = dap.ask("threads", "{}");
                                thread[0] =
                                        threads.getAsJsonArray("threads")
                                                .get(0)
                                                .getAsJsonObject()
                                                .get("id")
                                                .getAsInt();
                                dap.send("continue", "{\"threadId\":" + thread[0] + "}");
                                dap.event("stopped");
                            })
                    .print("lldb-dap, QEMU: attach to stopped in main");
            steps(dap, "lldb-dap, QEMU", thread[0]);
            System.out.printf("%-54s %9d%n", "lldb-dap: MiB at most", Times.peakMiB(dap.process()));
        } finally {
            qemu.destroy();
        }
    }

    private void gdb(Path elf) throws IOException {
        int port = freePort();
        Process qemu = qemu(elf, port);
        GdbPipe[] started = new GdbPipe[1];
        Times launch = new Times();
        launch.measure(
                1,
                () -> {
                    started[0] = new GdbPipe(elf.toString());
                    started[0].run("-target-select remote 127.0.0.1:" + port, "^connected");
                    started[0].run("-break-insert main", "^done");
                    started[0].run("-exec-continue", "*stopped");
                });
        launch.print("gdb, QEMU: process start to stopped in main");
        try (GdbPipe gdb = started[0]) {
            Times.Operation next = () -> gdb.run("-exec-next", "*stopped");
            new Times(gdb.process()).measure(STEPS, next).print("gdb, QEMU: next to stopped");
            Times looks = new Times(gdb.process());
            for (int i = 0; i < STEPS; i++) {
                next.run();
                looks.measure(
                        1,
                        () -> {
                            gdb.run("-thread-info", "^done");
                            gdb.run("-stack-list-frames", "^done");
                            gdb.run("-stack-list-variables --all-values", "^done");
                        });
            }
            looks.print("gdb, QEMU: threads, stack, variables");
            System.out.printf("%-54s %9d%n", "gdb: MiB at most", Times.peakMiB(gdb.process()));
        } finally {
            qemu.destroy();
        }
    }
}
