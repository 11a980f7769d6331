package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A system call with arguments that it takes, and what has to be otherwise for each status. */
final class CallCase {
    private final String call;
    private final Consumer<Setup> valid;
    private final Map<Status, Consumer<Setup>> ways = new EnumMap<>(Status.class);
    private final Set<String> unordered = new TreeSet<>();
    private String cloudFile = "";
    private CheckOrder order = CheckOrder.CATALOG;

    private CallCase(String call, Consumer<Setup> valid) {
        this.call = call;
        this.valid = valid;
    }

    /**
     * @param valid sets the arguments so that the call answers OKAY
     */
    static CallCase of(String call, Consumer<Setup> valid) {
        return new CallCase(call, valid);
    }

    /** The machine has this cloud file. */
    CallCase with(String toml) {
        cloudFile = toml;
        return this;
    }

    CallCase in(CheckOrder checks) {
        order = checks;
        return this;
    }

    CheckOrder order() {
        return order;
    }

    /** What leads to a status, on top of what is valid. */
    CallCase gives(Status status, Consumer<Setup> change) {
        ways.put(status, change);
        return this;
    }

    /** Two conditions that cannot hold at once, or whose scenarios hide one another. */
    CallCase exclusive(Status one, Status other) {
        unordered.add(one + " " + other);
        unordered.add(other + " " + one);
        return this;
    }

    String call() {
        return call;
    }

    Set<Status> statuses() {
        return ways.keySet();
    }

    boolean comparable(Status one, Status other) {
        return !unordered.contains(one + " " + other);
    }

    Status okay() {
        return setup().call(call);
    }

    /** What the call answers when the condition of a status holds. */
    Status answer(Status condition) {
        return answer(condition, valid -> {});
    }

    /**
     * What the call answers when two conditions hold.
     *
     * @param later the one that is looked at later: it may need calls of its own that succeed, so
     *     it is made true first
     */
    Status answer(Status first, Status later) {
        return answer(first, ways.get(later));
    }

    private Status answer(Status condition, Consumer<Setup> before) {
        Setup setup = setup();
        before.accept(setup);
        ways.get(condition).accept(setup);
        return setup.call(call);
    }

    /** What the call answers when the cloud file's script has it so. */
    Status scripted(Status status) {
        String script =
                "\n[[fault]]\ncall = \"%s\"\nnth = 1\nstatus = \"%s\""
                        .formatted(call, status.name());
        Setup setup = new Setup(cloudFile + script);
        valid.accept(setup);
        return setup.call(call);
    }

    private Setup setup() {
        Setup setup = new Setup(cloudFile);
        valid.accept(setup);
        return setup;
    }
}
