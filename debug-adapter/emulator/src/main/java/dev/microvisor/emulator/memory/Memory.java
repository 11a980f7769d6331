package dev.microvisor.emulator.memory;

import dev.microvisor.emulator.guest.Peripheral;
import java.util.List;

/**
 * The 32-bit address space of the application.
 *
 * <p>Mutable; owned by the thread that runs the machine. {@link #readable} and {@link #writable}
 * hold one slot for each KiB below {@link #TABLE_END}: what is to be added to an address to get its
 * place in {@link #words} when an access needs no check, else something that leads out of that
 * array, as does an address above the table, which finds the slot of another. Accesses that are led
 * out or are unaligned go through {@link #load} and {@link #store}.
 */
public final class Memory {
    public static final int PAGE_BITS = 10;
    public static final int PAGE_SIZE = 1 << PAGE_BITS;
    public static final int PAGE_MASK = PAGE_SIZE - 1;

    /** First address without a slot in the fast tables; a power of two. */
    public static final int TABLE_END = 0x4000_0000;

    public static final int TABLE_PAGES = TABLE_END >>> PAGE_BITS;

    private final PageTables tables;
    private final int[] readable;
    private final int[] writable;

    private final MemoryMap map;
    private final List<Region> regions;

    private final Pages pages;

    /** All of flash and RAM. */
    private final int[] words;

    private final Devices devices;
    private final RangeGuards guards;
    private final AccessListener listener;
    private Protection protection = NoProtection.INSTANCE;
    private boolean privileged = true;
    private boolean trapUnaligned;

    /** What a device has answered to compiled code that could not go on with it. */
    private boolean hasKeptRead;

    private int keptAddress;
    private int keptValue;
    private final AccessFaults faults = new AccessFaults();
    private final PlainAccess plain;
    private final Contents contents;

    public Memory(
            MemoryMap map,
            List<? extends Peripheral> peripherals,
            PrivateBus privateBus,
            AccessListener listener) {
        this.map = map;
        this.regions = map.regions();
        this.pages = new Pages(regions);
        this.words = pages.words();
        this.devices = new Devices(peripherals, privateBus);
        this.guards = new RangeGuards(listener);
        this.tables = new PageTables(this, pages, guards);
        this.readable = tables.readable();
        this.writable = tables.writable();
        this.listener = listener;
        this.plain = new PlainAccess(this, pages, guards);
        this.contents = new Contents(this, pages, devices, listener);
        for (Region region : regions) {
            clear(region);
        }
    }

    // ---------------------------------------------------------------- fast paths

    public int loadWord(int address) {
        int at = PageAccess.wordIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at];
        }
        return load(address, 4);
    }

    public int loadHalf(int address) {
        int at = PageAccess.halfIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at] >>> (address << 3) & 0xFFFF;
        }
        return load(address, 2);
    }

    public int loadByte(int address) {
        int at = PageAccess.byteIndex(readable, address);
        if (at >= 0 && at < words.length) {
            return words[at] >>> (address << 3) & 0xFF;
        }
        return load(address, 1);
    }

    public void storeWord(int address, int value) {
        int at = PageAccess.wordIndex(writable, address);
        if (at >= 0 && at < words.length) {
            words[at] = value;
            return;
        }
        store(address, 4, value);
    }

    public void storeHalf(int address, int value) {
        int at = PageAccess.halfIndex(writable, address);
        if (at >= 0 && at < words.length) {
            int shift = address << 3;
            words[at] = (words[at] & ~(0xFFFF << shift)) | (value & 0xFFFF) << shift;
            return;
        }
        store(address, 2, value);
    }

    public void storeByte(int address, int value) {
        int at = PageAccess.byteIndex(writable, address);
        if (at >= 0 && at < words.length) {
            int shift = address << 3;
            words[at] = (words[at] & ~(0xFF << shift)) | (value & 0xFF) << shift;
            return;
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
            throw faults.forbiddenByMpu(address, "read");
        }
        Region region = regionAt(address);
        if (region != null) {
            int value = pages.read(region, address, widthBytes);
            guards.report(address, widthBytes, false);
            return value;
        }
        if (hasKeptRead && keptAddress == address) {
            hasKeptRead = false;
            return keptValue;
        }
        Peripheral peripheral = devices.peripheralAt(address);
        if (peripheral != null) {
            int offset = address - peripheral.baseAddress();
            if (!peripheral.isSteady(offset)) {
                devices.noticed();
            }
            int value = peripheral.read(offset, widthBytes);
            guards.report(address, widthBytes, false);
            return widthBytes == 4 ? value : value & ((1 << (8 * widthBytes)) - 1);
        }
        if (Devices.isPrivateBus(address)) {
            requirePrivilegeFor(address);
            return devices.privateBus().read(address, widthBytes);
        }
        throw faults.noMemory(address, false);
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
            throw faults.forbiddenByMpu(address, "write");
        }
        Region region = regionAt(address);
        if (region != null) {
            storeToRegion(region, address, widthBytes, value);
            return;
        }
        Peripheral peripheral = devices.peripheralAt(address);
        if (peripheral != null) {
            devices.noticed();
            peripheral.write(address - peripheral.baseAddress(), widthBytes, value);
            guards.report(address, widthBytes, true);
            return;
        }
        if (Devices.isPrivateBus(address)) {
            requirePrivilegeFor(address);
            devices.privateBus().write(address, widthBytes, value);
            return;
        }
        throw faults.noMemory(address, true);
    }

    private void storeUnaligned(int address, int widthBytes, int value) {
        checkUnaligned(address);
        for (int i = 0; i < widthBytes; i++) {
            checkStore(address + i);
        }
        for (int i = 0; i < widthBytes; i++) {
            store(address + i, 1, value >>> (8 * i));
        }
    }

    private void checkUnaligned(int address) {
        if (trapUnaligned) {
            throw unaligned(address);
        }
        if (address >>> 29 == 2 || Devices.isPrivateBus(address)) {
            // Device memory: the architecture demands alignment whatever UNALIGN_TRP says.
            throw unaligned(address);
        }
    }

    /** Throws what a store to RAM would throw, and writes nothing. */
    public void checkStore(int address) {
        if (!protection.disabled() && !protection.permits(address, true, privileged)) {
            throw faults.forbiddenByMpu(address, "write");
        }
        Region region = regionAt(address);
        if (region == null) {
            throw faults.noMemory(address, true);
        }
        requireWritable(region, address, 1);
    }

    private void storeToRegion(Region region, int address, int widthBytes, int value) {
        requireWritable(region, address, widthBytes);
        ownPage(region, address);
        pages.write(region, address, widthBytes, value);
        if (pages.isCode(Pages.index(region, address))) {
            listener.codeChanged(address, widthBytes);
        }
        guards.report(address, widthBytes, true);
    }

    private void requireWritable(Region region, int address, int widthBytes) {
        if (!region.writable()) {
            throw faults.readOnly(address, region);
        }
        ProtectedRange range = guards.protecting(address, widthBytes);
        if (range != null) {
            throw faults.writeProtected(address, range);
        }
    }

    /**
     * A number that is another one after every access that more than memory takes notice of: of
     * devices and system registers, and those that are watched.
     */
    public int noticedAccesses() {
        return devices.accesses() + guards.hits();
    }

    public GuestFault unaligned(int address) {
        return faults.unaligned(address);
    }

    /** The machine's fault object, for faults that are not of the memory. */
    public GuestFault fault(GuestFault.Kind kind, int address, String detail) {
        return faults.with(kind, address, detail);
    }

    private void requirePrivilegeFor(int address) {
        if (!privileged) {
            throw faults.unprivileged(address);
        }
    }

    // ---------------------------------------------------------------- for compiled code

    /** All of flash and RAM. */
    public int[] words() {
        return words;
    }

    /** The table of pages that may be read without a check; its slots change. */
    public int[] readableTable() {
        return readable;
    }

    /** The table of pages that may be written without a check; its slots change. */
    public int[] writableTable() {
        return writable;
    }

    /** What compiled code asks when those tables allow nothing. */
    PlainAccess plain() {
        return plain;
    }

    /** Who sets the time when compiled code reads a device. */
    public void setReadClock(ReadClock clock) {
        plain.setClock(clock);
    }

    /** True when an aligned access is one of a device or of the system registers. */
    boolean isDevice(int address, int widthBytes) {
        return (address & (widthBytes - 1)) == 0
                && (Devices.isPrivateBus(address) || devices.peripheralAt(address) != null);
    }

    /** Keeps what a device has answered for the instruction that is executed next. */
    void keepRead(int address, int value) {
        hasKeptRead = true;
        keptAddress = address;
        keptValue = value;
    }

    /** The instruction has been executed, or has faulted before it could read. */
    public void forgetKeptRead() {
        hasKeptRead = false;
    }

    /** True when the next instruction reads a device that has answered already. */
    public boolean hasKeptRead() {
        return hasKeptRead;
    }

    boolean trapsUnaligned() {
        return trapUnaligned;
    }

    // ---------------------------------------------------------------- instruction fetch

    /** Halfword at {@code address} for decoding; its page counts as code from now on. */
    public int fetchHalf(int address) {
        if (!protection.disabled() && !protection.permitsExecution(address, privileged)) {
            throw faults.forbiddenByMpu(address, "execution");
        }
        Region region = regionAt(address);
        if (region == null) {
            throw faults.fetch(address);
        }
        int index = Pages.index(region, address);
        if (!pages.isCode(index)) {
            pages.markCode(index);
            tables.refresh(region, index);
        }
        return pages.read(region, address, 2);
    }

    // ---------------------------------------------------------------- settings

    public void setProtection(Protection newProtection) {
        protection = newProtection;
        tables.refreshAll();
    }

    /** Call when the MPU is another one; whoever keeps decoded code forgets it. */
    public void protectionChanged() {
        tables.refreshAll();
    }

    /** Call when the MPU was switched on or off. */
    public void protectionSwitched() {
        tables.refreshAll();
        if (!protection.disabled()) {
            tables.forgetForbiddenCode(listener);
        }
    }

    /** Call when a region of the MPU, on or off, holds or held these addresses, unsigned. */
    public void protectionChanged(int first, int last) {
        tables.refresh(first, last, listener);
    }

    public void setPrivileged(boolean value) {
        if (privileged != value) {
            privileged = value;
            if (!protection.disabled()) {
                tables.changeMode();
                listener.modeChanged();
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
        if (guards.setWatches(newWatches)) {
            tables.refreshAll();
        }
    }

    public void protect(ProtectedRange range) {
        guards.protect(range);
        tables.refreshAll();
    }

    /** Ends one earlier {@link #protect} of exactly this range. */
    public void unprotect(int address, int sizeBytes) {
        if (guards.unprotect(address, sizeBytes)) {
            tables.refreshAll();
        }
    }

    public void unprotectAll() {
        guards.setProtectedRanges(List.of());
        tables.refreshAll();
    }

    // ---------------------------------------------------------------- whole ranges

    public List<Region> regions() {
        return regions;
    }

    /** The region that holds an address, or null. */
    public Region regionAt(int address) {
        return map.regionAt(address);
    }

    /** True when every byte is flash or RAM of the application. */
    public boolean isReadable(int address, int sizeBytes) {
        return map.isReadable(address, sizeBytes);
    }

    /** True when every byte is RAM of the application, write-protected or not. */
    public boolean isWritable(int address, int sizeBytes) {
        return map.isWritable(address, sizeBytes);
    }

    /** Copies bytes without side effects, as far as there are any. */
    public byte[] peek(int address, int sizeBytes) {
        return contents.peek(address, sizeBytes);
    }

    /** Writes flash and RAM whatever protects them; false when some byte has no memory. */
    public boolean poke(int address, byte[] bytes) {
        return contents.poke(address, bytes);
    }

    /** Writes an aligned word of RAM whatever protects it; false when it is none. */
    public boolean pokeWord(int address, int value) {
        return contents.pokeWord(address, value);
    }

    /** A word without side effects; zero where nothing is. */
    public int peekWord(int address) {
        return contents.peekWord(address);
    }

    /** Back to the state after power-up; flash keeps its contents. */
    public void clearRam() {
        guards.setProtectedRanges(List.of());
        for (Region region : regions) {
            if (region.writable()) {
                clear(region);
                listener.codeChanged(region.base(), region.sizeBytes());
            }
        }
    }

    private void clear(Region region) {
        pages.fill(region);
        for (int i = 0; i < region.pages(); i++) {
            tables.refresh(region, region.firstPage() + i);
        }
    }

    // ---------------------------------------------------------------- snapshots

    /** Takes an image; from now on the first store to a page is noted. */
    public MemoryImage save() {
        tables.forbidStores();
        return new MemoryImage(pages.share(), guards.protectedRanges());
    }

    public void restore(MemoryImage image) {
        boolean sameGuards = guards.protectedRanges().equals(image.protectedRanges);
        guards.setProtectedRanges(image.protectedRanges);
        for (Region region : regions) {
            for (int i = 0; i < region.pages(); i++) {
                int index = region.firstPage() + i;
                // Of a page that is shared and stays the same nothing in the tables changes.
                boolean owned = pages.isOwned(index);
                boolean other = pages.replace(index, image.pages[index]);
                if (other && pages.isCode(index)) {
                    listener.codeChanged(region.base() + (i << PAGE_BITS), PAGE_SIZE);
                }
                if (sameGuards && (owned || other)) {
                    tables.refresh(region, index);
                }
            }
        }
        if (!sameGuards) {
            tables.refreshAll();
        }
    }

    /** Mixes all contents into a hash. */
    public long hash(long seed) {
        return pages.hash(seed);
    }

    // ---------------------------------------------------------------- pages

    /** Sees to it that the next image gets a new copy of the page. */
    void ownPage(Region region, int address) {
        int index = Pages.index(region, address);
        if (!pages.isOwned(index)) {
            pages.own(index);
            tables.refresh(region, index);
        }
    }
}
