package dev.microvisor.emulator.kernel.configfetch;

import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.ConfigScope;
import dev.microvisor.emulator.api.ConfigStore;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.kernel.channels.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request for items and, once it is there, the answer.
 *
 * @param spoilt true when the request failed with LATEFAULT: the channel is of no more use
 * @param requestSize bytes that the request takes in the send buffer
 * @param read indexes that the application has read
 */
public record ConfigExchange(
        List<Wanted> wanted,
        boolean spoilt,
        long sentAtInstruction,
        int requestSize,
        Optional<Answer> answer,
        List<Integer> read)
        implements Traffic {
    public ConfigExchange {
        wanted = List.copyOf(wanted);
        read = List.copyOf(read);
    }

    /** An item that was asked for. */
    public record Wanted(ConfigScope scope, ConfigStore store, String key) {}

    /**
     * An item that was answered.
     *
     * @param offset where its value starts in the receive buffer
     */
    public record Found(ConfigItemResult result, Bytes value, int offset) {}

    /** All that was answered, in the order of the request. */
    public record Answer(ConfigFetchResult result, List<Found> items, int size) {
        public Answer {
            items = List.copyOf(items);
        }
    }

    static ConfigExchange sent(List<Wanted> wanted, long instruction, int requestSize) {
        return new ConfigExchange(
                wanted, false, instruction, requestSize, Optional.empty(), List.of());
    }

    static ConfigExchange spoilt(long instruction) {
        return new ConfigExchange(List.of(), true, instruction, 0, Optional.empty(), List.of());
    }

    ConfigExchange answered(Answer arrived) {
        return new ConfigExchange(
                wanted, spoilt, sentAtInstruction, requestSize, Optional.of(arrived), read);
    }

    ConfigExchange withRead(int index) {
        if (read.contains(index)) {
            return this;
        }
        List<Integer> more = new ArrayList<>(read);
        more.add(index);
        return new ConfigExchange(wanted, spoilt, sentAtInstruction, requestSize, answer, more);
    }

    @Override
    public String phase() {
        if (spoilt) {
            return "spoilt by a bad pointer in the request";
        }
        return answer.map(a -> "answered: " + a.result().constantName())
                .orElse("waiting for the answer");
    }

    @Override
    public boolean hasReceived() {
        return answer.isPresent();
    }

    @Override
    public int sendUsed() {
        return requestSize;
    }

    @Override
    public int receiveUsed() {
        return answer.map(Answer::size).orElse(0);
    }
}
