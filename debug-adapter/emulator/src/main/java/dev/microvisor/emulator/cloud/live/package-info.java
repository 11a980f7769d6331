/**
 * Real servers, asked on behalf of firmware. Start at {@link
 * dev.microvisor.emulator.cloud.live.LiveHttp}.
 *
 * <p>What they say reaches the machine through {@link dev.microvisor.emulator.outside.Outside}
 * only; nothing here touches the machine.
 */
package dev.microvisor.emulator.cloud.live;
