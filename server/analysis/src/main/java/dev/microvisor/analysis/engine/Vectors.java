package dev.microvisor.analysis.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The interrupt vectors of the STM32U585: names of their handlers, and IRQ numbers. */
public final class Vectors {
    private static final String SUFFIX = "_IRQHandler";
    private static final Map<String, Integer> NUMBERS = read();

    private Vectors() {}

    /** True for a handler of an interrupt or of a system exception. */
    public static boolean isVector(String function) {
        return NUMBERS.containsKey(function);
    }

    /** IRQ number of a handler; empty for system exceptions and other functions. */
    public static Optional<Integer> irq(String function) {
        return Optional.ofNullable(NUMBERS.get(function)).filter(n -> n >= 0);
    }

    /** Name of the handler of an IRQ. */
    public static Optional<String> handler(long irq) {
        return NUMBERS.entrySet().stream()
                .filter(e -> e.getValue() == irq && irq >= 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, Integer> read() {
        Map<String, Integer> numbers = new HashMap<>();
        String resource = "/dev/microvisor/analysis/toolchain/stm32u585.vectors";
        try (InputStream in = Vectors.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing in this program's jar: " + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] words = line.split("\\s+");
                    int number = Integer.parseInt(words[0]);
                    numbers.put(words[1] + (number >= 0 ? SUFFIX : ""), number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
        return Map.copyOf(numbers);
    }
}
