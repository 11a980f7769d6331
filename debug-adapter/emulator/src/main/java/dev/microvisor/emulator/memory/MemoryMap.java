package dev.microvisor.emulator.memory;

import java.util.List;

/**
 * Which flash and RAM the application has.
 *
 * @param regions in the order in which their pages are numbered; 1 KiB granular, below {@link
 *     Memory#TABLE_END}, not overlapping
 */
public record MemoryMap(List<Region> regions) {
    public MemoryMap {
        regions = List.copyOf(regions);
    }

    /** The non-secure half of an STM32U585 under Microvisor. Unprogrammed flash reads 0xFF. */
    public static MemoryMap stm32u585() {
        return new MemoryMap(
                List.of(
                        new Region("flash", 0x0800_0000, 0x10_0000, false, 0xFF, 0),
                        new Region("SRAM1-3", 0x2000_0000, 0x8_0000, true, 0, 1024),
                        new Region("SRAM4", 0x2800_0000, 0x4000, true, 0, 1024 + 512)));
    }

    /** The region that holds an address, or null. */
    public Region regionAt(int address) {
        // Without an iterator: this is asked for every access that is not plain.
        for (int i = 0; i < regions.size(); i++) {
            Region region = regions.get(i);
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
        Region first = regionAt(address);
        if (first != null && first.contains(address, sizeBytes)) {
            return first.writable();
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

    /** What of Microvisor's an address belongs to, or null when it is not Microvisor's. */
    public static String secureOwner(int address) {
        if (inside(address, 0x0810_0000, 0x10_0000)) {
            return "upper half of flash";
        }
        if (inside(address, 0x2008_0000, 0x4_0000)) {
            return "upper half of SRAM3";
        }
        if (inside(address, 0x4003_6400, 0x800)) {
            return "backup SRAM";
        }
        return switch (address >>> 28) {
            case 0x0 -> inside(address, 0x0C00_0000, 0x400_0000) ? "secure alias of flash" : null;
            case 0x3 -> "secure alias of SRAM";
            case 0x5 -> "secure alias of the peripherals";
            default -> null;
        };
    }

    private static boolean inside(int address, int base, int sizeBytes) {
        return Integer.compareUnsigned(address - base, sizeBytes) < 0;
    }
}
