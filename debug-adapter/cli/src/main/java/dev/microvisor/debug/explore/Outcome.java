package dev.microvisor.debug.explore;

import com.google.gson.annotations.SerializedName;
import java.util.Locale;

/** What became of the firmware after an injection. Worst first. */
public enum Outcome {
    /** A fault that it did not handle. */
    @SerializedName("crash")
    CRASH(true),
    /** A stack went beyond its end. */
    @SerializedName("overflow")
    OVERFLOW(true),
    /** It sleeps for ever, goes on for ever or falls silent, where it did not without the fault. */
    @SerializedName("hang")
    HANG(true),
    /** It stopped itself for good: a failed assertion, abort, an error handler. */
    @SerializedName("gives-up")
    GIVES_UP(true),
    /** Something that it did again and again has stopped, while other things go on. */
    @SerializedName("stall")
    STALL(true),
    /** It keeps handles that it gave back without the fault. */
    @SerializedName("leak")
    LEAK(true),
    /** The emulator could not go on; nothing is known. */
    @SerializedName("unknown")
    UNKNOWN(false),
    /** None of these. */
    @SerializedName("survived")
    SURVIVED(false);

    private final boolean finding;

    Outcome(boolean finding) {
        this.finding = finding;
    }

    /** Whether somebody should look at it. */
    public boolean isFinding() {
        return finding;
    }

    /** In lower case, as tables and JSON have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
