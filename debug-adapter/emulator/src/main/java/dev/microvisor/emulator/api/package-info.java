/**
 * The enumerations of the Microvisor API that the emulator decides by, as Java enumerations with
 * the catalog's names. Their numbers come from the catalog; see {@link
 * dev.microvisor.emulator.api.ApiConstant}.
 *
 * <p>Everything else of the API (calls, structures, limits) is read from the catalog directly.
 */
package dev.microvisor.emulator.api;
