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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects behind pointers and references to their base class are what they are. */
class DynamicTypesIT {
    @TempDir static Path folder;
    private static Path elf;
    private Target target;

    @BeforeAll
    static void build() throws Exception {
        elf = ComparedPrograms.program("sensors.cpp", folder, "-g3", "-O0");
    }

    private StackView stoppedIn(String function) throws Exception {
        target =
                TargetLoader.load(
                        LaunchOptions.toRun(elf, Optional.empty(), Optional.empty()),
                        EmulatedBoard::new);
        int address = (int) target.program().breakpointsOnFunction(function).get(0).address();
        target.machine().setBreakpoints(Set.of(address));
        target.machine().run(1_000_000);
        StackView stack = new StackView(target);
        assertThat(stack.frames().get(0).name()).contains(function);
        return stack;
    }

    private static Node node(StackView stack, String expression) {
        Evaluation result = stack.evaluate(0, expression, ValueFormat.NATURAL);
        return result.node().orElseThrow(() -> new AssertionError(result.problem()));
    }

    private static String value(StackView stack, String expression) {
        return node(stack, expression).value();
    }

    @Test
    void aPointerToTheBaseClassLeadsToTheWholeObject() throws Exception {
        StackView stack = stoppedIn("round_of");
        Node object = node(stack, "*sensors[0]");
        assertThat(object.type()).isEqualTo("(anonymous namespace)::Thermometer");
        assertThat(object.value()).contains("<Sensor> = {", "<Named> = {");
        assertThat(value(stack, "sensors[0]->last")).startsWith("-273.1");
        assertThat(value(stack, "(*sensors[1]).history[1][2]")).isEqualTo("6");
        assertThat(node(stack, "sensors[1]").children().members())
                .extracting(Node::name)
                .containsExactly("<Sensor>", "history", "bits");
        assertThat(stack.evaluate(0, "sensors[1]->last", ValueFormat.NATURAL).problem())
                .contains("no member 'last'");
    }

    /** What the person asks for by a cast is not replaced. */
    @Test
    void aCastAsksForThePart() throws Exception {
        StackView stack = stoppedIn("round_of");
        assertThat(node(stack, "*(Sensor *)sensors[0]").type()).isEqualTo("Sensor");
        assertThat(value(stack, "sizeof(*sensors[0])")).isEqualTo("16");
    }

    @Test
    void aSecondBaseClassLeadsBackToTheBeginningOfTheObject() throws Exception {
        StackView stack = stoppedIn("named");
        Node object = node(stack, "*who");
        assertThat(object.type()).isEqualTo("(anonymous namespace)::Thermometer");
        assertThat(value(stack, "who->address")).isEqualTo("72 'H'");
        assertThat(value(stack, "who->last")).isEqualTo("25");
        assertThat(value(stack, "who->uses")).isEqualTo("3");
    }

    @Test
    void classesFromTemplatesAreFound() throws Exception {
        StackView stack = stoppedIn("note");
        assertThat(node(stack, "ring").type()).isEqualTo("hw::Counting<short int, 4>");
        assertThat(value(stack, "ring.pushes_")).isEqualTo("0");
        assertThat(value(stack, "log_of_values->head_")).isEqualTo("0");
    }

    /** What memory holds after a mistake is no class. */
    @Test
    void anObjectThatWasOverwrittenIsShownAsDeclared() throws Exception {
        StackView stack = stoppedIn("round_of");
        int object = Integer.decode(value(stack, "sensors[1]").split(" ")[0]);
        for (int vtable : new int[] {0, 0xFFFF_FFFC, 0x2000_0000, 0x0800_0010}) {
            byte[] word = ByteBuffer.allocate(4).putInt(Integer.reverseBytes(vtable)).array();
            target.machine().poke(object, word);
            assertThat(node(new StackView(target), "*sensors[1]").type()).isEqualTo("Sensor");
        }
    }

    /**
     * gdb calls it {@code set print object on}. It finds no classes made from templates, because it
     * looks for them by the name of the virtual table, where gcc's debug information has another.
     */
    @Test
    void gdbFindsTheSameTypes() throws Exception {
        GdbClient.need();
        for (String stop : List.of("round_of", "named")) {
            StackView stack = stoppedIn(stop);
            List<String> expressions =
                    stop.equals("named") ? List.of("*who") : List.of("*sensors[0]", "*sensors[1]");
            Path said = folder.resolve(stop + ".txt");
            GdbClient.run(
                    target,
                    command -> "",
                    elf,
                    port -> "types(%d, '%s', %s)".formatted(port, said, quoted(expressions)));
            assertThat(Files.readAllLines(said))
                    .isEqualTo(expressions.stream().map(one -> node(stack, one).type()).toList());
        }
    }

    private static String quoted(List<String> texts) {
        return "['" + String.join("', '", texts) + "']";
    }
}
