package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.emulator.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an option says is to be written at the end of a run.
 *
 * @param option with its dashes, for messages
 */
public record ReportFile(String option, Path path) {
    /** Before the run: nobody wants to learn after ten minutes that the folder does not exist. */
    public void check() throws CannotRun {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            throw cannotWrite("it is a folder");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw cannotWrite("there is no folder " + folder);
        }
        if (!Files.isWritable(Files.exists(path) ? path : folder)) {
            throw cannotWrite("permission denied");
        }
    }

    /** After the run; the file is whole at any time. */
    public void write(CharSequence text) throws CannotRun {
        try {
            WholeFile.write(path, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw cannotWrite(IoProblem.of(e));
        }
    }

    private CannotRun cannotWrite(String why) {
        return new CannotRun(option + " " + path + " cannot be written: " + why);
    }
}
