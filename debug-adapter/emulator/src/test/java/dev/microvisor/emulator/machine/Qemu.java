package dev.microvisor.emulator.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** QEMU's Cortex-M33 as a reference. */
public final class Qemu {
    public static final String HOW_TO_INSTALL =
            "qemu-system-arm not found: apt-get install qemu-system-arm";

    private static final int TIMEOUT_S = 120;

    private Qemu() {}

    public static boolean isInstalled() {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "qemu-system-arm"))) {
                return true;
            }
        }
        return false;
    }

    /** Runs a flat image that starts at 0x10000000 and returns what it writes by semihosting. */
    public static String run(byte[] image) {
        try {
            Path file = Files.createTempFile("program", ".elf");
            Path output = Files.createTempFile("program", ".out");
            try {
                Files.write(file, elf(image));
                Process process =
                        new ProcessBuilder(
                                        "qemu-system-arm",
                                        "-M",
                                        "mps2-an505",
                                        "-nographic",
                                        "-semihosting",
                                        "-kernel",
                                        file.toString())
                                .redirectErrorStream(true)
                                .redirectInput(
                                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                                .redirectOutput(output.toFile())
                                .start();
                if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("QEMU did not end in " + TIMEOUT_S + " s");
                }
                return Files.readString(output, StandardCharsets.UTF_8);
            } finally {
                Files.delete(file);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while QEMU ran", e);
        }
    }

    /** The image as an ELF file with one segment, because QEMU places raw images at address 0. */
    private static byte[] elf(byte[] image) {
        int headers = 0x34 + 0x20;
        ByteBuffer elf = ByteBuffer.allocate(headers + image.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        elf.putShort((short) 2).putShort((short) 40).putInt(1); // executable, Arm, version 1
        elf.putInt(ProgramRunner.ROM).putInt(0x34).putInt(0).putInt(0x0500_0000);
        elf.putShort((short) 0x34).putShort((short) 0x20).putShort((short) 1);
        elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        elf.putInt(1).putInt(headers).putInt(ProgramRunner.ROM).putInt(ProgramRunner.ROM);
        elf.putInt(image.length).putInt(image.length).putInt(5).putInt(4);
        return elf.put(image).array();
    }
}
