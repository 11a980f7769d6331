package dev.microvisor.analysis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sealed interface with a constant of one of its records initialises the record, and the record
 * the interface. Two threads that came from both ends once waited for each other for ever; what
 * uses them first must do it alone.
 */
class ClassInitialisationTest {
    private static final int ROUNDS = 20;
    private static final long PATIENCE_MS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "dev.microvisor.analysis.engine.Engine, dev.microvisor.analysis.engine.Value, dev.microvisor.analysis.engine.Value$Num",
        "dev.microvisor.analysis.frontend.FrontEnd, dev.microvisor.analysis.ir.CType, dev.microvisor.analysis.ir.CType$Int",
    })
    void twoThreadsFromBothEndsMeet(String first, String whole, String part) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (URLClassLoader fresh = fresh()) {
                Class.forName(first, true, fresh);
                CyclicBarrier together = new CyclicBarrier(2);
                Thread one = initialise(whole, fresh, together);
                Thread other = initialise(part, fresh, together);
                one.join(PATIENCE_MS);
                other.join(PATIENCE_MS);
                assertThat(one.isAlive() || other.isAlive()).as("round %d", round).isFalse();
            }
        }
    }

    private static URLClassLoader fresh() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static Thread initialise(String name, ClassLoader loader, CyclicBarrier together) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                together.await();
                                Class.forName(name, true, loader);
                            } catch (ReflectiveOperationException
                                    | InterruptedException
                                    | java.util.concurrent.BrokenBarrierException e) {
                                throw new IllegalStateException(name, e);
                            }
                        },
                        "initialise " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
