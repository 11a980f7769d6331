package dev.microvisor.debug;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Standard output that notices when nobody reads it any more, as behind {@code | head}: a {@code
 * PrintStream} keeps that to itself, and a run would go on for nobody. Mutable; one thread.
 */
final class ReadStream extends FilterOutputStream {
    private final PrintStream reader;
    private Runnable whenGone = () -> {};
    private boolean gone;

    ReadStream(PrintStream reader) {
        super(reader);
        this.reader = reader;
    }

    /** Who is told, once. */
    void whenGone(Runnable told) {
        whenGone = told;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        reader.write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (!gone && reader.checkError()) {
            gone = true;
            whenGone.run();
        }
    }
}
