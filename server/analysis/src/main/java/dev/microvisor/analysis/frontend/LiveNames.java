package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that matter in a program: those that its text mentions, and those that the macros among
 * them mention, and so on. A macro that no one mentions has no effect. Grows, never shrinks.
 */
final class LiveNames {
    private final NameTable names;
    private final BitSet live = new BitSet();
    private final Map<Integer, List<Definition>> definitions = new HashMap<>();
    private final List<Pattern> pasted = new ArrayList<>();
    private final List<Integer> work = new ArrayList<>();
    private boolean everything;
    private int macros;

    /** A definition and the file it stands in. */
    private record Definition(char[] text, HeaderScan.Define define) {}

    LiveNames(NameTable names) {
        this.names = names;
    }

    BitSet live() {
        return live;
    }

    /**
     * How many definitions have come to life. What is left of a known text changes only when this
     * does.
     */
    int macros() {
        return macros;
    }

    /** True when a macro pastes names of which nothing is known: any name may be live. */
    boolean isEverything() {
        return everything;
    }

    void add(Collection<HeaderScan> scans) {
        for (HeaderScan scan : scans) {
            for (HeaderScan.Define define : scan.defines()) {
                Definition definition = new Definition(scan.text(), define);
                definitions.computeIfAbsent(define.name(), n -> new ArrayList<>(1)).add(definition);
                if (live.get(define.name())) {
                    body(definition);
                }
                for (Pattern pattern : pasted) {
                    addIfMatches(define.name(), pattern);
                }
            }
        }
        for (HeaderScan scan : scans) {
            scan.names().stream().forEach(this::add);
        }
        settle();
    }

    /** Names of a text that is no file: the value of {@code -D}. */
    void add(char[] text) {
        mentions(text, 0, text.length);
        settle();
    }

    private void add(int name) {
        if (!live.get(name)) {
            live.set(name);
            work.add(name);
        }
    }

    private void settle() {
        while (!work.isEmpty()) {
            int name = work.remove(work.size() - 1);
            List<Definition> of = definitions.getOrDefault(name, List.of());
            macros += of.size();
            of.forEach(this::body);
        }
    }

    private void body(Definition definition) {
        mentions(definition.text(), definition.define().body(), definition.define().end());
    }

    private void mentions(char[] text, int start, int end) {
        boolean pastes = false;
        for (int i = start; i < end; ) {
            if (HeaderScanner.isNameStart(text[i])) {
                int from = i;
                while (i < end && HeaderScanner.isName(text[i])) {
                    i++;
                }
                add(names.id(text, from, i));
            } else if (text[i] >= '0' && text[i] <= '9') {
                while (i < end && HeaderScanner.isName(text[i])) {
                    i++;
                }
            } else {
                pastes |= text[i] == '#' && i + 1 < end && text[i + 1] == '#';
                i++;
            }
        }
        if (pastes) {
            for (Pattern pattern : PastedNames.in(new String(text, start, end - start))) {
                paste(pattern);
            }
        }
    }

    private void paste(Pattern pattern) {
        if (pattern.pattern().equals(PastedNames.ANY)) {
            everything = true;
            return;
        }
        for (Pattern known : pasted) {
            if (known.pattern().equals(pattern.pattern())) {
                return;
            }
        }
        pasted.add(pattern);
        for (int name : List.copyOf(definitions.keySet())) {
            addIfMatches(name, pattern);
        }
    }

    private void addIfMatches(int name, Pattern pattern) {
        if (!live.get(name) && pattern.matcher(new String(names.name(name))).matches()) {
            add(name);
        }
    }
}
