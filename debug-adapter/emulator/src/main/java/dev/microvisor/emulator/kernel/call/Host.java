package dev.microvisor.emulator.kernel.call;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.World;
import dev.microvisor.emulator.cloud.broker.LiveBrokers;
import dev.microvisor.emulator.cloud.live.LiveHttp;
import dev.microvisor.emulator.cloud.mqtt.MqttLink;
import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.kernel.FaultPlan;
import dev.microvisor.emulator.kernel.channels.Channels;
import dev.microvisor.emulator.kernel.flash.ExternalFlash;
import dev.microvisor.emulator.kernel.interrupts.FastInterrupts;
import dev.microvisor.emulator.kernel.logging.ApplicationLog;
import dev.microvisor.emulator.kernel.network.Network;
import dev.microvisor.emulator.kernel.notifications.NotificationCentres;
import dev.microvisor.emulator.kernel.notifications.SystemEvents;
import dev.microvisor.emulator.kernel.power.Power;
import dev.microvisor.emulator.kernel.system.ClockRegisters;
import dev.microvisor.emulator.kernel.testmode.TestMode;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.wifi.WifiSettings;
import dev.microvisor.emulator.outside.Outside;

/** The kernel as its handlers and events see it. */
public interface Host {
    Guest guest();

    GuestMemory memory();

    Catalog catalog();

    Cloud cloud();

    /** What is beyond the cloud file. */
    World world();

    /** Through which everything comes that does not follow from firmware and cloud file. */
    default Outside outside() {
        return world().outside();
    }

    Clock clock();

    Agenda agenda();

    Handles handles();

    KernelListener listener();

    FaultPlan faults();

    NotificationCentres centres();

    SystemEvents systemEvents();

    Network network();

    Channels channels();

    ApplicationLog log();

    ClockRegisters clockRegisters();

    FastInterrupts fastInterrupts();

    Power power();

    ExternalFlash flash();

    WifiSettings wifi();

    TestMode testMode();

    /** What asks real HTTP servers. */
    LiveHttp web();

    /** The broker inside the emulator. */
    MqttLink mqtt();

    /** Real MQTT brokers. */
    LiveBrokers brokers();

    /** True when an exception handler makes the call. */
    default boolean inInterrupt() {
        return guest().activeException() != 0;
    }

    /** A limit of the catalog. */
    default int limit(String id) {
        return Math.toIntExact(catalog().limit(id));
    }

    /** The application starts again; all that it held is taken back first. */
    void restartApplication(WakeReason reason);
}
