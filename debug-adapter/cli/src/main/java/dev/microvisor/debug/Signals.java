package dev.microvisor.debug;

import dev.microvisor.debug.Interruption.Signal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Signals of the operating system. Java has no public way to them except a shutdown hook, which
 * does not learn the signal and in which the process cannot choose its exit code; so {@code
 * sun.misc.Signal} of the module jdk.unsupported is used, by name because javac warns of it. Where
 * that is missing, a signal ends the process as it would without us.
 */
final class Signals {
    private static final Logger LOG = Logger.getLogger(Signals.class.getName());

    private Signals() {}

    /** The first signal is told; any further one ends the process with nothing finished. */
    static void tell(Interruption told) {
        AtomicBoolean first = new AtomicBoolean(true);
        for (Signal signal : Signal.values()) {
            handle(
                    signal,
                    () -> {
                        if (first.getAndSet(false)) {
                            told.ask(signal);
                        } else {
                            Runtime.getRuntime().halt(signal.exitCode());
                        }
                    });
        }
    }

    private static void handle(Signal signal, Runnable handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handlerType},
                            (self, method, arguments) -> {
                                handler.run();
                                return null;
                            });
            type.getMethod("handle", type, handlerType)
                    .invoke(
                            null,
                            type.getConstructor(String.class).newInstance(signal.name()),
                            proxy);
        } catch (InvocationTargetException e) {
            // Windows has no SIGHUP, and java -Xrs leaves them all to the system.
            LOG.log(Level.FINE, e, () -> signal.text() + " is not handled");
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.FINE, e, () -> "this Java has no sun.misc.Signal");
        }
    }
}
