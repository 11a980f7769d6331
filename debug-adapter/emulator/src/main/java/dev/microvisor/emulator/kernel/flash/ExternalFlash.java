package dev.microvisor.emulator.kernel.flash;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.FlashFile;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.view.FlashView;
import dev.microvisor.emulator.kernel.view.FlashView.SectorView;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The application's part of the external SPI flash. It behaves as NOR flash does: erasing sets a
 * sector to ones, writing only clears bits. Addresses count from the start of that part.
 */
public final class ExternalFlash implements Stateful<ExternalFlash.State> {
    /** No source states the chip; its size is set in the cloud file. */
    static final int CHIP_ID = 0x00C2_2537;

    private final Host host;
    private final int sectorBytes;
    private final Optional<FlashFile> file;
    private State state = new State(Set.of(), Map.of());
    private boolean keeps;

    public ExternalFlash(Host host) {
        this.host = host;
        sectorBytes = host.limit("external-flash-erase-bytes");
        file = host.cloud().flash().file().map(path -> new FlashFile(path, size(), sectorBytes));
        keeps = host.cloud().flash().written();
    }

    /** Takes what the file of the flash holds, which comes from outside: it is recorded. */
    public void start() {
        if (file.isPresent()) {
            Optional<String> said =
                    host.outside().ask("flash", "content", () -> content(file.get()));
            JsonObject content =
                    said.map(s -> JsonParser.parseString(s).getAsJsonObject())
                            .orElse(new JsonObject());
            Map<Integer, Bytes> sectors = new HashMap<>();
            for (Map.Entry<String, JsonElement> sector : content.entrySet()) {
                byte[] bytes = Base64.getDecoder().decode(sector.getValue().getAsString());
                sectors.put(Integer.parseInt(sector.getKey()), Bytes.of(bytes));
            }
            state = new State(Set.of(), sectors);
        }
    }

    /** What the file holds, by sector. A file that cannot be read is left alone. */
    private String content(FlashFile flash) {
        JsonObject content = new JsonObject();
        try {
            flash.read()
                    .forEach(
                            (number, bytes) ->
                                    content.addProperty(
                                            String.valueOf(number),
                                            Base64.getEncoder().encodeToString(bytes.toArray())));
        } catch (IOException e) {
            keeps = false;
            host.guest()
                    .warnOnce(
                            "external flash: "
                                    + flash
                                    + " cannot be read: "
                                    + e.getMessage()
                                    + "; this run begins with an erased flash and keeps nothing");
        }
        return content.toString();
    }

    /** Brings the file up to date, unless this is the past that is run again. */
    private void keep() {
        if (file.isPresent() && keeps && host.outside().isLive()) {
            try {
                file.get().write(state.sectors());
            } catch (IOException e) {
                keeps = false;
                host.guest()
                        .warnOnce(
                                "external flash: "
                                        + file.get()
                                        + " cannot be written: "
                                        + e.getMessage()
                                        + "; what the firmware writes is lost after this run");
            }
        }
    }

    /**
     * Everything that changes.
     *
     * @param sectors content by sector number; one that is missing is erased
     */
    public record State(Set<Integer> handles, Map<Integer, Bytes> sectors) {
        public State {
            handles = Set.copyOf(handles);
            sectors = Map.copyOf(sectors);
        }
    }

    public int size() {
        return host.cloud().flash().sizeBytes();
    }

    /** As debuggers show it. */
    public FlashView view() {
        return new FlashView(
                size(),
                sectorBytes,
                state.handles().stream().sorted().toList(),
                state.sectors().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> new SectorView(e.getKey() * sectorBytes, e.getValue()))
                        .toList());
    }

    int handleCount() {
        return state.handles().size();
    }

    boolean isOpen(int handle) {
        return state.handles().contains(handle);
    }

    int open() {
        int handle = host.handles().next();
        Set<Integer> more = new HashSet<>(state.handles());
        more.add(handle);
        state = new State(more, state.sectors());
        return handle;
    }

    void close(int handle) {
        Set<Integer> fewer = new HashSet<>(state.handles());
        fewer.remove(handle);
        state = new State(fewer, state.sectors());
    }

    /** True when the range lies in the flash; sizes are unsigned. */
    boolean contains(int address, int length) {
        return Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) <= size();
    }

    boolean wholeSectors(int address, int length) {
        return Integer.remainderUnsigned(address, sectorBytes) == 0
                && Integer.remainderUnsigned(length, sectorBytes) == 0;
    }

    Bytes read(int address, int length) {
        byte[] content = new byte[length];
        for (int done = 0; done < length; ) {
            int at = address + done;
            int offset = at % sectorBytes;
            int count = Math.min(length - done, sectorBytes - offset);
            System.arraycopy(sector(at / sectorBytes), offset, content, done, count);
            done += count;
        }
        return Bytes.of(content);
    }

    void write(int address, Bytes content) {
        Map<Integer, Bytes> sectors = new HashMap<>(state.sectors());
        for (int done = 0; done < content.size(); ) {
            int at = address + done;
            int offset = at % sectorBytes;
            int count = Math.min(content.size() - done, sectorBytes - offset);
            int number = at / sectorBytes;
            byte[] sector = sectors.containsKey(number) ? sectors.get(number).toArray() : erased();
            for (int i = 0; i < count; i++) {
                sector[offset + i] &= (byte) content.at(done + i);
            }
            sectors.put(number, Bytes.of(sector));
            done += count;
        }
        state = new State(state.handles(), sectors);
        keep();
    }

    void erase(int address, int length) {
        Map<Integer, Bytes> sectors = new HashMap<>(state.sectors());
        for (int i = 0; i < length / sectorBytes; i++) {
            sectors.remove(address / sectorBytes + i);
        }
        state = new State(state.handles(), sectors);
        keep();
    }

    private byte[] sector(int number) {
        Bytes content = state.sectors().get(number);
        return content == null ? erased() : content.toArray();
    }

    private byte[] erased() {
        byte[] ones = new byte[sectorBytes];
        Arrays.fill(ones, (byte) 0xFF);
        return ones;
    }

    /** The application is gone; the content stays. */
    public void reset() {
        state = new State(Set.of(), state.sectors());
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
