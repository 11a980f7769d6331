package dev.microvisor.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * An output that remembers why it could not be written: a {@code PrintWriter} over it says nothing,
 * and a report that is cut off must not look like a whole one.
 */
final class ResultStream extends OutputStream {
    private final OutputStream to;
    private IOException first;

    ResultStream(OutputStream to) {
        this.to = to;
    }

    /**
     * What was wrong. A reader that has read enough, as {@code head} does, is no fault: empty then.
     */
    Optional<String> problem() {
        String message = first == null ? "" : String.valueOf(first.getMessage());
        boolean readerLeft = message.toLowerCase(Locale.ROOT).contains("pipe");
        return first == null || readerLeft ? Optional.empty() : Optional.of(message);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            first = first == null ? e : first;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
