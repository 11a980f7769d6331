package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arrays of {@code struct MvSizedString}. */
final class SizedStrings {
    private SizedStrings() {}

    /** All strings of an array; empty when one of them cannot be read. */
    static Optional<List<Bytes>> read(GuestStruct struct, String pointerPath, int count) {
        Optional<List<GuestStruct>> array = struct.array(pointerPath, count);
        if (array.isEmpty()) {
            return Optional.empty();
        }
        List<Bytes> strings = new ArrayList<>();
        for (GuestStruct element : array.get()) {
            Optional<Bytes> string = element.asSizedString();
            if (string.isEmpty()) {
                return Optional.empty();
            }
            strings.add(string.get());
        }
        return Optional.of(strings);
    }
}
