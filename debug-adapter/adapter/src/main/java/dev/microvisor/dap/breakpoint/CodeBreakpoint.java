package dev.microvisor.dap.breakpoint;

import java.util.List;
import java.util.Optional;

/**
 * A breakpoint on code. Mutable: it counts its hits. Belongs to the machine's thread.
 *
 * <p>A source line may have code at several addresses; they are one breakpoint.
 */
public final class CodeBreakpoint {
    /** What the user set it on; also the reason that a stop gives. */
    public enum Kind {
        LINE("breakpoint"),
        FUNCTION("function breakpoint"),
        INSTRUCTION("instruction breakpoint");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private final int id;
    private final Kind kind;
    private final String label;
    private final List<Integer> addresses;
    private final Wish wish;
    private final Optional<HitCondition> hitCondition;
    private long hits;

    /**
     * What else the user asked for; empty texts stand for nothing.
     *
     * @param condition a C expression
     * @param logMessage text to write instead of stopping; {@code {x}} is the value of x
     */
    public record Wish(String condition, String hitCondition, String logMessage) {
        public static final Wish NONE = new Wish("", "", "");

        /** As the protocol gives them: null stands for nothing. */
        public static Wish of(String condition, String hitCondition, String logMessage) {
            return new Wish(text(condition), text(hitCondition), text(logMessage));
        }

        private static String text(String given) {
            return given == null ? "" : given.strip();
        }
    }

    CodeBreakpoint(int id, Kind kind, String label, List<Integer> addresses, Wish wish) {
        this.id = id;
        this.kind = kind;
        this.label = label;
        this.addresses = List.copyOf(addresses);
        this.wish = wish;
        this.hitCondition = HitCondition.parse(wish.hitCondition());
    }

    public int id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** Such as {@code main.c:12} or the function's name. */
    public String label() {
        return label;
    }

    public List<Integer> addresses() {
        return addresses;
    }

    public Wish wish() {
        return wish;
    }

    /** Counts a pass; true when the hit condition lets it stop. */
    boolean passes() {
        hits++;
        return hitCondition.map(c -> c.holds(hits)).orElse(true);
    }

    /** The firmware starts over. */
    void forgetHits() {
        hits = 0;
    }
}
