package dev.microvisor.emulator.kernel.hand;

import dev.microvisor.emulator.kernel.call.Host;

/** Something that is done to Microvisor by hand. */
public sealed interface Intervention
        permits PostNotification, SwitchNetwork, EndChannel, AnswerHttp, SwitchLogging {

    /** Does it now, or says why it cannot be done; then nothing has changed. */
    Outcome apply(Host host);

    /**
     * What became of an intervention.
     *
     * @param done false when nothing has changed
     * @param text what was done, or why not and what to try
     */
    record Outcome(boolean done, String text) {
        static Outcome done(String format, Object... values) {
            return new Outcome(true, String.format(format, values));
        }

        static Outcome refused(String format, Object... values) {
            return new Outcome(false, String.format(format, values));
        }
    }
}
