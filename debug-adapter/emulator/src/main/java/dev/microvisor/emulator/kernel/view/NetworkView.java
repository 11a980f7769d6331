package dev.microvisor.emulator.kernel.view;

import java.util.List;

/**
 * The network.
 *
 * @param status name of the {@code MvNetworkStatus} constant
 * @param reasons names of the {@code MvNetworkReason} flags that are set
 * @param handles live handles, oldest first
 */
public record NetworkView(String status, List<String> reasons, List<NetworkHandleView> handles) {
    public NetworkView {
        reasons = List.copyOf(reasons);
        handles = List.copyOf(handles);
    }

    /** A reference that {@code mvRequestNetwork} gave out. */
    public record NetworkHandleView(
            int handle,
            int notificationHandle,
            int notificationTag,
            long openedAtInstruction,
            int openedAt) {}
}
