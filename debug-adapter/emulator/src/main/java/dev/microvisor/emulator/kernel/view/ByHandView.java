package dev.microvisor.emulator.kernel.view;

/** Something that was done to Microvisor by hand, in words. */
public record ByHandView(long instruction, String text) {}
