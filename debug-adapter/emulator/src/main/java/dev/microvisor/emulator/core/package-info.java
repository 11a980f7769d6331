/**
 * The Cortex-M33: what instructions mean, as the non-secure side sees it.
 *
 * <p>Start at {@link dev.microvisor.emulator.core.Interpreter}. The tables {@code Thumb16Table},
 * {@code Thumb32Table} and {@code FloatTable} read like the Armv8-M manual; {@link
 * dev.microvisor.emulator.core.Decoder} turns bits into packed {@code Instruction}s, which depend
 * on nothing but the code bytes, their address and whether they stand in an IT block, and so may be
 * kept until those bytes are written. UNPREDICTABLE encodings are undefined instructions here.
 */
package dev.microvisor.emulator.core;
