package dev.microvisor.dap.request;

import dev.microvisor.dap.session.RequestFailed;

/** Addresses as the protocol passes them: text such as {@code 0x20000000}. */
final class MemoryReference {
    private MemoryReference() {}

    static String of(int address) {
        return String.format("0x%08x", address);
    }

    /**
     * @param offset null stands for 0
     */
    static int parse(String reference, Integer offset) {
        String text = reference == null ? "" : reference.strip();
        try {
            long base = Long.decode(text);
            long address = base + (offset == null ? 0 : offset);
            if (address < 0 || address > 0xFFFF_FFFFL) {
                throw new RequestFailed(
                        "address " + text + " with offset " + offset + " is outside 32 bits");
            }
            return (int) address;
        } catch (NumberFormatException e) {
            throw new RequestFailed("'" + text + "' is no address: write it like 0x20000000");
        }
    }
}
