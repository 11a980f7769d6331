package dev.microvisor.analysis.cache;

/**
 * What was found at a path.
 *
 * @param content a name for what the file held, or why it had no text; equal names, equal contents
 * @param stamp its {@link FileStamp}, or {@link FileStamp#NONE}
 */
public record FileState(String content, String stamp) {
    /** There was no file. */
    public static final FileState ABSENT = new FileState("ABSENT", FileStamp.NONE);

    /** Whether there was no file. A record's own {@code equals} costs a short run too much. */
    public boolean isAbsent() {
        return content.equals(ABSENT.content);
    }
}
