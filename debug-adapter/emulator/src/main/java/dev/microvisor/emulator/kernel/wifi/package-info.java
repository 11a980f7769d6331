/** The page "Wi-Fi". Start at {@link dev.microvisor.emulator.kernel.wifi.WifiSettings}. */
package dev.microvisor.emulator.kernel.wifi;
