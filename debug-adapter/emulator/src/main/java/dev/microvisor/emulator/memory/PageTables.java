package dev.microvisor.emulator.memory;

/**
 * Which pages may be accessed without a check, as the present mode of the core sees them; with the
 * MPU on also as the other mode would, because exceptions change the mode all the time.
 */
final class PageTables {
    private final Memory memory;
    private final Pages pages;
    private final RangeGuards guards;
    private final int[] readable = PlainAccess.nothing();
    private final int[] writable = PlainAccess.nothing();

    /** What the slots would be in the other mode, by number of the page; valid with the MPU on. */
    private final int[] otherReadable;

    private final int[] otherWritable;

    PageTables(Memory memory, Pages pages, RangeGuards guards) {
        this.memory = memory;
        this.pages = pages;
        this.guards = guards;
        int count = memory.regions().stream().mapToInt(Region::pages).sum();
        this.otherReadable = new int[count];
        this.otherWritable = new int[count];
    }

    int[] readable() {
        return readable;
    }

    int[] writable() {
        return writable;
    }

    /** The core has become privileged, or unprivileged, with the MPU on. */
    void changeMode() {
        for (Region region : memory.regions()) {
            int slot = region.base() >>> Memory.PAGE_BITS;
            int page = region.firstPage();
            exchange(readable, slot, otherReadable, page, region.pages());
            exchange(writable, slot, otherWritable, page, region.pages());
        }
    }

    private static void exchange(int[] one, int at, int[] other, int from, int count) {
        for (int i = 0; i < count; i++) {
            int value = one[at + i];
            one[at + i] = other[from + i];
            other[from + i] = value;
        }
    }

    /** The first store to each page is to be noted. */
    void forbidStores() {
        for (Region region : memory.regions()) {
            int first = region.base() >>> Memory.PAGE_BITS;
            for (int i = 0; i < region.pages(); i++) {
                writable[first + i] = PlainAccess.nowhere(first + i);
                otherWritable[region.firstPage() + i] = PlainAccess.nowhere(first + i);
            }
        }
    }

    void refreshAll() {
        for (Region region : memory.regions()) {
            for (int i = 0; i < region.pages(); i++) {
                refresh(region, region.firstPage() + i);
            }
        }
    }

    /**
     * Looks again at the pages that hold some addresses, unsigned; code in them may have to be
     * refused from now on, or may be executed for the first time.
     */
    void refresh(int first, int last, AccessListener listener) {
        for (Region region : memory.regions()) {
            int end = region.base() + region.sizeBytes() - 1;
            int from = Integer.compareUnsigned(first, region.base()) > 0 ? first : region.base();
            int to = Integer.compareUnsigned(last, end) < 0 ? last : end;
            if (Integer.compareUnsigned(from, to) > 0) {
                continue;
            }
            for (int index = Pages.index(region, from); index <= Pages.index(region, to); index++) {
                refresh(region, index);
                if (pages.isCode(index)) {
                    listener.codeChanged(address(region, index), Memory.PAGE_SIZE);
                }
            }
        }
    }

    /**
     * Code that was decoded while the MPU was off may not be allowed with it on. What unprivileged
     * mode executes was decoded with the MPU on.
     */
    void forgetForbiddenCode(AccessListener listener) {
        Protection protection = memory.protection();
        for (Region region : memory.regions()) {
            for (int index = region.firstPage();
                    index < region.firstPage() + region.pages();
                    index++) {
                if (!pages.isCode(index)) {
                    continue;
                }
                int start = address(region, index);
                if (protection.uniform(start, Memory.PAGE_SIZE)
                        && protection.permitsExecution(start, true)) {
                    continue;
                }
                for (int at = 0; at < Memory.PAGE_SIZE; at += Protection.GRANULE) {
                    if (!protection.permitsExecution(start + at, true)) {
                        listener.codeChanged(start + at, Protection.GRANULE);
                    }
                }
            }
        }
    }

    private static int address(Region region, int index) {
        return region.base() + ((index - region.firstPage()) << Memory.PAGE_BITS);
    }

    /** Sets the page's slots from all that may forbid them. */
    void refresh(Region region, int index) {
        int address = address(region, index);
        boolean mayRead = !guards.watches(address, Memory.PAGE_SIZE, false);
        boolean mayWrite =
                region.writable()
                        && pages.isOwned(index)
                        && !pages.isCode(index)
                        && !guards.watches(address, Memory.PAGE_SIZE, true)
                        && guards.protecting(address, Memory.PAGE_SIZE) == null;
        Protection protection = memory.protection();
        boolean now = memory.privileged();
        int slot = address >>> Memory.PAGE_BITS;
        int plain = Pages.byteOffset(index) - address;
        int nowhere = PlainAccess.nowhere(slot);
        if (!protection.disabled()) {
            boolean uniform = protection.uniform(address, Memory.PAGE_SIZE);
            mayRead &= uniform;
            mayWrite &= uniform;
            otherReadable[index] =
                    mayRead && protection.permits(address, false, !now) ? plain : nowhere;
            otherWritable[index] =
                    mayWrite && protection.permits(address, true, !now) ? plain : nowhere;
            mayRead = mayRead && protection.permits(address, false, now);
            mayWrite = mayWrite && protection.permits(address, true, now);
        }
        readable[slot] = mayRead ? plain : nowhere;
        writable[slot] = mayWrite ? plain : nowhere;
    }
}
