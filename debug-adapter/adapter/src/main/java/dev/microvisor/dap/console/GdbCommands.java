package dev.microvisor.dap.console;

import dev.microvisor.gdb.MonitorCommands;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The commands of the debug console in gdb, after {@code monitor}, and {@code reset}. */
public final class GdbCommands implements MonitorCommands {
    /** gdb does not look at registers again by itself when a monitor command has moved them. */
    private static final String FLUSH = " (in gdb: maintenance flush register-cache)";

    private final Console console;
    private final LongFunction<String> goTo;
    private final Supplier<String> restart;

    /**
     * @param goTo goes to an instruction number and says where it is then
     * @param restart goes back to the first instruction and says so
     */
    public GdbCommands(Console console, LongFunction<String> goTo, Supplier<String> restart) {
        this.console = console;
        this.goTo = goTo;
        this.restart = restart;
    }

    @Override
    public String run(String text) {
        if (text.equals("reset")) {
            return restart.get() + FLUSH;
        }
        try {
            Optional<Answer> answer = console.run(text);
            if (answer.isEmpty()) {
                return "no command '" + text + "': monitor help lists all";
            }
            String said = answer.get().row().value();
            return answer.get().goTo().isPresent()
                    ? said + "\n" + goTo.apply(answer.get().goTo().getAsLong()) + FLUSH
                    : said;
        } catch (BadCommand e) {
            return e.getMessage();
        }
    }
}
