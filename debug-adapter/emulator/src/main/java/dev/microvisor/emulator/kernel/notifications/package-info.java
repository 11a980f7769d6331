/**
 * The page "notifications": centres with their rings, and system notifications. Start at {@link
 * dev.microvisor.emulator.kernel.notifications.NotificationCentres}.
 */
package dev.microvisor.emulator.kernel.notifications;
