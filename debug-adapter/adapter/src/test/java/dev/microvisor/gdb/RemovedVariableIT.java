package dev.microvisor.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.symbols.value.ValueFormat;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A variable that the linker left out is still described, at address 0. */
class RemovedVariableIT {
    @TempDir Path folder;

    @Test
    void aVariableThatTheLinkerLeftOutSaysSo() throws Exception {
        Path elf =
                ComparedPrograms.program(
                        "sensors.cpp", folder, "-g3", "-fdata-sections", "-Wl,--gc-sections");
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(elf, Optional.empty(), Optional.empty()),
                        EmulatedBoard::new);
        StackView stack = new StackView(target);
        assertThat(stack.evaluate(0, "spare", ValueFormat.NATURAL).node().map(Node::value))
                .contains("<optimised out by the linker: nothing uses it>");
        assertThat(stack.evaluate(0, "samples[1].round", ValueFormat.NATURAL).node())
                .map(Node::value)
                .contains("0");
    }
}
