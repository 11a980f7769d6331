package dev.microvisor.dap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The firmware of the samples folder, prebuilt, so that no toolchain is needed. */
final class Samples {
    private static final Path FIRMWARE =
            Path.of(System.getProperty("microvisor.root", "../..")).resolve("samples/firmware");

    private Samples() {}

    static Path folder(String name) {
        Path folder = FIRMWARE.resolve(name).toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(folder), "no sample " + folder);
        return folder;
    }

    static Path elf(String name) {
        return folder(name).resolve(name + ".elf");
    }
}
