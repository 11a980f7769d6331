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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of the C++ standard library: what they hold, not how they are made. */
class LibraryValuesIT {
    @TempDir static Path folder;
    private static Path elf;
    private static StackView stack;

    @BeforeAll
    static void stopBelowMain() throws Exception {
        elf =
                ComparedPrograms.program(
                        "library.cpp",
                        folder,
                        List.of("-lstdc++", "-lm"),
                        "-std=gnu++20",
                        "--specs=nosys.specs",
                        "-g3",
                        "-O0");
        stack = stoppedIn("looked_at");
    }

    private static StackView stoppedIn(String function) throws Exception {
        Target target =
                TargetLoader.load(
                        LaunchOptions.toRun(elf, Optional.empty(), Optional.empty()),
                        EmulatedBoard::new);
        int address = (int) target.program().breakpointsOnFunction(function).get(0).address();
        target.machine().setBreakpoints(Set.of(address));
        target.machine().run(10_000_000);
        StackView there = new StackView(target);
        assertThat(there.frames().get(0).name()).startsWith(function);
        return there;
    }

    private static Evaluation evaluate(int frame, String expression) {
        return stack.evaluate(frame, expression, ValueFormat.NATURAL);
    }

    private static String value(String expression) {
        Evaluation result = evaluate(1, expression);
        return result.node().map(Node::value).orElseGet(result::problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shortText | \"short\"",
                "longText | \"a text that is too long for the object itself \\\"quoted\\\"\"",
                "empty | \"\"",
                "view | \"text\"",
                "numbers | size 3 {1, 2, 3}",
                "words | size 2 {\"one\", \"two\"}",
                "none | size 0",
                "fixed | {7, 8, 9}",
                "window | size 2 {2, 3}",
                "all | size 3 {7, 8, 9}",
                "points | size 2 {{x = 1, y = 2}, {x = 3, y = 4}}",
                "ages | size 3 {\"ada\" = 36, \"bob\" = 7, \"eve\" = 1}",
                "places | size 2 {-2 = {x = 20, y = 21}, 5 = {x = 50, y = 51}}",
                "sorted | size 2 {-1.5, 2.5}",
                "letters | size 1 {65 = 65 'A'}",
                "nothing | no value",
                "something | {x = 8, y = 9}",
                "state | Sending {payload = \"hello\", attempt = 3}",
                "number | int 42",
                "tuple | {1, 99 'c', 2.5}",
                "null | nullptr",
                "counter | 12",
                "ready | true",
                "callback | empty",
                "delay | 250 ms",
            })
    void contentsAreShown(String expression, String text) {
        assertThat(value(expression)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numbers[1] + 40 | 42",
                "words[1] | \"two\"",
                "words[1][0] | 116 't'",
                "queue.size() | 147",
                "queue[0] | 30",
                "queue[146] | 1490",
                "queue[147] | there is no element 147: the size is 147",
                "ages[\"bob\"] | 7",
                "places[5].y | 51",
                "places[6] | there is no such key",
                "*unique | {x = 5, y = 6}",
                "unique->y | 6",
                "null->y | holds nothing",
                "*shared | 11",
                "something->x + something.value().y | 17",
                "state.has_value() | 1",
                "(*state).attempt | 3",
                "none.empty() | 1",
                "numbers.back() | 3",
                "shortText.length() | 5",
                "delay.count() * 2 | 500",
                "counter.load() | 12",
                "numbers.push_back(4) | calls no functions",
            })
    void operatorsAndMethodsLookAtTheObject(String expression, String text) {
        assertThat(value(expression)).contains(text);
    }

    @Test
    void pointersThatOwnSayWhere() {
        assertThat(value("unique")).matches("0x2000[0-9a-f]{4} \\{x = 5, y = 6}");
        assertThat(value("another")).matches("0x2000[0-9a-f]{4} used by 2 11");
    }

    @Test
    void childrenAreElementsAndTheObjectItself() {
        Node numbers = evaluate(1, "numbers").node().orElseThrow();
        assertThat(numbers.children().indexed()).isEqualTo(3);
        assertThat(numbers.children().elements(1, 5))
                .extracting(Node::evaluateName)
                .containsExactly("numbers[1]", "numbers[2]");
        Node raw = numbers.children().members().get(0);
        assertThat(raw.name()).isEqualTo("[raw]");
        assertThat(raw.children().members()).isNotEmpty();
        assertThat(raw.value()).contains("_M_impl");
        Node ages = evaluate(1, "ages").node().orElseThrow();
        assertThat(ages.children().members())
                .extracting(Node::evaluateName)
                .startsWith("ages[\"ada\"]", "ages[\"bob\"]", "ages[\"eve\"]");
    }

    @Test
    void referencesOpenAsWhatTheyReferToAndPointersPointToIt() {
        List<Node> locals = stack.arguments(0, ValueFormat.NATURAL);
        Node reference = named(locals, "by_reference");
        assertThat(reference.value()).endsWith(": size 3 {1, 2, 3}");
        assertThat(reference.children().elements(0, 9))
                .extracting(Node::value)
                .containsExactly("1", "2", "3");
        Node pointer = named(locals, "by_pointer");
        assertThat(pointer.children().members())
                .extracting(Node::name, Node::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("*by_pointer", value("longText")));
    }

    @Test
    void argumentsOfTemplatesAreNames() throws Exception {
        assertThat(inside("Port<72, short int>::read", "Address + value")).isEqualTo("77");
        assertThat(inside("repeated<3>", "Count * step")).isEqualTo("6");
    }

    private static String inside(String function, String expression) throws Exception {
        Evaluation result = stoppedIn(function).evaluate(0, expression, ValueFormat.NATURAL);
        return result.node().map(Node::value).orElseGet(result::problem);
    }

    private static Node named(List<Node> rows, String name) {
        return rows.stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
    }
}
