package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The generated files of {@code samples/firmware/sdk}. */
public final class SdkFiles {
    /** The command that makes the files; each opens with it. */
    static final String COMMAND =
            "mvn -q -pl server/catalog test -Dtest=SdkFilesTest -Dgolden=update";

    private SdkFiles() {}

    /** Name and text of every file. */
    public static Map<String, String> of(Catalog catalog) {
        Map<String, String> files = new TreeMap<>();
        files.put("mv_syscalls.h", HeaderFile.of(catalog));
        files.put("mv_syscalls.s", StubFile.of(catalog));
        files.put("interrupts.h", InterruptFile.of(catalog));
        files.put("startup.c", StartupFile.of(catalog));
        files.put("microvisor.ld", LinkerScriptFile.of(catalog));
        return files;
    }

    /** Writes the files into the folder named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: SdkFiles FOLDER    writes the generated SDK files there");
            System.exit(2);
        }
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : of(Catalog.bundled()).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
