package dev.microvisor.debug;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code train}: does once what later runs do, so that the class data archive that the launcher
 * makes of this run holds the classes they need: a run, and a debug session up to its first stop.
 */
@Command(
        name = "train",
        hidden = true,
        description = "Does a little of everything and prints nothing; for the launcher.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FIRMWARE.elf", description = "A sample that ends by itself.")
    private Path sample;

    @Override
    public Integer call() {
        int code = Main.run(streams(""), "run", sample.toString());
        Main.run(streams(session()), "dap");
        return code;
    }

    private static Main.Streams streams(String input) {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        PrintStream nobody =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Main.Streams(in, nobody, nobody);
    }

    /** What an editor asks until the firmware stands at its first instruction. */
    private String session() {
        String program = sample.toAbsolutePath().toString().replace("\\", "\\\\");
        List<String> requests =
                List.of(
                        "initialize\",\"arguments\":{\"adapterID\":\"microvisor\"}",
                        "launch\",\"arguments\":{\"program\":\""
                                + program.replace("\"", "\\\"")
                                + "\",\"stopOnEntry\":true}",
                        "setFunctionBreakpoints\",\"arguments\":{\"breakpoints\":[{\"name\":\"main\"}]}",
                        "configurationDone\",\"arguments\":{}",
                        "threads\",\"arguments\":{}",
                        "stackTrace\",\"arguments\":{\"threadId\":1}",
                        "scopes\",\"arguments\":{\"frameId\":1}",
                        "evaluate\",\"arguments\":{\"expression\":\"mv networks\",\"context\":\"repl\"}",
                        "disconnect\",\"arguments\":{}");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < requests.size(); i++) {
            String json =
                    "{\"seq\":"
                            + (i + 1)
                            + ",\"type\":\"request\",\"command\":\""
                            + requests.get(i)
                            + "}";
            int length = json.getBytes(StandardCharsets.UTF_8).length;
            text.append("Content-Length: ").append(length).append("\r\n\r\n").append(json);
        }
        return text.toString();
    }
}
