package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import java.util.List;

/** Notification centres, networks, channels, HTTP and config fetch. */
final class ChannelCases {
    private static final int CENTRES = 32;
    private static final int SPARE_IRQ = 20;
    private static final int ELSEWHERE = FakeGuest.RAM + 0xC000;

    private ChannelCases() {}

    static List<CallCase> all() {
        return List.of(
                setupNotifications(),
                CallCase.of("mvCloseNotifications", s -> s.arguments(s.k.variable(s.k.centre())))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, s.k.variable(1)))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDHANDLE),
                CallCase.of("mvTempTriggerNotification", s -> s.arguments(s.k.centre(), 1, 2))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1)),
                CallCase.of("mvOpenSystemNotification", ChannelCases::systemNotification)
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.INVALIDHANDLE, s -> s.struct.set("notification_handle", 1)),
                CallCase.of(
                                "mvCloseSystemNotification",
                                s -> {
                                    systemNotification(s);
                                    int handle = s.k.variable(0);
                                    s.argument(1, handle);
                                    s.call("mvOpenSystemNotification");
                                    s.arguments(handle);
                                })
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, s.k.variable(1)))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDHANDLE),
                CallCase.of(
                                "mvRequestNetwork",
                                s -> {
                                    s.struct =
                                            s.k.struct("MvRequestNetworkParams")
                                                    .set("version", 1)
                                                    .set("v1.notification_handle", s.k.centre());
                                    s.arguments(s.struct.at, s.k.variable(0));
                                })
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.UNSUPPORTEDSTRUCTUREVERSION, s -> s.struct.set("version", 2)),
                CallCase.of(
                                "mvGetNetworkStatus",
                                s -> s.arguments(s.k.network(s.k.centre()), s.k.variable(0)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 0)),
                CallCase.of(
                                "mvReleaseNetwork",
                                s -> s.arguments(s.k.variable(s.k.network(s.k.centre()))))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, s.k.variable(1)))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDHANDLE),
                CallCase.of(
                                "mvGetNetworkReasons",
                                s -> s.arguments(s.k.variable(0), s.k.variable(0)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1)),
                openChannel(),
                CallCase.of(
                                "mvCloseChannel",
                                s -> s.arguments(s.k.variable(s.k.channel(ChannelType.HTTP))))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, s.k.variable(1)))
                        .gives(Status.CHANNELCLOSED, Setup::breakChannels)
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDHANDLE),
                CallCase.of(
                                "mvGetChannelClosureReason",
                                s -> s.arguments(s.k.channel(ChannelType.HTTP), s.k.variable(0)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1)),
                CallCase.of(
                                "mvReadChannel",
                                s ->
                                        s.arguments(
                                                s.k.channel(ChannelType.OPAQUEBYTES),
                                                s.k.variable(0),
                                                s.k.variable(0)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(2))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.CHANNELCLOSED, Setup::breakChannels),
                CallCase.of(
                                "mvReadChannelComplete",
                                s -> s.arguments(s.k.channel(ChannelType.OPAQUEBYTES), 0))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.CHANNELCLOSED, Setup::breakChannels),
                CallCase.of("mvWriteChannel", ChannelCases::write)
                        .in(CheckOrder.TRANSFER)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.argument(2, 513))
                        .gives(Status.LATEFAULT, s -> s.breakPointer(3))
                        .gives(Status.CHANNELCLOSED, Setup::breakChannels)
                        // What does not fit has moved nothing, so nothing is late.
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.LATEFAULT),
                CallCase.of("mvWriteChannelStream", ChannelCases::write)
                        .in(CheckOrder.TRANSFER)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.LATEFAULT, s -> s.breakPointer(3))
                        .gives(Status.CHANNELCLOSED, Setup::breakChannels));
    }

    private static CallCase setupNotifications() {
        return CallCase.of(
                        "mvSetupNotifications",
                        s -> {
                            s.struct =
                                    s.k.setup(
                                            KernelFixture.IRQ,
                                            KernelFixture.RING,
                                            KernelFixture.RING_BYTES);
                            s.arguments(s.struct.at, s.k.variable(0));
                        })
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("buffer_size", 16))
                .gives(
                        Status.BUFFERALREADYINUSE,
                        s -> {
                            if (centres(s) == 0) {
                                s.k.centre(SPARE_IRQ, KernelFixture.SEND, 32);
                            }
                            s.struct.set("buffer", KernelFixture.SEND).set("buffer_size", 32);
                        })
                .gives(Status.INVALIDINTERRUPT, s -> s.struct.set("irq", 200))
                .gives(
                        Status.TOOMANYNOTIFICATIONBUFFERS,
                        s -> {
                            int first = KernelFixture.SEND;
                            for (int i = 0; i < CENTRES && centres(s) < CENTRES; i++) {
                                s.k.centre(SPARE_IRQ + 50 + i, first + i * 32, 32);
                            }
                        });
    }

    private static int centres(Setup s) {
        return s.k.view().centres().size();
    }

    private static void systemNotification(Setup s) {
        s.struct =
                s.k.struct("MvOpenSystemNotificationParams")
                        .set("notification_handle", s.k.centre())
                        .set("notification_source", 1);
        s.arguments(s.struct.at, s.k.variable(0));
    }

    private static void write(Setup s) {
        s.arguments(s.k.channel(ChannelType.OPAQUEBYTES), KernelFixture.LOG, 4, s.k.variable(0));
    }

    private static CallCase openChannel() {
        return CallCase.of(
                        "mvOpenChannel",
                        s -> {
                            int centre = s.k.centre();
                            s.struct =
                                    s.k.channelParams(
                                            centre, s.k.network(centre), ChannelType.HTTP);
                            s.arguments(s.struct.at, s.k.variable(0));
                        })
                .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                .gives(Status.UNSUPPORTEDSTRUCTUREVERSION, s -> s.struct.set("version", 2))
                .gives(Status.INVALIDHANDLE, s -> s.struct.set("v1.notification_handle", 1))
                .gives(
                        Status.INVALIDBUFFERALIGNMENT,
                        s -> s.struct.set("v1.send_buffer", KernelFixture.SEND + 4))
                .gives(Status.INVALIDBUFFERSIZE, s -> s.struct.set("v1.send_buffer_len", 500))
                .gives(Status.UNKNOWNCHANNELTYPE, s -> s.struct.set("v1.channel_type", 9))
                .gives(Status.UNKNOWNCHANNELENDPOINT, s -> s.struct.set("v1.endpoint", "anywhere"))
                .gives(Status.NETWORKNOTCONNECTED, Setup::breakChannels)
                .gives(
                        Status.RATELIMITED,
                        s -> {
                            for (int i = 0; i < 8; i++) {
                                s.k.close(openElsewhere(s, 4));
                            }
                        })
                .gives(
                        Status.UNAVAILABLE,
                        s -> {
                            if (liveChannels(s) == 0) {
                                openElsewhere(s, 0);
                            }
                            s.struct.set("v1.receive_buffer", ELSEWHERE);
                        })
                .gives(
                        Status.TOOMANYCHANNELS,
                        s -> {
                            for (int i = liveChannels(s); i < 4; i++) {
                                openElsewhere(s, i);
                            }
                        })
                // Those that open channels on a network need it connected.
                .exclusive(Status.NETWORKNOTCONNECTED, Status.RATELIMITED)
                .exclusive(Status.NETWORKNOTCONNECTED, Status.UNAVAILABLE)
                .exclusive(Status.NETWORKNOTCONNECTED, Status.TOOMANYCHANNELS)
                // They open the channel of the same parameters, or as many as they may.
                .exclusive(Status.RATELIMITED, Status.UNAVAILABLE)
                .exclusive(Status.RATELIMITED, Status.TOOMANYCHANNELS);
    }

    private static int liveChannels(Setup s) {
        return (int)
                s.k.view().channels().stream().filter(c -> !c.state().equals("CLOSED")).count();
    }

    /** Opens a channel with buffers of its own. */
    private static int openElsewhere(Setup s, int index) {
        int centre = s.struct.get("v1.notification_handle");
        int handle = centre == 1 ? s.k.centre(SPARE_IRQ, KernelFixture.LOG, 32) : centre;
        Struct params =
                s.k.channelParams(handle, s.struct.get("v1.network_handle"), ChannelType.HTTP)
                        .set("v1.receive_buffer", ELSEWHERE + index * 0x800)
                        .set("v1.send_buffer", ELSEWHERE + 0x400 + index * 0x800);
        return s.k.channel(params);
    }
}
