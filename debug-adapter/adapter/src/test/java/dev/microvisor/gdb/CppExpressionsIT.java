package dev.microvisor.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.firmware.EmulatedBoard;
import dev.microvisor.dap.firmware.LaunchOptions;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.firmware.TargetLoader;
import dev.microvisor.dap.view.Evaluation;
import dev.microvisor.dap.view.Node;
import dev.microvisor.dap.view.StackView;
import dev.microvisor.symbols.value.ValueFormat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions in C++ frames: in a method, and in the function with references that called it. */
class CppExpressionsIT {
    @TempDir static Path folder;
    private static StackView stack;

    @BeforeAll
    static void stopInMethod() throws Exception {
        Path elf = ComparedPrograms.program("scopes.cpp", folder, "-g3", "-gdwarf-5", "-O0");
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(elf, Optional.empty(), Optional.empty()),
                        EmulatedBoard::new);
        int address =
                (int) target.program().breakpointsOnFunction("Counter::read").get(0).address();
        target.machine().setBreakpoints(Set.of(address));
        target.machine().run(1_000_000);
        stack = new StackView(target);
        assertThat(stack.frames().get(0).name()).isEqualTo("app::v1::current::Counter::read");
    }

    private static String value(int frame, String expression) {
        Evaluation result = stack.evaluate(frame, expression, ValueFormat.NATURAL);
        return result.node().map(Node::value).orElseGet(result::problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "this->value_ | 21",
                "value_ + scale | 22",
                "flags_.delta | -9",
                "flags_.kind | 5",
                "sizeof(bytes) | 4",
                "total | 10",
                "ring.count_ | 1",
                "limit | 3",
                "counter.mode_ == app::v1::Mode::idle | 1",
                "(app::v1::Mode)100 | app::v1::current::Mode::busy",
                "((app::v1::Counter *)this)->value_ | 21",
                "sizeof(app::v1::current::Sensor) | 8",
                "'app::v1::Point<short>' | is a type",
                "sizeof('app::v1::Point<short>') | 4",
                "sizeof('app::v1::current::Point<short int>') | 4",
                "('app::v1::Point<short>' *)0 | 0x00000000",
                "this->read(1) | calls no functions",
                "value_ = 1 | an assignment is not allowed here",
            })
    void inAMethod(String expression, String words) {
        assertThat(value(0, expression)).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"by.x, 1", "all[1], 8", "sensor.calls, 0", "&by == 0, 0", "sizeof(all), 12"})
    void referencesStandForWhatTheyReferTo(String expression, String text) {
        assertThat(value(1, expression)).isEqualTo(text);
    }

    @Test
    void aBitFieldOfAClassIsWrittenAndItsNeighboursStay() {
        Evaluation written = stack.assign(0, "flags_.delta", "7", ValueFormat.NATURAL);
        assertThat(written.node().map(Node::value)).contains("7");
        assertThat(value(0, "flags_.kind")).isEqualTo("5");
        assertThat(value(0, "flags_.ready")).isEqualTo("1");
        stack.assign(0, "flags_.delta", "-9", ValueFormat.NATURAL);
    }
}
