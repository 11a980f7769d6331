package dev.microvisor.emulator.memory;

/** The faults of accesses, in words. One fault object serves the whole machine. */
final class AccessFaults {
    private final GuestFault fault = new GuestFault();

    GuestFault with(GuestFault.Kind kind, int address, String detail) {
        return fault.with(kind, address, detail);
    }

    GuestFault forbiddenByMpu(int address, String what) {
        GuestFault.Kind kind =
                "execution".equals(what) ? GuestFault.Kind.IACCVIOL : GuestFault.Kind.DACCVIOL;
        String place = "execution".equals(what) ? "execution at this address" : "this " + what;
        return fault.with(kind, address, "the MPU forbids " + place);
    }

    GuestFault readOnly(int address, Region region) {
        return fault.with(
                GuestFault.Kind.PRECISERR,
                address,
                String.format("write to 0x%08x in %s, which is read-only", address, region.name()));
    }

    GuestFault writeProtected(int address, ProtectedRange range) {
        return fault.with(
                GuestFault.Kind.SECURE,
                address,
                String.format(
                        "write to 0x%08x, which Microvisor write-protects (%s)",
                        address, range.owner()));
    }

    GuestFault noMemory(int address, boolean write) {
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

    GuestFault unaligned(int address) {
        return fault.with(
                GuestFault.Kind.UNALIGNED,
                address,
                String.format("unaligned access to 0x%08x", address));
    }

    GuestFault unprivileged(int address) {
        return fault.with(
                GuestFault.Kind.PRECISERR,
                address,
                String.format("unprivileged access to system register 0x%08x", address));
    }

    /** A fetch from where there is no memory for code. */
    GuestFault fetch(int address) {
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
}
