package dev.microvisor.dap.breakpoint;

/** Evaluates what users write in breakpoints, at the place where the firmware stands. */
public interface Conditions {
    /**
     * @throws ConditionFailed when the expression cannot be evaluated here
     */
    boolean isTrue(String expression) throws ConditionFailed;

    /** The value as text; what cannot be evaluated gives the reason in angle brackets. */
    String text(String expression);

    /** A condition could not be evaluated; the message says why. */
    final class ConditionFailed extends Exception {
        private static final long serialVersionUID = 1L;

        public ConditionFailed(String message) {
            super(message);
        }
    }
}
