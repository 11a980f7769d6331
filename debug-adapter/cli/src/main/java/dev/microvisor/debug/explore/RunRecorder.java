package dev.microvisor.debug.explore;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.kernel.view.KernelListener;
import dev.microvisor.emulator.kernel.view.LogLine;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.SystemCallListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did that can be compared with another: calls by place, signs of life, handles. It can
 * go back with the machine to a snapshot.
 */
final class RunRecorder implements SystemCallListener, KernelListener {
    /** Places beyond this are not told apart any more. */
    private static final int MAX_SITES = 100_000;

    /** Uses of a place that a status can be injected at. */
    static final int KEPT_USES = 16;

    private final Catalog catalog = Catalog.bundled();
    private final Machine machine;
    private final HandleLedger handles;
    private Map<SiteKey, SiteUse> uses = new LinkedHashMap<>();
    private long lastSign;
    private long longestSilence;
    private String lastLog = "";

    RunRecorder(Machine machine) {
        this.machine = machine;
        handles = new HandleLedger(catalog, this::word);
        machine.addCallListener(this);
    }

    /** A place that makes a call. */
    record SiteKey(int returnAddress, int slot) {}

    /**
     * How a place was used; times are instruction numbers.
     *
     * @param hits with those that were jumped over
     * @param longestGap between one use and the next
     * @param kept the first uses that were made, at most {@link #KEPT_USES}
     */
    record SiteUse(long first, long last, long hits, long longestGap, List<Use> kept) {
        static SiteUse begun(long now) {
            return new SiteUse(now, now, 1, 0, List.of(new Use(1, now)));
        }

        SiteUse again(long now) {
            List<Use> all = kept;
            if (kept.size() < KEPT_USES && hits < Integer.MAX_VALUE) {
                all = new ArrayList<>(kept);
                all.add(new Use((int) hits + 1, now));
            }
            return new SiteUse(
                    first, now, hits + 1, Math.max(longestGap, now - last), List.copyOf(all));
        }

        SiteUse jumpedOver(long count) {
            return new SiteUse(first, last, hits + count, longestGap, kept);
        }
    }

    /**
     * One use of a place.
     *
     * @param nth which one, from 1
     */
    record Use(int nth, long at) {}

    /** Everything that changes; never changed itself. */
    record Saved(
            Map<SiteKey, SiteUse> uses,
            long lastSign,
            long longestSilence,
            String lastLog,
            HandleLedger.Saved handles) {}

    private int word(int address) {
        byte[] bytes = machine.peek(address, Integer.BYTES);
        int value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return value;
    }

    @Override
    public void before(Call made) {
        catalog.callAtSlot(made.slot()).ifPresent(call -> handles.before(call, made));
    }

    @Override
    public void after(Call made, int status) {
        Optional<SystemCall> call = catalog.callAtSlot(made.slot());
        if (call.isEmpty()) {
            return;
        }
        handles.after(call.get(), made, status);
        SiteKey key = new SiteKey(made.callSite(), made.slot());
        SiteUse use = uses.get(key);
        long now = made.instruction();
        if (use != null) {
            uses.put(key, use.again(now));
        } else if (uses.size() < MAX_SITES) {
            uses.put(key, SiteUse.begun(now));
        }
        sign(now);
    }

    @Override
    public void jumpedOver(int slot, int callSite, long count) {
        uses.computeIfPresent(new SiteKey(callSite, slot), (key, use) -> use.jumpedOver(count));
    }

    /** A loop that waits with its eye on the clock shows that often enough. */
    @Override
    public boolean hearsOfTime() {
        return false;
    }

    /** The firmware showed that it lives: a call, a log line, output. */
    void sign(long now) {
        longestSilence = Math.max(longestSilence, now - lastSign);
        lastSign = now;
    }

    @Override
    public void logged(LogLine line) {
        lastLog = line.text().strip();
    }

    @Override
    public void applicationRestarted(String wakeReason, long instruction) {
        handles.restarted();
    }

    /** Places in the order of their first use. */
    Map<SiteKey, SiteUse> uses() {
        return uses;
    }

    HandleLedger handles() {
        return handles;
    }

    long lastSign() {
        return lastSign;
    }

    /** Between one sign of life and the next, or the end. */
    long longestSilence(long end) {
        return Math.max(longestSilence, end - lastSign);
    }

    /** Empty when nothing was logged. */
    String lastLog() {
        return lastLog;
    }

    Saved save() {
        return new Saved(
                new LinkedHashMap<>(uses), lastSign, longestSilence, lastLog, handles.save());
    }

    void restore(Saved saved) {
        uses = new LinkedHashMap<>(saved.uses());
        lastSign = saved.lastSign();
        longestSilence = saved.longestSilence();
        lastLog = saved.lastLog();
        handles.restore(saved.handles());
    }
}
