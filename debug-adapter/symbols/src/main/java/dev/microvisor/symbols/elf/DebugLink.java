package dev.microvisor.symbols.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * The file that holds the debug information of a stripped program: section {@code .gnu_debuglink},
 * as {@code objcopy --add-gnu-debuglink} writes it. Looked for where gdb looks beside the program:
 * in its folder and in {@code .debug} there; the checksum of the whole file has to fit.
 *
 * @param fileName without a folder
 * @param crc CRC-32 of the file's bytes
 */
public record DebugLink(String fileName, int crc) {
    private static final String SECTION = ".gnu_debuglink";
    private static final String SUBFOLDER = ".debug";

    /** What a program says; empty when it has its debug information itself. */
    public static Optional<DebugLink> of(ElfFile program) {
        boolean whole =
                program.section(".debug_info").isPresent()
                        || program.section(".zdebug_info").isPresent();
        Slice content = whole ? Slice.empty(SECTION) : program.contents(SECTION);
        if (content.length() == 0) {
            return Optional.empty();
        }
        Cursor cursor = content.cursor(0);
        String name = cursor.cString();
        // The name and its NUL are filled up to whole words.
        return Optional.of(
                new DebugLink(
                        name.substring(name.lastIndexOf('/') + 1),
                        content.cursor(content.length() - Integer.BYTES).i32()));
    }

    /**
     * Looks for the file.
     *
     * @param program where the program itself is
     * @param problems is told why there is none
     */
    public Optional<ElfFile> follow(Path program, Consumer<String> problems) {
        List<String> refused = new ArrayList<>();
        Path folder = program.toAbsolutePath().getParent();
        for (Path at : List.of(folder, folder.resolve(SUBFOLDER))) {
            Optional<ElfFile> found = read(at, refused);
            if (found.isPresent()) {
                return found;
            }
        }
        problems.accept(
                program
                        + " is stripped; its debug information is in "
                        + fileName
                        + (refused.isEmpty()
                                ? ", which is neither in " + folder + " nor in its " + SUBFOLDER
                                : ": " + String.join("; ", refused))
                        + ". Put the one of this build there");
        return Optional.empty();
    }

    private Optional<ElfFile> read(Path folder, List<String> refused) {
        try {
            Path file = folder.resolve(fileName);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            ElfFile debug = ElfFile.open(file);
            CRC32 checksum = new CRC32();
            checksum.update(Files.readAllBytes(file));
            if ((int) checksum.getValue() == crc) {
                return Optional.of(debug);
            }
            refused.add(file + " belongs to another build (its checksum is another one)");
        } catch (InvalidPathException e) {
            refused.add("that is no name of a file");
        } catch (IOException e) {
            refused.add(e.getMessage());
        }
        return Optional.empty();
    }
}
