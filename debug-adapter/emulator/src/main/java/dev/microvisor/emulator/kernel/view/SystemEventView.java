package dev.microvisor.emulator.kernel.view;

/**
 * A subscription of {@code mvOpenSystemNotification}.
 *
 * @param source name of the {@code MvSystemNotificationSource} constant
 */
public record SystemEventView(
        int handle,
        String source,
        int notificationHandle,
        int notificationTag,
        long openedAtInstruction,
        int openedAt) {}
