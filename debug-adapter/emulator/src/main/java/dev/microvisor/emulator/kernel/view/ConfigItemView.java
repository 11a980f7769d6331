package dev.microvisor.emulator.kernel.view;

import dev.microvisor.emulator.bytes.Bytes;

/**
 * A configuration item that firmware asked for.
 *
 * @param index position in its request
 * @param scope ACCOUNT or DEVICE
 * @param store SECRET or CONFIG
 * @param secret true when people should not see the value unasked
 * @param result name of the {@code MvConfigKeyFetchResult} constant; empty while there is no answer
 * @param value empty unless the result is OK
 * @param read true when the firmware has read the item
 */
public record ConfigItemView(
        int channelHandle,
        int index,
        String scope,
        String store,
        String key,
        boolean secret,
        String result,
        Bytes value,
        boolean read,
        long askedAtInstruction) {}
