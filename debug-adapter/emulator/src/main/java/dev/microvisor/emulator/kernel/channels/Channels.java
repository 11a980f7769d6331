package dev.microvisor.emulator.kernel.channels;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ClosureReason;
import dev.microvisor.emulator.api.EventType;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.view.ChannelView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The channels. While one is open its buffers belong to Microvisor: the send buffer is
 * write-protected, and it is zeroed when the application closes the channel.
 */
public final class Channels implements Stateful<Channels.State> {
    /** How many channels that have ended debuggers still see. */
    static final int KEPT_AFTER_END = 8;

    private static final String OWNER = "the send buffer of channel 0x%08x";

    private final Host host;
    private State state = new State(List.of(), List.of(), List.of());

    public Channels(Host host) {
        this.host = host;
    }

    /**
     * Everything that changes.
     *
     * @param live open or broken, oldest first
     * @param ended closed by the application, oldest first
     * @param opens instruction numbers of the last successful opens
     */
    public record State(List<Channel> live, List<Channel> ended, List<Long> opens) {
        public State {
            live = List.copyOf(live);
            ended = List.copyOf(ended);
            opens = List.copyOf(opens);
        }
    }

    public List<Channel> live() {
        return state.live();
    }

    /** Those that have ended first, then the live ones: in the order of their opening. */
    public List<Channel> all() {
        List<Channel> all = new ArrayList<>(state.ended());
        all.addAll(state.live());
        return all;
    }

    public Optional<Channel> find(int handle) {
        return state.live().stream().filter(c -> c.handle() == handle).findFirst();
    }

    /** A live channel of one type. */
    public Optional<Channel> find(int handle, ChannelType type) {
        return find(handle).filter(c -> c.type() == type);
    }

    /** True when one more {@code mvOpenChannel} now would be too many within a second. */
    boolean tooManyOpens(int limit) {
        long second = host.guest().clockHz();
        long since = host.clock().now() - second;
        return state.opens().stream().filter(at -> at > since).count() >= limit;
    }

    /** True when a channel that is still live has this range or a part of it as a buffer. */
    boolean usesMemory(Buffer buffer) {
        return state.live().stream()
                .anyMatch(c -> overlap(c.send(), buffer) || overlap(c.receive(), buffer));
    }

    private static boolean overlap(Buffer one, Buffer other) {
        long from = Integer.toUnsignedLong(one.address());
        long otherFrom = Integer.toUnsignedLong(other.address());
        return from < otherFrom + other.sizeBytes() && otherFrom < from + one.sizeBytes();
    }

    void opened(Channel channel) {
        host.guest().protect(channel.send().address(), channel.send().sizeBytes(), owner(channel));
        List<Long> opens = new ArrayList<>(state.opens());
        opens.add(host.clock().now());
        int limit = host.limit("open-channel-rate");
        state =
                new State(
                        plus(state.live(), channel, Integer.MAX_VALUE),
                        state.ended(),
                        opens.subList(Math.max(0, opens.size() - limit), opens.size()));
        tell(channel, "opened");
    }

    /** The application closes a channel; its handle dies. */
    void close(Channel channel) {
        ClosureReason reason =
                channel.open() ? ClosureReason.CLOSEDBYAPPLICATION : channel.reason();
        retire(channel, reason);
    }

    private void retire(Channel channel, ClosureReason reason) {
        host.guest().unprotect(channel.send().address(), channel.send().sizeBytes());
        channel.send().zero(host.memory());
        Channel ended = channel.ended(Channel.State.CLOSED, reason);
        state =
                new State(
                        state.live().stream().filter(c -> c.handle() != channel.handle()).toList(),
                        plus(state.ended(), ended, KEPT_AFTER_END),
                        state.opens());
        host.agenda().removeIf(e -> e instanceof ChannelEvent c && c.channel() == channel.handle());
        if (channel.open()) {
            channel.traffic().ended(host, channel);
        }
        tell(ended, "closed");
    }

    /** Something outside breaks channels: each tells its centre, and waits to be closed. */
    public void breakChannels(Predicate<Channel> which, ClosureReason reason) {
        for (Channel channel : state.live()) {
            if (channel.open() && which.test(channel)) {
                Channel broken = channel.ended(Channel.State.NOT_CONNECTED, reason);
                replace(broken);
                host.agenda()
                        .removeIf(
                                e ->
                                        e instanceof ChannelEvent c
                                                && c.channel() == channel.handle());
                host.centres()
                        .post(
                                channel.notificationHandle(),
                                EventType.CHANNELNOTCONNECTED,
                                channel.tag());
                channel.traffic().ended(host, channel);
                tell(broken, "broken");
            }
        }
    }

    public void networkReleased(int networkHandle) {
        breakChannels(c -> c.networkHandle() == networkHandle, ClosureReason.NETWORKDISCONNECTED);
    }

    public void networkLost() {
        breakChannels(c -> true, ClosureReason.NETWORKDISCONNECTED);
    }

    /** The application is gone: its channels end, its buffers are its own again. */
    public void reset() {
        for (Channel channel : state.live()) {
            retire(channel, ClosureReason.CLOSEDBYAPPLICATION);
        }
        state = new State(List.of(), state.ended(), List.of());
    }

    /** Replaces what a live channel carries. */
    public void change(int handle, UnaryOperator<Traffic> change) {
        find(handle).ifPresent(c -> replace(c.with(change)));
    }

    /** Writes into the send buffer, which the application itself may not do. */
    public void fillSend(Channel channel, int offset, Bytes content) {
        channel.send().put(host.memory(), offset, content);
    }

    public void fillReceive(Channel channel, int offset, Bytes content) {
        channel.receive().put(host.memory(), offset, content);
    }

    /** Something has arrived that the application should read. */
    public void postReadable(int handle, String what) {
        Optional<Channel> channel = find(handle);
        if (channel.isPresent()) {
            host.centres()
                    .post(
                            channel.get().notificationHandle(),
                            EventType.CHANNELDATAREADABLE,
                            channel.get().tag());
            tell(channel.get(), what);
        }
    }

    private void replace(Channel channel) {
        state =
                new State(
                        state.live().stream()
                                .map(c -> c.handle() == channel.handle() ? channel : c)
                                .toList(),
                        state.ended(),
                        state.opens());
    }

    private static List<Channel> plus(List<Channel> channels, Channel channel, int limit) {
        List<Channel> more = new ArrayList<>(channels);
        more.add(channel);
        return more.subList(Math.max(0, more.size() - limit), more.size());
    }

    private static String owner(Channel channel) {
        return String.format(OWNER, channel.handle());
    }

    /** Tells the listener how a channel is doing. */
    public void tell(Channel channel, String what) {
        host.listener().channelChanged(view(channel), what);
    }

    /** Live channels first, then the last that have ended. */
    public List<ChannelView> views() {
        List<ChannelView> views = new ArrayList<>();
        state.live().forEach(c -> views.add(view(c)));
        state.ended().forEach(c -> views.add(view(c)));
        return views;
    }

    private ChannelView view(Channel channel) {
        Traffic traffic = channel.traffic();
        return new ChannelView(
                channel.handle(),
                channel.type().constantName(),
                channel.state().name(),
                channel.reason().constantName(),
                traffic.phase(),
                channel.networkHandle(),
                channel.notificationHandle(),
                channel.tag(),
                view(
                        channel,
                        channel.receive(),
                        traffic.receiveStart(),
                        traffic.receiveUsed(),
                        false),
                view(channel, channel.send(), traffic.sendStart(), traffic.sendUsed(), true),
                channel.openedAtInstruction(),
                channel.openedAt(),
                traffic.http(),
                traffic.mqtt());
    }

    private ChannelView.BufferView view(
            Channel channel, Buffer buffer, int start, int used, boolean send) {
        boolean live = channel.state() != Channel.State.CLOSED;
        int size = Math.max(1, buffer.sizeBytes());
        return new ChannelView.BufferView(
                buffer.address(),
                buffer.sizeBytes(),
                Math.floorMod(start, size),
                Math.floorMod(start + used, size),
                used,
                send && live,
                live ? host.memory().read(buffer.address(), buffer.sizeBytes()) : Bytes.EMPTY);
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
