/**
 * Reads C and C++ with Eclipse CDT's parser and lowers it to {@code ir}. The only package that sees
 * CDT. Start at {@link dev.microvisor.analysis.frontend.FrontEnd}.
 *
 * <p>Broken sources give problems and whatever could be read, never an exception. Types have the
 * sizes of a 32-bit Arm, whatever machine this runs on.
 */
package dev.microvisor.analysis.frontend;
