package dev.microvisor.emulator.cloud.hardware;

import dev.microvisor.emulator.bytes.Bytes;

/** What a device on a bus says after certain bytes, as devices do that know commands. */
public record Reply(Bytes request, Bytes response) {}
