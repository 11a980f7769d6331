package dev.microvisor.debug.explore;

import dev.microvisor.emulator.api.Status;

/**
 * One injection: a call at a place answers a status.
 *
 * @param index position among all trials of the firmware, which does not depend on shards
 * @param nth which of the calls from there, from 1
 * @param at instruction number of that call
 */
record Trial(int index, Site site, Status status, int nth, long at) {}
