/**
 * What objects of the C++ standard library hold, as their users see it: the characters of a string,
 * the elements of a vector. Knows the layouts of GNU libstdc++, which arm-none-eabi-g++ comes with.
 * An object that is not laid out so, or holds what cannot be (because its constructor has not run),
 * is left to be shown member by member.
 */
package dev.microvisor.symbols.value.library;
