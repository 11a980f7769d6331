package dev.microvisor.debug.explore;

import dev.microvisor.emulator.api.Status;

/**
 * One injection: the first call at a place answers a status.
 *
 * @param index position among all trials of the firmware, which does not depend on shards
 */
record Trial(int index, Site site, Status status) {}
