/**
 * What comes from outside the emulator: answers of live HTTP servers and of the local cloud,
 * messages of real MQTT brokers, what somebody types. Start at {@link
 * dev.microvisor.emulator.outside.Outside}.
 *
 * <p>Everything that comes in is kept with the number of the instruction at which it came in, so
 * going back in time and replaying a recording need nothing from outside. This is the one place
 * behind the machine that looks at the host's clock: to let real time pass while firmware idles and
 * somebody outside may have something to say.
 */
package dev.microvisor.emulator.outside;
