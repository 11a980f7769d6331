package dev.microvisor.dap.firmware;

import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.CloudFileException;
import dev.microvisor.emulator.machine.FirmwareImage;
import dev.microvisor.emulator.machine.StartPlace;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.elf.ElfFormatException;
import dev.microvisor.symbols.elf.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a target together from files. What is wrong with them is a {@link CannotRun}. */
public final class TargetLoader {
    /** Looked for beside the ELF file when no cloud file is given. */
    public static final String CLOUD_FILE = "cloud.toml";

    /** Where Microvisor starts the application. */
    private static final int VECTOR_TABLE = 0x0800_0000;

    private TargetLoader() {}

    /** Makes a board with the firmware on it. */
    public interface BoardMaker {
        Target.Board make(FirmwareImage image, Cloud cloud) throws CannotRun;
    }

    /** Loads the firmware and its cloud; the machine stands at reset. */
    public static Target load(LaunchOptions options, BoardMaker maker) throws CannotRun {
        Program program = open(options.program());
        Optional<Path> cloudFile = cloudFile(options);
        Cloud cloud = cloud(cloudFile);
        if (options.seed().isPresent()) {
            cloud = cloud.withSeed(options.seed().get());
        }
        return target(program, maker.make(image(program), cloud), options);
    }

    /** Firmware that was loaded before, as it is now, for a client with sources of its own. */
    public static Target again(Target left, LaunchOptions options) {
        return target(left.program(), left.board(), options);
    }

    private static Target target(Program program, Target.Board board, LaunchOptions options) {
        SourcePaths sources =
                new SourcePaths(options.program(), options.workingFolder(), options.sourceMap());
        return new Target(program, board, sources, new SourceCheck(options.program(), sources));
    }

    private static Program open(Path path) throws CannotRun {
        if (Files.isDirectory(path)) {
            throw new CannotRun(path + " is a folder: give the firmware's ELF file");
        }
        try {
            return Program.open(path);
        } catch (ElfFormatException e) {
            throw new CannotRun(e.getMessage());
        } catch (IOException e) {
            throw new CannotRun("cannot read " + path + ": " + e.getMessage());
        }
    }

    /** The cloud file given, or the one beside the program if there is one. */
    public static Optional<Path> cloudFile(LaunchOptions options) {
        if (options.cloud().isPresent()) {
            return options.cloud();
        }
        Path beside = options.program().resolveSibling(CLOUD_FILE);
        return Files.isRegularFile(beside) ? Optional.of(beside) : Optional.empty();
    }

    private static Cloud cloud(Optional<Path> file) throws CannotRun {
        if (file.isEmpty()) {
            return Cloud.defaults();
        }
        try {
            return CloudFile.read(file.get());
        } catch (CloudFileException e) {
            throw new CannotRun(e.getMessage());
        }
    }

    private static FirmwareImage image(Program program) throws CannotRun {
        List<FirmwareImage.Segment> segments = new ArrayList<>();
        for (Segment segment : program.segments()) {
            segments.add(new FirmwareImage.Segment((int) segment.address(), segment.bytes()));
        }
        FirmwareImage image = new FirmwareImage(segments, VECTOR_TABLE, program.functionNames());
        Optional<String> noStart = StartPlace.problem(image);
        if (noStart.isPresent()) {
            throw new CannotRun(program.name() + " " + noStart.get());
        }
        Optional<FirmwareImage.Segment> outside = image.outsideMemory();
        if (outside.isPresent()) {
            throw new CannotRun(
                    program.name()
                            + String.format(
                                    " has %,d bytes at 0x%08x, which do not fit the application's"
                                            + " memory",
                                    outside.get().bytes().length, outside.get().address())
                            + ": 1 MiB of flash at 0x08000000, 512 KiB of RAM at 0x20000000 and"
                            + " 16 KiB at 0x28000000");
        }
        return image;
    }
}
