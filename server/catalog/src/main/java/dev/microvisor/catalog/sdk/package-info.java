/**
 * Writes the SDK that the samples are built with, from the catalog: header, call stubs, linker
 * script, start-up code and interrupt numbers.
 *
 * <p>Nothing here comes from the vendor's SDK: names, layouts and addresses are facts of the
 * catalog, the words and the code are ours.
 */
package dev.microvisor.catalog.sdk;
