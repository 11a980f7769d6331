package dev.microvisor.emulator.kernel;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StructType;
import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.CloudFileException;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.kernel.hand.SwitchLogging;
import dev.microvisor.emulator.kernel.hand.SwitchNetwork;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.KernelView;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kernel on a {@link FakeGuest}, driven as firmware would: calls by name, structures by field.
 * Memory for arguments is taken from the start of RAM, buffers have fixed places.
 */
public final class KernelFixture {
    public static final int RING = FakeGuest.RAM + 0x4000;
    public static final int RECEIVE = FakeGuest.RAM + 0x6000;
    public static final int SEND = FakeGuest.RAM + 0x8000;
    public static final int LOG = FakeGuest.RAM + 0xA000;
    public static final int RING_BYTES = 8 * 16;
    public static final int IRQ = 51;
    public static final int TAG = 0x77;

    public final FakeGuest guest = new FakeGuest();
    public final Kernel kernel;
    public final List<String> log = new ArrayList<>();
    public final List<String> told = new ArrayList<>();
    public final List<String> trace = new ArrayList<>();

    private final Catalog catalog = Catalog.bundled();
    private int free = FakeGuest.RAM + 0x100;

    public KernelFixture(Cloud cloud) {
        this(cloud, World.live());
    }

    public KernelFixture(Cloud cloud, World world) {
        kernel = new Kernel(cloud, world);
        kernel.setListener(new Recorder());
        kernel.attach(guest);
    }

    /** With a cloud file of this text. */
    public static KernelFixture with(String cloudFile) {
        try {
            return new KernelFixture(CloudFile.parse(cloudFile, "cloud.toml", Path.of(".")));
        } catch (CloudFileException e) {
            throw new AssertionError(e);
        }
    }

    /** With the defaults: online, no items, no routes. */
    public static KernelFixture plain() {
        return new KernelFixture(Cloud.defaults());
    }

    private final class Recorder implements KernelListener {
        @Override
        public void logged(LogLine line) {
            log.add(line.text());
        }

        @Override
        public void notificationPosted(NotificationPosted posted) {
            told.add(posted.eventName() + " irq " + posted.irq() + " tag " + posted.tag());
        }

        @Override
        public void faultInjected(String description, long instruction) {
            told.add("fault: " + description);
        }

        @Override
        public void applicationRestarted(String wakeReason, long instruction) {
            told.add("restarted: " + wakeReason);
        }

        @Override
        public void called(CallView call) {
            trace.add(call.text());
        }

        @Override
        public boolean wantsCalls() {
            return true;
        }
    }

    public Status call(String name, int... args) {
        int slot = catalog.call(name).orElseThrow().slot();
        int[] r = new int[4];
        System.arraycopy(args, 0, r, 0, args.length);
        int code = kernel.call(slot, r[0], r[1], r[2], r[3]);
        return ApiConstant.fromCode(Status.class, code).orElseThrow();
    }

    /** Lets virtual time pass and runs what is due, event by event. */
    public void pass(long ms) {
        long until = guest.now + ms * (FakeGuest.CLOCK_HZ / 1000);
        while (kernel.nextEvent() <= until) {
            guest.now = Math.max(guest.now, kernel.nextEvent());
            kernel.runEvents(guest.now);
        }
        guest.now = until;
    }

    /** The network goes away, as a debugger or a script can make it. */
    public void networkDown() {
        kernel.intervene(new SwitchNetwork(false));
    }

    /** The server takes no more log lines. */
    public void loggingOff() {
        kernel.intervene(new SwitchLogging(false));
    }

    /** Idles until the next event at most, as a core that waits for an interrupt. */
    public void idle(long until) {
        long target = Math.min(until, kernel.nextEvent());
        if (target > guest.now) {
            guest.now = kernel.passIdleTime(target);
        }
        kernel.runEvents(guest.now);
    }

    public KernelView view() {
        return kernel.view();
    }

    public int word(int address) {
        return guest.readWord(address);
    }

    /** Room for a value, filled with a pattern that shows what was not written. */
    public int room(int bytes) {
        free = (free + 7) & ~7;
        int at = free;
        free += bytes;
        byte[] pattern = new byte[bytes];
        java.util.Arrays.fill(pattern, (byte) 0xA5);
        guest.write(at, pattern);
        return at;
    }

    /** A variable with a value. */
    public int variable(int value) {
        int at = room(4);
        guest.writeWord(at, value);
        return at;
    }

    public int text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = room(bytes.length);
        guest.write(at, bytes);
        return at;
    }

    public String textAt(int address, int length) {
        return new String(guest.read(address, length), StandardCharsets.UTF_8);
    }

    /** A zeroed structure. */
    public Struct struct(String type) {
        StructType layout = catalog.struct(type).orElseThrow();
        int at = room(layout.sizeBytes());
        guest.write(at, new byte[layout.sizeBytes()]);
        return new Struct(layout, at);
    }

    /** An array of zeroed structures. */
    public List<Struct> structs(String type, int count) {
        StructType layout = catalog.struct(type).orElseThrow();
        int at = room(layout.sizeBytes() * count);
        guest.write(at, new byte[layout.sizeBytes() * count]);
        List<Struct> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Struct(layout, at + i * layout.sizeBytes()));
        }
        return all;
    }

    /** A structure in guest memory. */
    public final class Struct {
        public final int at;
        private final StructType layout;

        Struct(StructType layout, int at) {
            this.layout = layout;
            this.at = at;
        }

        public Struct set(String path, int value) {
            Place place = place(layout, path);
            byte[] bytes = new byte[place.size()];
            for (int i = 0; i < bytes.length && i < 4; i++) {
                bytes[i] = (byte) (value >>> (8 * i));
            }
            guest.write(at + place.offset(), bytes);
            return this;
        }

        /** Fills a sized string. */
        public Struct set(String path, String text) {
            int offset = place(layout, path).offset();
            guest.writeWord(at + offset, KernelFixture.this.text(text));
            guest.writeWord(at + offset + 4, text.getBytes(StandardCharsets.UTF_8).length);
            return this;
        }

        /** Makes a sized string point where no memory is. */
        public Struct breakString(String path) {
            int offset = place(layout, path).offset();
            guest.writeWord(at + offset, FakeGuest.NOWHERE);
            guest.writeWord(at + offset + 4, 4);
            return this;
        }

        public int get(String path) {
            Place place = place(layout, path);
            byte[] bytes = guest.read(at + place.offset(), Math.min(4, place.size()));
            int value = 0;
            for (int i = bytes.length - 1; i >= 0; i--) {
                value = value << 8 | (bytes[i] & 0xFF);
            }
            return value;
        }
    }

    /** Where a field lies, counted from the structure that the path starts in. */
    private record Place(int offset, int size) {}

    /** Follows a path through structures inside structures. */
    private Place place(StructType type, String path) {
        Optional<StructType.Field> own = type.field(path);
        if (own.isPresent()) {
            return new Place(own.get().offset(), own.get().sizeBytes());
        }
        for (StructType.Field field : type.fields()) {
            if (path.startsWith(field.path() + ".")) {
                StructType inner =
                        catalog.struct(field.type().replace("struct ", "").trim()).orElseThrow();
                Place place = place(inner, path.substring(field.path().length() + 1));
                return new Place(field.offset() + place.offset(), place.size());
            }
        }
        throw new AssertionError("no field " + path + " in " + type.name());
    }

    /** Opens a notification centre on {@link #RING}. */
    public int centre() {
        return centre(IRQ, RING, RING_BYTES);
    }

    public int centre(int irq, int buffer, int bytes) {
        int handle = variable(0);
        Status status = call("mvSetupNotifications", setup(irq, buffer, bytes).at, handle);
        if (status != Status.OKAY) {
            throw new AssertionError(status);
        }
        return word(handle);
    }

    public Struct setup(int irq, int buffer, int bytes) {
        return struct("MvNotificationSetup")
                .set("irq", irq)
                .set("buffer", buffer)
                .set("buffer_size", bytes);
    }

    /** Takes a network handle that posts to a centre. */
    public int network(int centre) {
        int handle = variable(0);
        Struct params =
                struct("MvRequestNetworkParams")
                        .set("version", 1)
                        .set("v1.notification_handle", centre)
                        .set("v1.notification_tag", 0x11);
        Status status = call("mvRequestNetwork", params.at, handle);
        if (status != Status.OKAY) {
            throw new AssertionError(status);
        }
        return word(handle);
    }

    /** Parameters of a channel that opens. */
    public Struct channelParams(int centre, int network, ChannelType type) {
        return struct("MvOpenChannelParams")
                .set("version", 1)
                .set("v1.notification_handle", centre)
                .set("v1.notification_tag", TAG)
                .set("v1.network_handle", network)
                .set("v1.receive_buffer", RECEIVE)
                .set("v1.receive_buffer_len", 1024)
                .set("v1.send_buffer", SEND)
                .set("v1.send_buffer_len", 512)
                .set("v1.channel_type", type.code());
    }

    /** Opens a channel of a type with a centre and a network of its own. */
    public int channel(ChannelType type) {
        int centre = centre();
        return channel(channelParams(centre, network(centre), type));
    }

    public int channel(Struct params) {
        int handle = variable(0);
        Status status = call("mvOpenChannel", params.at, handle);
        if (status != Status.OKAY) {
            throw new AssertionError(status);
        }
        return word(handle);
    }

    /** Closes a channel. */
    public Status close(int channel) {
        return call("mvCloseChannel", variable(channel));
    }

    /** Event types in the ring of {@link #centre()}, by index. */
    public int eventAt(int index) {
        return word(RING + 16 * index + 8);
    }
}
