package dev.microvisor.emulator.cloud.hardware;

/**
 * When something happens, in virtual microseconds since Microvisor started.
 *
 * @param everyUs from one time to the next; 0 for once
 */
public record Schedule(long atUs, long everyUs) {}
