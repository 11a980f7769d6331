package dev.microvisor.emulator.memory;

import dev.microvisor.emulator.guest.Peripheral;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The 32-bit address space of the application.
 *
 * <p>Mutable; owned by the thread that runs the machine. {@link #readable} and {@link #writable}
 * hold one slot for each KiB below {@link #TABLE_END}: the page's bytes when an access needs no
 * check, else null. Accesses that find null, are unaligned, or lie above the table go through
 * {@link #load} and {@link #store}.
 */
public final class Memory {
    public static final int PAGE_BITS = 10;
    public static final int PAGE_SIZE = 1 << PAGE_BITS;
    public static final int PAGE_MASK = PAGE_SIZE - 1;

    /** First address without a slot in the fast tables. */
    public static final int TABLE_END = 0x3000_0000;

    public static final int TABLE_PAGES = TABLE_END >>> PAGE_BITS;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALF =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PRIVATE_BUS_END = 0xE010_0000;

    private final byte[][] readable = new byte[TABLE_PAGES][];
    private final byte[][] writable = new byte[TABLE_PAGES][];

    private final List<Region> regions;

    /** The bytes themselves, page by page, in the order of the regions. */
    private final byte[][] pages;

    /** False while a snapshot shares the page. */
    private final boolean[] owned;

    /** True when instructions of the page were decoded. */
    private final boolean[] code;

    private final Peripheral[] peripherals;
    private final PrivateBus privateBus;
    private final AccessListener listener;
    private Protection protection = NoProtection.INSTANCE;
    private boolean privileged = true;
    private boolean trapUnaligned;
    private List<ProtectedRange> protectedRanges = new ArrayList<>();
    private List<WatchRange> watches = List.of();
    private final GuestFault fault = new GuestFault();

    public Memory(
            MemoryMap map,
            List<? extends Peripheral> peripherals,
            PrivateBus privateBus,
            AccessListener listener) {
        this.regions = map.regions();
        int pageCount = regions.stream().mapToInt(Region::pages).sum();
        this.pages = new byte[pageCount][];
        this.owned = new boolean[pageCount];
        this.code = new boolean[pageCount];
        this.peripherals = peripherals.toArray(Peripheral[]::new);
        this.privateBus = privateBus;
        this.listener = listener;
        for (Region region : regions) {
            clear(region);
        }
    }

    // ---------------------------------------------------------------- fast paths

    public int loadWord(int address) {
        int slot = address >>> PAGE_BITS;
        if (slot < TABLE_PAGES && (address & 3) == 0) {
            byte[] page = readable[slot];
            if (page != null) {
                return (int) WORD.get(page, address & PAGE_MASK);
            }
        }
        return load(address, 4);
    }

    public int loadHalf(int address) {
        int slot = address >>> PAGE_BITS;
        if (slot < TABLE_PAGES && (address & 1) == 0) {
            byte[] page = readable[slot];
            if (page != null) {
                return (short) HALF.get(page, address & PAGE_MASK) & 0xFFFF;
            }
        }
        return load(address, 2);
    }

    public int loadByte(int address) {
        int slot = address >>> PAGE_BITS;
        if (slot < TABLE_PAGES) {
            byte[] page = readable[slot];
            if (page != null) {
                return page[address & PAGE_MASK] & 0xFF;
            }
        }
        return load(address, 1);
    }

    public void storeWord(int address, int value) {
        int slot = address >>> PAGE_BITS;
        if (slot < TABLE_PAGES && (address & 3) == 0) {
            byte[] page = writable[slot];
            if (page != null) {
                WORD.set(page, address & PAGE_MASK, value);
                return;
            }
        }
        store(address, 4, value);
    }

    public void storeHalf(int address, int value) {
        int slot = address >>> PAGE_BITS;
        if (slot < TABLE_PAGES && (address & 1) == 0) {
            byte[] page = writable[slot];
            if (page != null) {
                HALF.set(page, address & PAGE_MASK, (short) value);
                return;
            }
        }
        store(address, 2, value);
    }

    public void storeByte(int address, int value) {
        int slot = address >>> PAGE_BITS;
        if (slot < TABLE_PAGES) {
            byte[] page = writable[slot];
            if (page != null) {
                page[address & PAGE_MASK] = (byte) value;
                return;
            }
        }
        store(address, 1, value);
    }

    // ---------------------------------------------------------------- exact paths

    /** Reads 1, 2 or 4 bytes with every check that the hardware makes; zero-extended. */
    public int load(int address, int widthBytes) {
        if ((address & (widthBytes - 1)) != 0) {
            return loadUnaligned(address, widthBytes);
        }
        if (!protection.disabled() && !protection.permits(address, false, privileged)) {
            throw fault.with(GuestFault.Kind.DACCVIOL, address, "the MPU forbids this read");
        }
        Region region = regionAt(address);
        if (region != null) {
            int value = peekAligned(region, address, widthBytes);
            reportWatches(address, widthBytes, false);
            return value;
        }
        if (address >>> 28 == 0x4) {
            Peripheral peripheral = peripheralAt(address);
            if (peripheral != null) {
                int value = peripheral.read(address - peripheral.baseAddress(), widthBytes);
                reportWatches(address, widthBytes, false);
                return widthBytes == 4 ? value : value & ((1 << (8 * widthBytes)) - 1);
            }
        }
        if (isPrivateBus(address)) {
            requirePrivilegeFor(address);
            return privateBus.read(address, widthBytes);
        }
        throw noMemory(address, false);
    }

    private int loadUnaligned(int address, int widthBytes) {
        checkUnaligned(address);
        int value = 0;
        for (int i = 0; i < widthBytes; i++) {
            value |= load(address + i, 1) << (8 * i);
        }
        return value;
    }

    /** Writes 1, 2 or 4 bytes with every check that the hardware makes. */
    public void store(int address, int widthBytes, int value) {
        if ((address & (widthBytes - 1)) != 0) {
            storeUnaligned(address, widthBytes, value);
            return;
        }
        if (!protection.disabled() && !protection.permits(address, true, privileged)) {
            throw fault.with(GuestFault.Kind.DACCVIOL, address, "the MPU forbids this write");
        }
        Region region = regionAt(address);
        if (region != null) {
            storeToRegion(region, address, widthBytes, value);
            return;
        }
        if (address >>> 28 == 0x4) {
            Peripheral peripheral = peripheralAt(address);
            if (peripheral != null) {
                peripheral.write(address - peripheral.baseAddress(), widthBytes, value);
                reportWatches(address, widthBytes, true);
                return;
            }
        }
        if (isPrivateBus(address)) {
            requirePrivilegeFor(address);
            privateBus.write(address, widthBytes, value);
            return;
        }
        throw noMemory(address, true);
    }

    private void storeUnaligned(int address, int widthBytes, int value) {
        checkUnaligned(address);
        for (int i = 0; i < widthBytes; i++) {
            requireStore(address + i);
        }
        for (int i = 0; i < widthBytes; i++) {
            store(address + i, 1, value >>> (8 * i));
        }
    }

    private void checkUnaligned(int address) {
        if (trapUnaligned) {
            throw unaligned(address);
        }
        if (address >>> 29 == 2 || isPrivateBus(address)) {
            // Device memory: the architecture demands alignment whatever UNALIGN_TRP says.
            throw unaligned(address);
        }
    }

    private void requireStore(int address) {
        if (!protection.disabled() && !protection.permits(address, true, privileged)) {
            throw fault.with(GuestFault.Kind.DACCVIOL, address, "the MPU forbids this write");
        }
        Region region = regionAt(address);
        if (region == null) {
            throw noMemory(address, true);
        }
        requireWritable(region, address, 1);
    }

    private void storeToRegion(Region region, int address, int widthBytes, int value) {
        requireWritable(region, address, widthBytes);
        byte[] page = ownPage(region, address);
        int offset = address & PAGE_MASK;
        switch (widthBytes) {
            case 1 -> page[offset] = (byte) value;
            case 2 -> HALF.set(page, offset, (short) value);
            default -> WORD.set(page, offset, value);
        }
        if (code[pageIndex(region, address)]) {
            listener.codeChanged(address, widthBytes);
        }
        reportWatches(address, widthBytes, true);
    }

    private void requireWritable(Region region, int address, int widthBytes) {
        if (!region.writable()) {
            throw fault.with(
                    GuestFault.Kind.PRECISERR,
                    address,
                    String.format(
                            "write to 0x%08x in %s, which is read-only", address, region.name()));
        }
        for (ProtectedRange range : protectedRanges) {
            if (range.touches(address, widthBytes)) {
                throw fault.with(
                        GuestFault.Kind.SECURE,
                        address,
                        String.format(
                                "write to 0x%08x, which Microvisor write-protects (%s)",
                                address, range.owner()));
            }
        }
    }

    private GuestFault noMemory(int address, boolean write) {
        String verb = write ? "write to" : "read of";
        String owner = MemoryMap.secureOwner(address);
        if (owner != null) {
            return fault.with(
                    GuestFault.Kind.SECURE,
                    address,
                    String.format(
                            "%s 0x%08x, which belongs to Microvisor: %s", verb, address, owner));
        }
        return fault.with(
                GuestFault.Kind.PRECISERR,
                address,
                String.format("%s 0x%08x, where there is no memory", verb, address));
    }

    public GuestFault unaligned(int address) {
        return fault.with(
                GuestFault.Kind.UNALIGNED,
                address,
                String.format("unaligned access to 0x%08x", address));
    }

    /** The machine's fault object, for faults that are not of the memory. */
    public GuestFault fault(GuestFault.Kind kind, int address, String detail) {
        return fault.with(kind, address, detail);
    }

    private static boolean isPrivateBus(int address) {
        return address >>> 20 == (PRIVATE_BUS_END - 1) >>> 20;
    }

    private void requirePrivilegeFor(int address) {
        if (!privileged) {
            throw fault.with(
                    GuestFault.Kind.PRECISERR,
                    address,
                    String.format("unprivileged access to system register 0x%08x", address));
        }
    }

    // ---------------------------------------------------------------- instruction fetch

    /** Halfword at {@code address} for decoding; its page counts as code from now on. */
    public int fetchHalf(int address) {
        if (!protection.disabled() && !protection.permitsExecution(address, privileged)) {
            throw fault.with(
                    GuestFault.Kind.IACCVIOL, address, "the MPU forbids execution at this address");
        }
        Region region = regionAt(address);
        if (region == null) {
            throw fetchFault(address);
        }
        int index = pageIndex(region, address);
        if (!code[index]) {
            code[index] = true;
            refresh(region, index);
        }
        return peekAligned(region, address, 2);
    }

    private GuestFault fetchFault(int address) {
        String owner = MemoryMap.secureOwner(address);
        if (owner != null) {
            return fault.with(
                    GuestFault.Kind.SECURE,
                    address,
                    String.format(
                            "branch to 0x%08x, which belongs to Microvisor: %s", address, owner));
        }
        if (address >>> 29 == 2 || address >>> 29 >= 5) {
            return fault.with(
                    GuestFault.Kind.IACCVIOL,
                    address,
                    String.format("execution at 0x%08x, in a region for devices", address));
        }
        return fault.with(
                GuestFault.Kind.IBUSERR,
                address,
                String.format("execution at 0x%08x, where there is no memory", address));
    }

    // ---------------------------------------------------------------- settings

    public void setProtection(Protection newProtection) {
        protection = newProtection;
        refreshAll();
    }

    /** Call when the MPU's registers have changed. */
    public void protectionChanged() {
        refreshAll();
    }

    public void setPrivileged(boolean value) {
        if (privileged != value) {
            privileged = value;
            if (!protection.disabled()) {
                refreshAll();
            }
        }
    }

    public boolean privileged() {
        return privileged;
    }

    public Protection protection() {
        return protection;
    }

    public void setTrapUnaligned(boolean value) {
        trapUnaligned = value;
    }

    public void setWatches(List<WatchRange> newWatches) {
        watches = List.copyOf(newWatches);
        refreshAll();
    }

    public void protect(ProtectedRange range) {
        protectedRanges.add(range);
        refreshAll();
    }

    /** Ends one earlier {@link #protect} of exactly this range. */
    public void unprotect(int address, int sizeBytes) {
        for (int i = protectedRanges.size() - 1; i >= 0; i--) {
            ProtectedRange range = protectedRanges.get(i);
            if (range.address() == address && range.sizeBytes() == sizeBytes) {
                protectedRanges.remove(i);
                refreshAll();
                return;
            }
        }
    }

    public void unprotectAll() {
        protectedRanges.clear();
        refreshAll();
    }

    private void reportWatches(int address, int widthBytes, boolean write) {
        for (WatchRange watch : watches) {
            if ((write ? watch.onWrite() : watch.onRead()) && watch.touches(address, widthBytes)) {
                listener.watchHit(watch.id(), address, write);
            }
        }
    }

    // ---------------------------------------------------------------- whole ranges

    public List<Region> regions() {
        return regions;
    }

    /** The region that holds an address, or null. */
    public Region regionAt(int address) {
        for (Region region : regions) {
            if (region.contains(address)) {
                return region;
            }
        }
        return null;
    }

    /** True when every byte is flash or RAM of the application. */
    public boolean isReadable(int address, int sizeBytes) {
        Region region = regionAt(address);
        return sizeBytes == 0 || (region != null && region.contains(address, sizeBytes));
    }

    /** True when every byte is RAM of the application, write-protected or not. */
    public boolean isWritable(int address, int sizeBytes) {
        if (sizeBytes <= 0) {
            return sizeBytes == 0;
        }
        int end = address + sizeBytes;
        for (int at = address; at != end; ) {
            Region region = regionAt(at);
            if (region == null || !region.writable()) {
                return false;
            }
            int left = region.base() + region.sizeBytes() - at;
            at += Math.min(left, end - at);
        }
        return true;
    }

    /** Copies bytes without side effects, as far as there are any. */
    public byte[] peek(int address, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        for (int i = 0; i < sizeBytes; i++) {
            int at = address + i;
            Region region = regionAt(at);
            if (region != null) {
                int offset = at & PAGE_MASK;
                int count = Math.min(PAGE_SIZE - offset, sizeBytes - i);
                System.arraycopy(pages[pageIndex(region, at)], offset, bytes, i, count);
                i += count - 1;
                continue;
            }
            Peripheral peripheral = at >>> 28 == 4 ? peripheralAt(at) : null;
            if (peripheral != null) {
                int offset = at - peripheral.baseAddress();
                bytes[i] = (byte) (peripheral.peek(offset & ~3, 4) >>> (8 * (offset & 3)));
            } else if (isPrivateBus(at)) {
                bytes[i] = (byte) (privateBus.peek(at & ~3) >>> (8 * (at & 3)));
            } else {
                return Arrays.copyOf(bytes, i);
            }
        }
        return bytes;
    }

    /** Writes flash and RAM whatever protects them; false when some byte has no memory. */
    public boolean poke(int address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (regionAt(address + i) == null) {
                return false;
            }
        }
        for (int i = 0; i < bytes.length; ) {
            int at = address + i;
            Region region = regionAt(at);
            int offset = at & PAGE_MASK;
            int count = Math.min(PAGE_SIZE - offset, bytes.length - i);
            System.arraycopy(bytes, i, ownPage(region, at), offset, count);
            if (code[pageIndex(region, at)]) {
                listener.codeChanged(at, count);
            }
            i += count;
        }
        return true;
    }

    public int peekWord(int address) {
        byte[] bytes = peek(address, 4);
        return bytes.length == 4 ? (int) WORD.get(bytes, 0) : 0;
    }

    /** Back to the state after power-up; flash keeps its contents. */
    public void clearRam() {
        protectedRanges.clear();
        for (Region region : regions) {
            if (region.writable()) {
                clear(region);
                listener.codeChanged(region.base(), region.sizeBytes());
            }
        }
    }

    private void clear(Region region) {
        for (int i = 0; i < region.pages(); i++) {
            int index = region.firstPage() + i;
            pages[index] = new byte[PAGE_SIZE];
            if (region.fill() != 0) {
                Arrays.fill(pages[index], (byte) region.fill());
            }
            owned[index] = true;
            refresh(region, index);
        }
    }

    // ---------------------------------------------------------------- snapshots

    /** Takes an image; from now on the first store to a page copies it. */
    public MemoryImage save() {
        Arrays.fill(owned, false);
        for (Region region : regions) {
            int first = region.base() >>> PAGE_BITS;
            Arrays.fill(writable, first, first + region.pages(), null);
        }
        return new MemoryImage(pages.clone(), protectedRanges);
    }

    public void restore(MemoryImage image) {
        protectedRanges = new ArrayList<>(image.protectedRanges);
        Arrays.fill(owned, false);
        for (Region region : regions) {
            for (int i = 0; i < region.pages(); i++) {
                int index = region.firstPage() + i;
                if (pages[index] != image.pages[index]) {
                    pages[index] = image.pages[index];
                    if (code[index]) {
                        listener.codeChanged(region.base() + (i << PAGE_BITS), PAGE_SIZE);
                    }
                }
            }
        }
        refreshAll();
    }

    /** Mixes all contents into a hash. */
    public long hash(long seed) {
        long hash = seed;
        for (Region region : regions) {
            for (int i = 0; i < region.pages(); i++) {
                hash =
                        hash * 0x9E37_79B9_7F4A_7C15L
                                + Arrays.hashCode(pages[region.firstPage() + i]);
            }
        }
        return hash;
    }

    // ---------------------------------------------------------------- pages

    private static int pageIndex(Region region, int address) {
        return region.firstPage() + ((address - region.base()) >>> PAGE_BITS);
    }

    private int peekAligned(Region region, int address, int widthBytes) {
        byte[] page = pages[pageIndex(region, address)];
        int offset = address & PAGE_MASK;
        return switch (widthBytes) {
            case 1 -> page[offset] & 0xFF;
            case 2 -> (short) HALF.get(page, offset) & 0xFFFF;
            default -> (int) WORD.get(page, offset);
        };
    }

    /** The page's bytes, copied first when a snapshot shares them. */
    private byte[] ownPage(Region region, int address) {
        int index = pageIndex(region, address);
        if (!owned[index]) {
            pages[index] = pages[index].clone();
            owned[index] = true;
            refresh(region, index);
        }
        return pages[index];
    }

    private void refreshAll() {
        for (Region region : regions) {
            for (int i = 0; i < region.pages(); i++) {
                refresh(region, region.firstPage() + i);
            }
        }
    }

    /** Sets the page's slots in the fast tables from all that may forbid them. */
    private void refresh(Region region, int index) {
        int address = region.base() + ((index - region.firstPage()) << PAGE_BITS);
        boolean mayRead = true;
        boolean mayWrite = region.writable() && owned[index] && !code[index];
        for (WatchRange watch : watches) {
            if (watch.touches(address, PAGE_SIZE)) {
                mayRead &= !watch.onRead();
                mayWrite &= !watch.onWrite();
            }
        }
        for (ProtectedRange range : protectedRanges) {
            mayWrite &= !range.touches(address, PAGE_SIZE);
        }
        if (!protection.disabled()) {
            boolean uniform = protection.uniform(address, PAGE_SIZE);
            mayRead &= uniform && protection.permits(address, false, privileged);
            mayWrite &= uniform && protection.permits(address, true, privileged);
        }
        readable[address >>> PAGE_BITS] = mayRead ? pages[index] : null;
        writable[address >>> PAGE_BITS] = mayWrite ? pages[index] : null;
    }

    private Peripheral peripheralAt(int address) {
        Peripheral best = null;
        for (Peripheral peripheral : peripherals) {
            if (Integer.compareUnsigned(address - peripheral.baseAddress(), peripheral.sizeBytes())
                            < 0
                    && (best == null || peripheral.sizeBytes() < best.sizeBytes())) {
                best = peripheral;
            }
        }
        return best;
    }
}
