/**
 * The Microvisor REST API, version 1, served on loopback, with its data on disk.
 *
 * <p>Start at {@link dev.microvisor.emulator.rest.RestServer}; {@link
 * dev.microvisor.emulator.rest.CloudStore} is the data. Provisioning scripts written for the real
 * cloud go on working against it: forms in, JSON out, paging, the documented limits and status
 * codes. Secrets can be written and deleted through REST, never read; only the emulator reads them,
 * from the store. What the store has acknowledged survives the death of the process.
 */
package dev.microvisor.emulator.rest;
