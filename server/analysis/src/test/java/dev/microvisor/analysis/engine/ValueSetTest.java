package dev.microvisor.analysis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets may hold more numbers than there are, never fewer: no path may be lost. */
class ValueSetTest {
    private static final long[] NUMBERS = {
        Long.MIN_VALUE,
        -200,
        -2,
        -1,
        0,
        1,
        5,
        61,
        62,
        63,
        64,
        199,
        200,
        201,
        1L << 40,
        Long.MAX_VALUE
    };

    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");

    private static boolean holds(long left, String op, long right) {
        return switch (op) {
            case "==" -> left == right;
            case "!=" -> left != right;
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            default -> left >= right;
        };
    }

    static List<String> operators() {
        return OPERATORS;
    }

    @ParameterizedTest
    @MethodSource("operators")
    void bothWaysOfAComparisonKeepEveryNumberThatTakesThem(String op) {
        for (long limit : NUMBERS) {
            ValueSet yes = ValueSet.ALL.compare(op, limit);
            ValueSet no = yes.complement();
            for (long number : NUMBERS) {
                ValueSet way = holds(number, op, limit) ? yes : no;
                assertThat(way.contains(number)).as(number + " " + op + " " + limit).isTrue();
                assertThat(way.isEmpty()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void twoComparisonsLoseNoNumber(String op) {
        for (String other : OPERATORS) {
            for (long a : NUMBERS) {
                for (long b : NUMBERS) {
                    ValueSet first = ValueSet.ALL.compare(op, a);
                    ValueSet second = ValueSet.ALL.compare(other, b);
                    for (long number : NUMBERS) {
                        boolean one = holds(number, op, a);
                        boolean two = holds(number, other, b);
                        String what = number + " " + op + " " + a + ", " + other + " " + b;
                        if (one && two) {
                            assertThat(first.and(second).contains(number)).as(what).isTrue();
                            assertThat(first.compare(other, b).contains(number)).as(what).isTrue();
                            assertThat(first.disjoint(second)).as(what).isFalse();
                        }
                        if (one || two) {
                            assertThat(first.or(second).contains(number)).as(what).isTrue();
                        }
                        if (one && !two) {
                            assertThat(first.within(second)).as(what).isFalse();
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 38, 200})
    void whatIsNotANumberAndIsItCannotBe(long number) {
        List<ValueSet> none = new ArrayList<>();
        none.add(ValueSet.ALL.compare("!=", number).and(ValueSet.of(number)));
        none.add(ValueSet.of(number).compare("!=", number));
        assertThat(none).allMatch(ValueSet::isEmpty);
    }

    @ParameterizedTest
    @CsvSource({"0", "17", "200", "-1"})
    void notEqualAndEqualAreOpposites(long number) {
        ValueSet equal = ValueSet.of(number);
        ValueSet other = ValueSet.ALL.compare("!=", number);
        assertThat(other.complement()).isEqualTo(equal);
        assertThat(equal.complement()).isEqualTo(other);
    }
}
