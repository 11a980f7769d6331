package dev.microvisor.gdb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.scope.Function;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compiles the programs that are compared with gdb: those of the symbols' tests and the samples.
 */
final class ComparedPrograms {
    private static final Path ROOT =
            Path.of(System.getProperty("microvisor.root", "../..")).toAbsolutePath().normalize();
    private static final Path PROGRAMS =
            ROOT.resolve("debug-adapter/symbols/src/test/resources/programs");
    private static final Path SAMPLES = ROOT.resolve("samples/firmware");
    private static final List<String> SDK =
            List.of(
                    "startup.c",
                    "mv_syscalls.s",
                    "freestanding.c",
                    "clock.c",
                    "log.c",
                    "network.c");
    private static final String COMPILER = "arm-none-eabi-gcc";

    private ComparedPrograms() {}

    /** A program on the bare machine. */
    static Path program(String source, Path folder, String... flags) throws Exception {
        return program(source, folder, List.of(), flags);
    }

    /** A program on the bare machine, with libraries. */
    static Path program(String source, Path folder, List<String> libraries, String... flags)
            throws Exception {
        List<String> command = command("-mfloat-abi=hard", "-mfpu=fpv5-sp-d16", "-nostartfiles");
        command.addAll(List.of("--specs=nano.specs", "-T", GdbClient.RESOURCES + "/board.ld"));
        if (source.endsWith(".cpp")) {
            command.addAll(List.of("-fno-rtti", "-fno-exceptions", "-fno-threadsafe-statics"));
        }
        command.addAll(List.of(flags));
        command.add(PROGRAMS.resolve("start.c").toString());
        command.add(PROGRAMS.resolve(source).toString());
        command.addAll(libraries);
        return compile(command, folder.resolve(source + ".elf"));
    }

    /** A sample for Microvisor with other flags than it is shipped with, and its cloud file. */
    static Path sample(String name, Path folder, String... flags) throws Exception {
        Path home = SAMPLES.resolve(name);
        Path sdk = SAMPLES.resolve("sdk");
        List<String> command = command("-mfloat-abi=soft", "-nostdlib");
        command.addAll(List.of("-T", sdk.resolve("microvisor.ld").toString(), "-I" + sdk));
        command.addAll(List.of(flags));
        command.addAll(List.of("-ffunction-sections", "-Wl,--gc-sections"));
        SDK.forEach(one -> command.add(sdk.resolve(one).toString()));
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.sorted().toList()) {
                String said = file.getFileName().toString();
                if (said.endsWith(".c") || said.endsWith(".cpp")) {
                    command.add(file.toString());
                } else if (said.endsWith(".toml") || said.endsWith(".csv")) {
                    Files.copy(file, folder.resolve(said));
                }
            }
        }
        command.add("-lgcc");
        return compile(command, folder.resolve(name + ".elf"));
    }

    /** Names of the functions whose source lies below a folder. */
    static List<String> functionsOf(Path elf, String folder) throws IOException {
        Program program = Program.open(elf);
        TreeSet<String> names = new TreeSet<>();
        for (int address : program.functionNames().keySet()) {
            Optional<Function> function = program.functionAt(address);
            boolean ours =
                    program.lineAt(address)
                            .filter(line -> line.file().path().contains(folder))
                            .isPresent();
            if (ours && function.isPresent()) {
                names.add(function.get().name());
            }
        }
        return List.copyOf(names);
    }

    private static List<String> command(String... flags) {
        List<String> command =
                new ArrayList<>(List.of(COMPILER, "-mcpu=cortex-m33", "-mthumb", "-ffreestanding"));
        command.addAll(List.of(flags));
        return command;
    }

    private static Path compile(List<String> command, Path elf) throws Exception {
        boolean found = false;
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            found |= Files.isExecutable(Path.of(place, COMPILER));
        }
        assumeTrue(
                found,
                COMPILER
                        + " not found: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi"
                        + " libstdc++-arm-none-eabi-newlib");
        command.addAll(List.of("-o", elf.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + said);
        }
        return elf;
    }
}
