package dev.microvisor.emulator.kernel;

import dev.microvisor.emulator.api.ChannelType;
import dev.microvisor.emulator.api.ConfigFetchResult;
import dev.microvisor.emulator.api.ConfigItemResult;
import dev.microvisor.emulator.api.HttpResult;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.api.WakeReason;
import dev.microvisor.emulator.cloud.ScriptedFault;
import dev.microvisor.emulator.cloud.ScriptedFault.AnswerStatus;
import dev.microvisor.emulator.cloud.ScriptedFault.AtCall;
import dev.microvisor.emulator.cloud.ScriptedFault.AtTime;
import dev.microvisor.emulator.cloud.ScriptedFault.ConfigFails;
import dev.microvisor.emulator.cloud.ScriptedFault.ConfigResponse;
import dev.microvisor.emulator.cloud.ScriptedFault.DelayAnswers;
import dev.microvisor.emulator.cloud.ScriptedFault.DisconnectMqtt;
import dev.microvisor.emulator.cloud.ScriptedFault.Effect;
import dev.microvisor.emulator.cloud.ScriptedFault.EndChannels;
import dev.microvisor.emulator.cloud.ScriptedFault.HttpFails;
import dev.microvisor.emulator.cloud.ScriptedFault.LoseServer;
import dev.microvisor.emulator.cloud.ScriptedFault.NotificationBurst;
import dev.microvisor.emulator.cloud.ScriptedFault.RestartApplication;
import dev.microvisor.emulator.cloud.ScriptedFault.SwitchLogging;
import dev.microvisor.emulator.cloud.ScriptedFault.SwitchNetwork;
import dev.microvisor.emulator.cloud.ScriptedFault.UpdateDownloaded;
import dev.microvisor.emulator.guest.Stateful;
import dev.microvisor.emulator.kernel.call.Event;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.mqtt.MqttTraffic;
import dev.microvisor.emulator.kernel.notifications.Centre;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Plays the faults of the cloud file. */
public final class FaultPlan implements Stateful<FaultPlan.State> {
    private final Host host;
    private final List<ScriptedFault> faults;
    private State state = new State(Map.of(), List.of());

    FaultPlan(Host host, List<ScriptedFault> faults) {
        this.host = host;
        this.faults = List.copyOf(faults);
    }

    /**
     * Everything that changes.
     *
     * @param calls how often each call that a fault names has been made
     * @param armed effects that wait for an answer to spoil
     */
    public record State(Map<String, Integer> calls, List<Armed> armed) {
        public State {
            calls = Map.copyOf(calls);
            armed = List.copyOf(armed);
        }
    }

    /** An effect on answers to come. */
    public record Armed(Effect effect, int left) {}

    /** Puts the faults with a time on the agenda. */
    void start() {
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i).trigger() instanceof AtTime at) {
                host.agenda().add(host.clock().instructions(at.ms()), new Due(i));
            }
        }
    }

    /** The time of a fault has come. */
    record Due(int index) implements Event {
        @Override
        public void happen(Host host) {
            host.faults().play(host.faults().faults.get(index));
        }
    }

    /** True when some fault comes with one of the calls of a name. */
    boolean await(String call) {
        return faults.stream()
                .anyMatch(fault -> fault.trigger() instanceof AtCall at && at.call().equals(call));
    }

    /**
     * A call is being made. Plays what is due with it.
     *
     * @return the status that a fault puts in place of the call
     */
    Optional<Status> beforeCall(String name) {
        Optional<Status> injected = Optional.empty();
        boolean counted = false;
        for (ScriptedFault fault : faults) {
            if (!(fault.trigger() instanceof AtCall at) || !at.call().equals(name)) {
                continue;
            }
            if (!counted) {
                count(name);
                counted = true;
            }
            if (!at.includes(state.calls().get(name))) {
                continue;
            }
            if (fault.effect() instanceof AnswerStatus answer) {
                injected = Optional.of(answer.status());
                tell(fault);
            } else {
                play(fault);
            }
        }
        return injected;
    }

    private void count(String name) {
        Map<String, Integer> calls = new HashMap<>(state.calls());
        calls.merge(name, 1, Integer::sum);
        state = new State(calls, state.armed());
    }

    private void tell(ScriptedFault fault) {
        host.listener()
                .faultInjected(
                        fault.effect().text() + " " + fault.trigger().text(), host.clock().now());
    }

    private void play(ScriptedFault fault) {
        tell(fault);
        Effect effect = fault.effect();
        if (effect instanceof SwitchNetwork change) {
            host.network().setAvailable(change.up());
        } else if (effect instanceof LoseServer) {
            host.network().loseServer();
        } else if (effect instanceof ConfigResponse response) {
            arm(effect, response.times());
        } else if (effect instanceof EndChannels end) {
            host.channels()
                    .breakChannels(
                            c -> end.type().isEmpty() || end.type().get() == c.type(),
                            end.reason());
        } else if (effect instanceof HttpFails fails) {
            arm(effect, fails.times());
        } else if (effect instanceof ConfigFails fails) {
            arm(effect, fails.times());
        } else if (effect instanceof DelayAnswers delay) {
            arm(effect, delay.times());
        } else if (effect instanceof DisconnectMqtt disconnect) {
            MqttTraffic.disconnectAll(host, disconnect.reasonCode());
        } else if (effect instanceof SwitchLogging logging) {
            host.log().setEnabled(logging.enabled());
        } else if (effect instanceof UpdateDownloaded) {
            host.power().updateDownloaded();
        } else if (effect instanceof RestartApplication) {
            host.power().restartLater(WakeReason.REMOTEAPPLICATIONRESTART, 1);
        } else if (effect instanceof NotificationBurst burst) {
            for (Centre centre : host.centres().all()) {
                host.centres().burst(centre.handle(), burst.event(), burst.tag(), burst.count());
            }
        } else {
            throw new AssertionError(effect);
        }
    }

    private void arm(Effect effect, int times) {
        List<Armed> armed = new ArrayList<>(state.armed());
        armed.add(new Armed(effect, times));
        state = new State(state.calls(), armed);
    }

    /** How the HTTP answer that comes next is spoilt. */
    public Optional<HttpResult> httpResult() {
        return take(e -> e instanceof HttpFails f ? Optional.of(f.result()) : Optional.empty());
    }

    /** How the next answer with configuration items ends as a whole. */
    public Optional<ConfigFetchResult> configResponse() {
        return take(
                e -> e instanceof ConfigResponse r ? Optional.of(r.result()) : Optional.empty());
    }

    /** How the next configuration item is spoilt. */
    public Optional<ConfigItemResult> configResult(String key) {
        return take(
                e ->
                        e instanceof ConfigFails f && f.key().map(key::equals).orElse(true)
                                ? Optional.of(f.result())
                                : Optional.empty());
    }

    /** Milliseconds by which the next answer on a channel comes late; negative: it never comes. */
    public long answerDelay(ChannelType type) {
        return take(e ->
                        e instanceof DelayAnswers d && d.type().map(t -> t == type).orElse(true)
                                ? Optional.of(d.extraMs())
                                : Optional.<Long>empty())
                .orElse(0L);
    }

    /** Uses up one time of the first armed effect that has something to say. */
    private <T> Optional<T> take(Function<Effect, Optional<T>> reader) {
        for (int i = 0; i < state.armed().size(); i++) {
            Armed armed = state.armed().get(i);
            Optional<T> found = reader.apply(armed.effect());
            if (found.isPresent()) {
                List<Armed> rest = new ArrayList<>(state.armed());
                if (armed.left() > 1) {
                    rest.set(i, new Armed(armed.effect(), armed.left() - 1));
                } else {
                    rest.remove(i);
                }
                state = new State(state.calls(), rest);
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public State save() {
        return state;
    }

    @Override
    public void restore(State saved) {
        state = saved;
    }
}
