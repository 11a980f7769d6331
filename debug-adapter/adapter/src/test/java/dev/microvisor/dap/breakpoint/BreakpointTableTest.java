package dev.microvisor.dap.breakpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.dap.breakpoint.BreakpointTable.Wanted;
import dev.microvisor.dap.breakpoint.CodeBreakpoint.Kind;
import dev.microvisor.dap.breakpoint.CodeBreakpoint.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakpointTableTest {
    private static final int ADDRESS = 0x0800_0100;

    private final Map<String, String> values = Map.of("x", "1", "zero", "0");
    private final List<String> logged = new ArrayList<>();
    private final BreakpointTable table =
            new BreakpointTable(
                    new Conditions() {
                        @Override
                        public boolean isTrue(String expression) throws ConditionFailed {
                            if (!values.containsKey(expression)) {
                                throw new ConditionFailed("no symbol");
                            }
                            return !values.get(expression).equals("0");
                        }

                        @Override
                        public String text(String expression) {
                            return values.getOrDefault(expression, "<no symbol>");
                        }
                    },
                    p -> logged.add(p.text()));

    private void set(String condition, String hitCondition, String log) {
        table.replace(
                "main.c",
                List.of(
                        new Wanted(
                                Kind.LINE,
                                "main.c:1",
                                List.of(ADDRESS),
                                new Wish(condition, hitCondition, log))));
    }

    @Test
    void stopsAtItsAddressAndSaysWhich() {
        List<Integer> ids =
                table.replace(
                        "main.c",
                        List.of(new Wanted(Kind.LINE, "main.c:1", List.of(ADDRESS), Wish.NONE)));
        assertThat(table.at(ADDRESS))
                .get()
                .satisfies(
                        stop -> {
                            assertThat(stop.reason()).isEqualTo("breakpoint");
                            assertThat(stop.breakpointIds()).isEqualTo(ids);
                        });
        assertThat(table.at(ADDRESS + 2)).isEmpty();
    }

    @Test
    void aFalseConditionDoesNotStopAndDoesNotCount() {
        set("zero", "1", "");
        assertThat(table.at(ADDRESS)).isEmpty();
        set("x", "", "");
        assertThat(table.at(ADDRESS)).isPresent();
    }

    @Test
    void aConditionThatCannotBeEvaluatedStopsAndSaysWhy() {
        set("gone", "", "");
        assertThat(table.at(ADDRESS).orElseThrow().description())
                .contains("'gone'")
                .contains("no symbol");
    }

    @Test
    void aHitConditionCountsPasses() {
        set("", ">= 3", "");
        assertThat(table.at(ADDRESS)).isEmpty();
        assertThat(table.at(ADDRESS)).isEmpty();
        assertThat(table.at(ADDRESS)).isPresent();
        assertThat(table.at(ADDRESS)).isPresent();
    }

    @Test
    void everyNthPassStops() {
        set("", "% 2", "");
        assertThat(table.at(ADDRESS)).isEmpty();
        assertThat(table.at(ADDRESS)).isPresent();
        assertThat(table.at(ADDRESS)).isEmpty();
    }

    @Test
    void aLogPointWritesItsTextAndGoesOn() {
        set("", "", "x is {x}, y is {y}, {{braces}}");
        assertThat(table.at(ADDRESS)).isEmpty();
        assertThat(logged).containsExactly("x is 1, y is <no symbol>, {braces}");
    }

    @Test
    void anUnchangedBreakpointKeepsItsIdAndItsCount() {
        set("", "2", "");
        assertThat(table.at(ADDRESS)).isEmpty();
        set("", "2", "");
        assertThat(table.at(ADDRESS)).isPresent();
    }

    @Test
    void breakpointsOfOtherFilesStay() {
        set("", "", "");
        table.replace(
                "net.c", List.of(new Wanted(Kind.LINE, "net.c:9", List.of(0x100), Wish.NONE)));
        assertThat(table.addresses()).containsExactlyInAnyOrder(ADDRESS, 0x100);
        table.replace("main.c", List.of());
        assertThat(table.addresses()).containsExactly(0x100);
    }

    @Test
    void aHitConditionThatIsNoneIsRefused() {
        assertThat(BreakpointTable.problemOf(new Wish("", "often", "")))
                .get()
                .asString()
                .contains("often");
        assertThat(BreakpointTable.problemOf(new Wish("", "% 0", ""))).isPresent();
        assertThat(BreakpointTable.problemOf(new Wish("", "<= 12", ""))).isEmpty();
    }
}
