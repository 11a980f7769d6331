/**
 * Results of earlier lints on disk. Start at {@link dev.microvisor.analysis.cache.ResultCache}. An
 * entry names every file that its lint asked for, those that were not there included, so it is
 * either exactly what a new lint would find or not used.
 */
package dev.microvisor.analysis.cache;
