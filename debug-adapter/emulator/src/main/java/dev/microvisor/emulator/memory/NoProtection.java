package dev.microvisor.emulator.memory;

/** The MPU switched off: the default memory map allows what there is. */
enum NoProtection implements Protection {
    INSTANCE;

    @Override
    public boolean disabled() {
        return true;
    }

    @Override
    public boolean permits(int address, boolean write, boolean privileged) {
        return true;
    }

    @Override
    public boolean permitsExecution(int address, boolean privileged) {
        return true;
    }

    @Override
    public int regionOf(int address) {
        return -1;
    }

    @Override
    public boolean uniform(int address, int sizeBytes) {
        return true;
    }
}
