package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import dev.microvisor.emulator.kernel.mqtt.MqttFirmware;

/** A machine on which one call is about to be made, and the arguments of the call. */
final class Setup {
    /** An exception number: a system call made now is made by an interrupt handler. */
    private static final int TIM6_EXCEPTION = 16 + 49;

    KernelFixture k;

    /** What the call points at; changed by those who want another status. */
    Struct struct;

    /** Handle of the channel or other object that the call is about. */
    int handle;

    private final int[] arguments = new int[4];

    Setup(String cloudFile) {
        k = KernelFixture.with(cloudFile);
    }

    /** Another call on the same machine. */
    Setup(KernelFixture k) {
        this.k = k;
    }

    /** The call is made on a machine with another cloud file, and fresh. */
    void otherMachine(String cloudFile) {
        k = KernelFixture.with(cloudFile);
    }

    void arguments(int... values) {
        System.arraycopy(values, 0, arguments, 0, values.length);
    }

    void argument(int index, int value) {
        arguments[index] = value;
    }

    /** The argument points where no memory is. */
    void breakPointer(int index) {
        arguments[index] = FakeGuest.NOWHERE;
    }

    void inInterrupt() {
        k.guest.exception = TIM6_EXCEPTION;
    }

    /** The network goes away: every channel is broken. */
    void breakChannels() {
        k.networkDown();
    }

    /** Opens a channel of a type. */
    void channel(ChannelType type) {
        handle = k.channel(type);
    }

    MqttFirmware mqtt() {
        return new MqttFirmware(k, MqttVersion.V5, handle);
    }

    /** Opens an MQTT channel with a session at the broker inside the emulator. */
    MqttFirmware mqttSession() {
        channel(ChannelType.MQTT);
        MqttFirmware firmware = mqtt();
        firmware.connect(firmware.connectRequest("broker.example", 8883, "device"));
        firmware.await();
        firmware.connectResponse();
        return firmware;
    }

    Status call(String name) {
        return k.call(name, arguments);
    }
}
