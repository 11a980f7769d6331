package dev.microvisor.dap.view;

import dev.microvisor.symbols.frame.Frame;

/**
 * Where names are looked up: a frame of the stack of the code that runs, or of a task that waits.
 *
 * @param index 0 for the innermost
 * @param onCore whether it is the code on the core, whose registers the machine has
 */
public record FramePlace(StackView stack, int index, boolean onCore) {
    public Frame frame() {
        return stack.frames().get(index);
    }

    /** The frame whose registers are the machine's own. */
    public boolean isInnermostOnCore() {
        return onCore && index == 0;
    }
}
