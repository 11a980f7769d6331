/**
 * The page "power and restart": sleeping, restarting, why the application started, updates. Start
 * at {@link dev.microvisor.emulator.kernel.power.Power}.
 */
package dev.microvisor.emulator.kernel.power;
