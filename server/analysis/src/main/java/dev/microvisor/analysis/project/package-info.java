/**
 * Which files there are and how they are compiled: {@code compile_commands.json} found and read as
 * clangd does, compiler flags, a table of the Arm compiler's own macros, and a guess where there is
 * no database. Start at {@link dev.microvisor.analysis.project.ProjectModel}.
 *
 * <p>No compiler is ever run. Flags that nobody here knows are ignored in silence, because the
 * compiler accepts many that say nothing about meaning.
 */
package dev.microvisor.analysis.project;
