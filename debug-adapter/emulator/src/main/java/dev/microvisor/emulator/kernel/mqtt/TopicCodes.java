package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.MqttRequestState;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.call.GuestMemory;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import java.util.List;

/** The answer to (un)subscribe requests, written through the pointers of a structure. */
final class TopicCodes {
    private TopicCodes() {}

    /**
     * The header counts {@code reason_codes_size} in bytes; firmware that worked passes the number
     * of elements. A size of at least the number of codes is accepted for that reason.
     */
    static Status write(
            Host host,
            GuestStruct target,
            MqttRequestState state,
            int correlationId,
            List<Integer> codes) {
        GuestMemory memory = host.memory();
        int values = target.word("reason_codes");
        int count = target.word("reason_codes_len");
        if (Integer.compareUnsigned(target.word("reason_codes_size"), codes.size()) < 0) {
            return Status.INVALIDBUFFERSIZE;
        }
        if (!memory.writableWord(target.word("request_state"))
                || !memory.writableWord(target.word("correlation_id"))
                || !memory.writableWord(count)
                || !memory.writable(values, codes.size() * Integer.BYTES)) {
            return Status.LATEFAULT;
        }
        memory.putWord(target.word("request_state"), state.code());
        memory.putWord(target.word("correlation_id"), correlationId);
        memory.putWord(count, codes.size());
        for (int i = 0; i < codes.size(); i++) {
            memory.putWord(values + i * Integer.BYTES, codes.get(i));
        }
        return Status.OKAY;
    }
}
