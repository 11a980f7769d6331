package dev.microvisor.emulator.core.compiler;

/**
 * Where calls of an address lead. Generated code holds it as a constant, so that calls need not
 * look anything up.
 */
final class Link {
    /** The region at the address, or {@link Entrances#CLOSED}. */
    CompiledRegion target = Entrances.CLOSED;
}
