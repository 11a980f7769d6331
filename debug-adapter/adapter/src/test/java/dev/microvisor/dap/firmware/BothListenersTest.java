package dev.microvisor.dap.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.kernel.view.KernelListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is added to the interface later must be passed on, too. */
class BothListenersTest {
    private static KernelListener noting(String name, List<String> heard, boolean wantsCalls) {
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    heard.add(name + "." + method.getName());
                    return method.getReturnType() == boolean.class ? wantsCalls : null;
                };
        return (KernelListener)
                Proxy.newProxyInstance(
                        KernelListener.class.getClassLoader(),
                        new Class<?>[] {KernelListener.class},
                        handler);
    }

    private static void call(KernelListener listener, Method method)
            throws ReflectiveOperationException {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = method.getParameterTypes()[i] == long.class ? (Object) 0L : null;
        }
        method.invoke(listener, arguments);
    }

    @Test
    void everyEventReachesBothInOrder() throws ReflectiveOperationException {
        int events = 0;
        for (Method method : KernelListener.class.getDeclaredMethods()) {
            if (method.getReturnType() != void.class || method.isSynthetic()) {
                continue;
            }
            List<String> heard = new ArrayList<>();
            call(
                    new BothListeners(noting("first", heard, true), noting("second", heard, true)),
                    method);
            heard.removeIf(h -> h.endsWith("wantsCalls"));
            assertThat(heard)
                    .as(method.getName())
                    .containsExactly("first." + method.getName(), "second." + method.getName());
            events++;
        }
        assertThat(events).isGreaterThan(5);
    }

    @Test
    void callsReachOnlyThoseWhoWantThem() {
        List<String> heard = new ArrayList<>();
        BothListeners both =
                new BothListeners(noting("first", heard, false), noting("second", heard, true));
        assertThat(both.wantsCalls()).isTrue();
        both.called(null);
        assertThat(heard).contains("second.called").doesNotContain("first.called");
    }
}
