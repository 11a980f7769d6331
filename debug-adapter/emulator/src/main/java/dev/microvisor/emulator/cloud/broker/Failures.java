package dev.microvisor.emulator.cloud.broker;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import dev.microvisor.emulator.api.MqttRequestState;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** What a request that fails on the way to a broker is to firmware. */
final class Failures {
    /** Longest chain of causes that is looked at. */
    private static final int MAX_CAUSES = 16;

    private Failures() {}

    /** The state of a request that ended in an exception. */
    static MqttRequestState state(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        if (has(causes, UnknownHostException.class)) {
            return MqttRequestState.NXDOMAIN;
        }
        if (has(causes, CertificateExpiredException.class)) {
            return MqttRequestState.CERTIFICATEEXPIRED;
        }
        if (has(causes, CertPathBuilderException.class)) {
            return MqttRequestState.UNKNOWNCA;
        }
        if (has(causes, CredentialsException.class)
                || has(causes, IllegalArgumentException.class)) {
            return MqttRequestState.INVALIDPARAMETERS;
        }
        if (has(causes, MqttClientStateException.class)
                || has(causes, ConnectionClosedException.class)
                || has(causes, MqttSessionExpiredException.class)) {
            return MqttRequestState.NOTCONNECTED;
        }
        return MqttRequestState.SOCKETERROR;
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown;
                cause != null && causes.size() < MAX_CAUSES;
                cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Why, for the user. */
    static String words(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        Throwable root = causes.get(causes.size() - 1);
        if (root instanceof UnknownHostException) {
            return "there is no host of this name";
        }
        if (root instanceof TimeoutException) {
            return "no answer in time";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** The first cause that is no wrapping. */
    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }

    /** A refusal of the broker is an answer, too. */
    static <T, E extends Throwable> CompletableFuture<T> recovering(
            CompletableFuture<T> answer, Class<E> refusal, Function<E, T> value) {
        return answer.exceptionallyCompose(
                thrown -> {
                    Optional<Throwable> refused =
                            Optional.of(unwrapped(thrown)).filter(refusal::isInstance);
                    return refused.isPresent()
                            ? CompletableFuture.completedFuture(
                                    value.apply(refusal.cast(refused.get())))
                            : CompletableFuture.failedFuture(thrown);
                });
    }

    static MqttQos qos(int code) {
        MqttQos qos = MqttQos.fromCode(code);
        if (qos == null) {
            throw new IllegalArgumentException("no quality of service: " + code);
        }
        return qos;
    }

    static MqttTopicFilter filter(String text) {
        return MqttTopicFilter.of(text);
    }
}
