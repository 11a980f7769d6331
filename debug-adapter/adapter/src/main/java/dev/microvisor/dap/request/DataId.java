package dev.microvisor.dap.request;

import dev.microvisor.dap.session.RequestFailed;

/** What a data breakpoint watches, as the text that clients keep between sessions. */
record DataId(int address, int sizeBytes, String label) {
    String text() {
        return MemoryReference.of(address) + "," + sizeBytes + "," + label;
    }

    static DataId parse(String text) {
        String[] parts = text.split(",", 3);
        try {
            int size = Integer.parseInt(parts[1]);
            if (size > 0) {
                return new DataId(
                        MemoryReference.parse(parts[0], null),
                        size,
                        parts.length > 2 ? parts[2] : parts[0]);
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // Reported below, with the text.
        }
        throw new RequestFailed("'" + text + "' is not a data breakpoint of this adapter");
    }
}
