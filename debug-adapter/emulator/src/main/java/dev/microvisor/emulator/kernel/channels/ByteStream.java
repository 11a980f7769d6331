package dev.microvisor.emulator.kernel.channels;

/**
 * Plain bytes on their way. Positions count bytes since the channel was opened.
 *
 * @param sent position up to which the far end has taken bytes
 * @param written position up to which the application has written
 * @param consumed position up to which the application has read
 * @param received position up to which bytes have arrived
 */
public record ByteStream(int sent, int written, int consumed, int received) implements Traffic {
    static final ByteStream START = new ByteStream(0, 0, 0, 0);

    static ByteStream of(Channel channel) {
        return channel.traffic() instanceof ByteStream stream ? stream : START;
    }

    @Override
    public String phase() {
        return written + " bytes written, " + received + " received";
    }

    @Override
    public boolean hasReceived() {
        return received != consumed;
    }

    @Override
    public int sendStart() {
        return sent;
    }

    @Override
    public int sendUsed() {
        return written - sent;
    }

    @Override
    public int receiveStart() {
        return consumed;
    }

    @Override
    public int receiveUsed() {
        return received - consumed;
    }
}
