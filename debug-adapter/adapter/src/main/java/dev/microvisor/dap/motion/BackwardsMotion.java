package dev.microvisor.dap.motion;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.history.History;
import dev.microvisor.emulator.history.Wanted;
import java.util.Optional;

/** Goes back to the last place where the user's breakpoints would have stopped. */
public final class BackwardsMotion implements Motion {
    private final History history;
    private final UserStops user;

    public BackwardsMotion(History history, UserStops user) {
        this.history = history;
        this.user = user;
    }

    @Override
    public Optional<Stop> advance() {
        StopReason reason = history.reverseTo(user.addresses(), user.watches(), wanted());
        if (reason instanceof StopReason.Paused) {
            return Optional.of(Stop.of("pause", "Going back was broken off"));
        }
        return Optional.of(
                user.wouldStop(reason).orElseGet(() -> Stop.historyBegins(history.begin())));
    }

    private Wanted wanted() {
        return new Wanted() {
            @Override
            public boolean test(StopReason reason) {
                return user.wouldStop(reason).isPresent();
            }

            @Override
            public boolean calls() {
                return user.stopsAtCalls();
            }
        };
    }
}
