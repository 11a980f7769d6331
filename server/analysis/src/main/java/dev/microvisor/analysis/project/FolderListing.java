package dev.microvisor.analysis.project;

import dev.microvisor.analysis.cache.FileStamp;
import dev.microvisor.analysis.cache.FileState;
import dev.microvisor.analysis.cache.ResultCache;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a folder decides which sources {@link SourceFiles} finds there: its sources, its folders,
 * and whether a build made it. While nobody writes into a folder its stamp alone tells that nothing
 * has come or gone.
 */
public final class FolderListing {
    /** Begins the content of every listing, and of no file. */
    private static final String MARK = "FOLDER ";

    private FolderListing() {}

    /** Take it before looking at the sources: what comes in between is then noticed. */
    public static FileState of(Path folder) {
        String stamp = FileStamp.of(folder);
        return new FileState(content(folder), stamp);
    }

    public static boolean isOne(FileState state) {
        return state.content().startsWith(MARK);
    }

    /** Whether a folder still has the sources and folders that it had. */
    public static boolean holds(Path folder, FileState before) {
        boolean untouched =
                !before.stamp().equals(FileStamp.NONE)
                        && before.stamp().equals(FileStamp.of(folder));
        return untouched || before.content().equals(content(folder));
    }

    private static String content(Path folder) {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (SourceFiles.isSource(entry) || name.equals(SourceFiles.BUILD_MARK)) {
                    names.add(name);
                } else if (!name.startsWith(".") && Files.isDirectory(entry)) {
                    names.add(name + "/");
                }
            }
        } catch (IOException e) {
            return MARK + "CLOSED";
        }
        return MARK + ResultCache.fingerprint(names.toString());
    }
}
