package dev.microvisor.dap.request;

import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import java.util.Map;

/** {@code attach}: to the firmware that {@code microvisor run --debug} was given. */
public final class Attach implements Handler<Map<String, Object>, Void> {
    private final Session session;

    public Attach(Session session) {
        this.session = session;
    }

    @Override
    public Void handle(Map<String, Object> arguments) {
        if (session.given().isEmpty()) {
            throw new RequestFailed(
                    "there is nothing to attach to: start 'microvisor run --debug PORT"
                            + " FIRMWARE.elf' and connect to its port, or use a launch request");
        }
        return new Launch(session).handle(arguments);
    }
}
