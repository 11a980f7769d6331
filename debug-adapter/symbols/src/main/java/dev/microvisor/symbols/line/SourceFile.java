package dev.microvisor.symbols.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source file as the compiler saw it.
 *
 * @param path absolute path with {@code .} and {@code ..} removed; slashes as the compiler wrote
 * @param md5 checksum of its contents in hexadecimal, when the compiler recorded it (DWARF 5)
 */
public record SourceFile(String path, Optional<String> md5) {
    /** The last part of the path. */
    public String name() {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Joins what the line table has in parts. */
    static SourceFile of(String compilationDirectory, String directory, String name, String md5) {
        String full = name;
        if (!isAbsolute(full) && !directory.isEmpty()) {
            full = join(directory, full);
        }
        if (!isAbsolute(full) && !compilationDirectory.isEmpty()) {
            full = join(compilationDirectory, full);
        }
        return new SourceFile(withoutDots(full), Optional.ofNullable(md5));
    }

    private static String join(String directory, String name) {
        boolean ends = directory.endsWith("/") || directory.endsWith("\\");
        return ends ? directory + name : directory + "/" + name;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/")
                || path.startsWith("\\")
                || (path.length() > 2
                        && path.charAt(1) == ':'
                        && (path.charAt(2) == '/' || path.charAt(2) == '\\'));
    }

    /** Removes {@code .} and {@code x/..} parts without asking the file system. */
    public static String withoutDots(String path) {
        if (!path.contains("./") && !path.contains(".\\") && !path.contains("//")) {
            return path;
        }
        char separator = path.indexOf('/') < 0 && path.indexOf('\\') >= 0 ? '\\' : '/';
        List<String> kept = new ArrayList<>();
        for (String part : path.split("[/\\\\]", -1)) {
            if (part.equals("..")
                    && !kept.isEmpty()
                    && !kept.get(kept.size() - 1).isEmpty()
                    && !kept.get(kept.size() - 1).equals("..")) {
                kept.remove(kept.size() - 1);
            } else if (!part.equals(".") && (!part.isEmpty() || kept.isEmpty())) {
                kept.add(part);
            }
        }
        return String.join(String.valueOf(separator), kept);
    }
}
