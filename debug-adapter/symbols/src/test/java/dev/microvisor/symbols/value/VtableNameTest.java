package dev.microvisor.symbols.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VtableNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ZTV6Sensor | Sensor",
                "_ZTVN2hw7ConsoleE | hw::Console",
                "_ZTVN12_GLOBAL__N_15LightE | (anonymous namespace)::Light",
                "_ZTVN2hw4RingIhLj1024EEE | hw::Ring<unsigned char, 1024>",
                "_ZTV4PairIPKcLb1ELin4EE | Pair<char const*, true, -4>",
                "_ZTV5OuterIN1a5InnerIfEEE | Outer<a::Inner<float>>",
            })
    void classesAreNamedAsInTheSource(String symbol, String name) {
        assertThat(VtableName.of(symbol)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_ZTI6Sensor",
                "_ZTV",
                "_ZTV6",
                "_ZTV6Sens",
                "_ZTV6SensorX",
                "_ZTVN2hw",
                "_ZTVZ4mainE5Local",
                "_ZTV4PairIS_E",
                "_ZTV4PairILi4",
                "_ZTV99999999999Sensor"
            })
    void whatIsNoneOrNotKnownHasNoName(String symbol) {
        assertThat(VtableName.of(symbol)).isEmpty();
    }

    @Test
    void nestingHasALimit() {
        assertThat(VtableName.of("_ZTV1A" + "I1A".repeat(9) + "E".repeat(9))).isPresent();
        assertThat(VtableName.of("_ZTV1A" + "I1A".repeat(90) + "E".repeat(90))).isEmpty();
        assertThat(VtableName.of("_ZTV1AI" + "P".repeat(9_000) + "iE")).isEmpty();
    }
}
