package dev.microvisor.dap.session;

/** Colours of lines in the debug console, for clients that show them (ECMA-48, SGR). */
public enum Style {
    PLAIN(""),
    /** What stands beside the matter, such as times. */
    DIM("2"),
    WARNING("33"),
    FAILURE("31");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /**
     * @param ansi whether the client shows colours; otherwise the text stays as it is
     */
    String of(String text, boolean ansi) {
        return ansi && this != PLAIN ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
