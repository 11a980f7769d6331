package dev.microvisor.emulator.kernel;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.DeviceWatch;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.cloud.broker.LiveBrokers;
import dev.microvisor.emulator.cloud.live.Certificates;
import dev.microvisor.emulator.cloud.live.LiveHttp;
import dev.microvisor.emulator.cloud.mqtt.LocalBroker;
import dev.microvisor.emulator.cloud.mqtt.MqttLink;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Agenda;
import dev.microvisor.emulator.kernel.call.Clock;
import dev.microvisor.emulator.kernel.call.GuestMemory;
import dev.microvisor.emulator.kernel.call.Handles;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.channels.Channels;
import dev.microvisor.emulator.kernel.flash.ExternalFlash;
import dev.microvisor.emulator.kernel.interrupts.FastInterrupts;
import dev.microvisor.emulator.kernel.logging.ApplicationLog;
import dev.microvisor.emulator.kernel.mqtt.LiveMqtt;
import dev.microvisor.emulator.kernel.mqtt.MqttTraffic;
import dev.microvisor.emulator.kernel.network.Network;
import dev.microvisor.emulator.kernel.notifications.NotificationCentres;
import dev.microvisor.emulator.kernel.notifications.SystemEvents;
import dev.microvisor.emulator.kernel.power.Power;
import dev.microvisor.emulator.kernel.system.ClockRegisters;
import dev.microvisor.emulator.kernel.testmode.TestMode;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.wifi.WifiSettings;
import java.util.List;
import java.util.function.Supplier;

/** The parts of the kernel of one machine. */
final class KernelParts implements Host {
    private final Guest guest;
    private final Catalog catalog;
    private final Cloud cloud;
    private final World world;
    private final Supplier<KernelListener> listener;
    private final GuestMemory memory;
    private final Clock clock;
    private final Agenda agenda;
    private final Handles handles;
    private final FaultPlan faults;
    private final NotificationCentres centres;
    private final SystemEvents systemEvents;
    private final Network network;
    private final Channels channels;
    private final ApplicationLog log;
    private final ClockRegisters clockRegisters;
    private final FastInterrupts fastInterrupts;
    private final Power power;
    private final ExternalFlash flash;
    private final WifiSettings wifi;
    private final TestMode testMode;
    private final LiveHttp web;
    private final MqttLink mqtt;
    private final LiveBrokers brokers;

    KernelParts(
            Guest guest,
            Catalog catalog,
            Cloud cloud,
            World world,
            Supplier<KernelListener> listener) {
        this.guest = guest;
        this.world = world;
        this.catalog = catalog;
        this.cloud = cloud;
        this.listener = listener;
        memory = new GuestMemory(guest, catalog);
        clock = new Clock(guest);
        agenda = new Agenda(guest);
        handles = new Handles(cloud.device().seed());
        faults = new FaultPlan(this, cloud.faults());
        centres = new NotificationCentres(this);
        systemEvents = new SystemEvents(this);
        network = new Network(this);
        channels = new Channels(this);
        log = new ApplicationLog(this);
        clockRegisters = new ClockRegisters(this);
        fastInterrupts = new FastInterrupts(this);
        power = new Power(this);
        flash = new ExternalFlash(this);
        wifi = new WifiSettings();
        testMode = new TestMode(this);
        web = new LiveHttp(() -> Certificates.trustingAlso(cloud.http().authorities()));
        mqtt = new LocalBroker(cloud.mqtt().connectState(), cloud.mqtt().connectReason());
        brokers =
                new LiveBrokers(
                        cloud.mqtt().authorities(),
                        said -> world.outside().offer(LiveMqtt.SOURCE, said));
    }

    /** Microvisor has started; the application is about to. */
    void start() {
        world.outside().receive(DeviceWatch.SOURCE, new CloudOrders(this)::take);
        world.outside().receive(LiveMqtt.SOURCE, said -> LiveMqtt.arrived(this, said));
        clockRegisters.start();
        power.start();
        log.start();
        flash.start();
        network.start();
        faults.start();
        for (Cloud.MqttPublication publication : cloud.mqttPublications()) {
            agenda.add(
                    clock.instructions(publication.atMs()),
                    new MqttTraffic.Publication(publication.message(), publication.everyMs()));
        }
    }

    /** All parts with state; the order is that of saved states. */
    List<Stateful<?>> stateful() {
        return List.of(
                agenda,
                handles,
                faults,
                centres,
                systemEvents,
                network,
                channels,
                log,
                clockRegisters,
                fastInterrupts,
                power,
                flash,
                wifi,
                testMode,
                mqtt,
                world.outside());
    }

    /** Takes back all that the application held. */
    void takeBack() {
        channels.reset();
        log.reset();
        systemEvents.reset();
        network.reset();
        centres.reset();
        fastInterrupts.reset();
        flash.reset();
        testMode.reset();
    }

    @Override
    public void restartApplication(WakeReason reason) {
        takeBack();
        if (!reason.keepsRam()) {
            guest.clearRam();
        }
        guest.restartApplication();
        clockRegisters.start();
        power.restarted(reason);
        listener().applicationRestarted(reason.constantName(), clock.now());
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Cloud cloud() {
        return cloud;
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Agenda agenda() {
        return agenda;
    }

    @Override
    public Handles handles() {
        return handles;
    }

    @Override
    public KernelListener listener() {
        return listener.get();
    }

    @Override
    public FaultPlan faults() {
        return faults;
    }

    @Override
    public NotificationCentres centres() {
        return centres;
    }

    @Override
    public SystemEvents systemEvents() {
        return systemEvents;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Channels channels() {
        return channels;
    }

    @Override
    public ApplicationLog log() {
        return log;
    }

    @Override
    public ClockRegisters clockRegisters() {
        return clockRegisters;
    }

    @Override
    public FastInterrupts fastInterrupts() {
        return fastInterrupts;
    }

    @Override
    public Power power() {
        return power;
    }

    @Override
    public ExternalFlash flash() {
        return flash;
    }

    @Override
    public WifiSettings wifi() {
        return wifi;
    }

    @Override
    public LiveHttp web() {
        return web;
    }

    @Override
    public MqttLink mqtt() {
        return mqtt;
    }

    @Override
    public LiveBrokers brokers() {
        return brokers;
    }

    @Override
    public TestMode testMode() {
        return testMode;
    }
}
