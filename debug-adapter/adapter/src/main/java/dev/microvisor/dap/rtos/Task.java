package dev.microvisor.dap.rtos;

/**
 * A task as the kernel's lists have it.
 *
 * @param control address of its control block, which identifies it
 * @param name as the firmware named it
 * @param state whether it runs, and why not
 * @param waitsFor what a blocked task waits for, in words; empty when unknown
 * @param priority the kernel's number; larger is more urgent
 * @param basePriority the same without what a mutex lent it
 * @param savedAt where its registers are saved while it does not run
 */
public record Task(
        int control,
        String name,
        State state,
        String waitsFor,
        long priority,
        long basePriority,
        int savedAt) {

    /** What the kernel is doing with a task. */
    public enum State {
        RUNNING("running"),
        READY("ready"),
        BLOCKED("blocked"),
        SUSPENDED("suspended"),
        DELETED("deleted");

        private final String text;

        State(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public boolean runs() {
        return state == State.RUNNING;
    }

    /** {@code http [blocked until tick 120, priority 3]}. */
    public String describe() {
        String waits = waitsFor.isEmpty() ? "" : " " + waitsFor;
        String lent = basePriority == priority ? "" : " (its own: " + basePriority + ")";
        return name + " [" + state.text() + waits + ", priority " + priority + lent + "]";
    }
}
