package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What one file mentions, defines and includes, read without a preprocessor: every branch of every
 * condition counts.
 */
final class HeaderScan {
    private final char[] text;
    private final BitSet names = new BitSet();
    private final List<Include> includes = new ArrayList<>();
    private final List<Define> defines = new ArrayList<>();
    private int[] fillers = new int[64];
    private int fillerCount;
    private boolean opaque;

    /**
     * An include directive.
     *
     * @param name as written, without quotes; empty when a macro names the file
     * @param quoted written with quotes
     * @param needs for every condition around it that says so the names of which one must be
     *     defined; all other conditions may hold
     */
    record Include(String name, boolean quoted, List<BitSet> needs) {
        /** False when it is certain that a compiler skips it. */
        boolean mayHappen(BitSet defined) {
            return needs.stream().allMatch(n -> n.intersects(defined));
        }
    }

    /**
     * A macro's definition.
     *
     * @param name number of its name
     * @param start offset of the directive
     * @param body offset after the name
     * @param end offset of the end of its last line
     */
    record Define(int name, int start, int body, int end) {}

    HeaderScan(char[] text) {
        this.text = text;
    }

    char[] text() {
        return text;
    }

    /** Numbers of the names that stand anywhere but in definitions of macros. */
    BitSet names() {
        return names;
    }

    List<Include> includes() {
        return includes;
    }

    /** Definitions that may be left out; those of an opaque file are among its names. */
    List<Define> defines() {
        return defines;
    }

    /** True when the text uses something that this reader does not understand. */
    boolean isOpaque() {
        return opaque;
    }

    void opaque() {
        opaque = true;
    }

    /** Notes a comment or a body that says nothing to other files. */
    void filler(int start, int end) {
        if (fillerCount + 2 > fillers.length) {
            fillers = Arrays.copyOf(fillers, 2 * fillers.length);
        }
        fillers[fillerCount++] = start;
        fillers[fillerCount++] = end;
    }

    /** Forgets what was noted from an offset on. */
    void fillersFrom(int offset) {
        while (fillerCount > 0 && fillers[fillerCount - 2] >= offset) {
            fillerCount -= 2;
        }
    }

    /**
     * The text without fillers and without the definitions of names that are not {@code live}. All
     * that is left keeps its line and its column.
     */
    char[] pruned(BitSet live) {
        char[] out = new char[text.length];
        int length = 0;
        int from = 0;
        int define = 0;
        int filler = 0;
        while (define < defines.size() || filler < fillerCount) {
            int start;
            int end;
            boolean fillerFirst =
                    filler < fillerCount
                            && (define == defines.size()
                                    || fillers[filler] < defines.get(define).start());
            if (fillerFirst) {
                start = fillers[filler];
                end = fillers[filler + 1];
                filler += 2;
            } else {
                Define next = defines.get(define++);
                if (live.get(next.name())) {
                    continue;
                }
                start = next.start();
                end = next.end();
            }
            if (start < from) {
                continue; // Inside a definition that is gone.
            }
            System.arraycopy(text, from, out, length, start - from);
            length += start - from;
            for (int i = start; i < end; i++) {
                if (text[i] == '\n') {
                    out[length++] = '\n';
                }
            }
            from = end;
        }
        System.arraycopy(text, from, out, length, text.length - from);
        return Arrays.copyOf(out, length + text.length - from);
    }
}
