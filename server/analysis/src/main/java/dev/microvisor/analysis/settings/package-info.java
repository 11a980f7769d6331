/**
 * {@code microvisor.toml}: what a project wants to hear. Start at {@link
 * dev.microvisor.analysis.settings.SettingsFinder}.
 *
 * <p>The nearest file in the parents of a source decides, for the editor and for the build server
 * alike. A broken file is data, not an exception: what can be read counts, the rest becomes a
 * {@link dev.microvisor.analysis.Problem} with line and advice.
 */
package dev.microvisor.analysis.settings;
