package dev.microvisor.cli.score;

import java.util.Set;

/**
 * What a person said about one place of a source.
 *
 * @param id how reports name it
 * @param tree the folder of the sources, below the folder of trees
 * @param file relative to the tree
 * @param line the line that the label stands for, from 1
 * @param lines all lines on which a report counts as this one, {@code line} among them
 * @param rule the rule that should speak, or should not
 * @param kind whether it should
 * @param certain whether everybody would agree
 */
public record Label(
        String id,
        String tree,
        String file,
        int line,
        Set<Integer> lines,
        String rule,
        Kind kind,
        boolean certain) {
    public Label {
        lines = Set.copyOf(lines);
    }

    /** What a report at the place would be. */
    public enum Kind {
        /** Right: the mistake is there. */
        DEFECT,
        /** Wrong: it only looks like the mistake. */
        LOOK_ALIKE
    }
}
