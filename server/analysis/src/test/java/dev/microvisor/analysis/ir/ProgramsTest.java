package dev.microvisor.analysis.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.SourceRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which files make a program. */
class ProgramsTest {
    @Test
    void oneMainMakesOneProgramOfAll() {
        assertThat(programs("/r/app/main.c", "/r/lib/a.c")).containsExactly("app/main.c lib/a.c");
        assertThat(programs("/r/lib/a.c", "/r/lib/b.c")).containsExactly("lib/a.c lib/b.c");
    }

    @Test
    void mainsInFoldersOfTheirOwnAreProgramsAndOtherFoldersAreShared() {
        assertThat(
                        programs(
                                "/r/one/main.c",
                                "/r/one/deep/a.c",
                                "/r/sdk/log.c",
                                "/r/two/src/main.c",
                                "/r/two/b.c"))
                .containsExactly(
                        "one/main.c one/deep/a.c sdk/log.c", "sdk/log.c two/src/main.c two/b.c");
    }

    @Test
    void mainsSideBySideShareTheirFolderButNotEachOther() {
        assertThat(programs("/r/t/a/main.c", "/r/t/b/main.c", "/r/t/b/other/main.c", "/r/t/b/x.c"))
                .containsExactly(
                        "t/a/main.c t/b/x.c", "t/b/main.c t/b/x.c", "t/b/other/main.c t/b/x.c");
    }

    @Test
    void tooManyMainsAreNotToldApart() {
        List<String> files = new ArrayList<>();
        for (int i = 0; i <= Programs.MAX_PROGRAMS; i++) {
            files.add("/r/" + i + "/main.c");
        }
        assertThat(programs(files.toArray(String[]::new))).hasSize(1);
    }

    @Test
    void executablesOfTheBuildAreProgramsAndLibrariesAreShared() {
        List<Unit> units =
                Stream.of("/r/a/main.c", "/r/a/net.c", "/r/b/main.c", "/r/a/radio.c", "/r/lib.c")
                        .map(f -> unit(Path.of(f)))
                        .toList();
        Map<Path, Set<String>> targets =
                Map.of(
                        Path.of("/r/a/main.c"), Set.of("one"),
                        Path.of("/r/a/net.c"), Set.of("one", "two"),
                        Path.of("/r/b/main.c"), Set.of("two"),
                        Path.of("/r/a/radio.c"), Set.of("two"),
                        Path.of("/r/lib.c"), Set.of("library"));
        assertThat(Programs.of(units, targets, f -> false).stream().map(ProgramsTest::files))
                .containsExactly("a/main.c a/net.c lib.c", "a/net.c b/main.c a/radio.c lib.c");
        assertThat(Programs.of(units, Map.of(), f -> false).stream().map(ProgramsTest::files))
                .as("without a database as by folders")
                .isEqualTo(Programs.of(units).stream().map(ProgramsTest::files).toList());
    }

    @Test
    void oneMainInTwoExecutablesMakesTwoPrograms() {
        List<Unit> units =
                Stream.of("/r/main.c", "/r/wifi.c", "/r/cellular.c")
                        .map(f -> unit(Path.of(f)))
                        .toList();
        Map<Path, Set<String>> targets =
                Map.of(
                        Path.of("/r/main.c"), Set.of("a", "b"),
                        Path.of("/r/wifi.c"), Set.of("a"),
                        Path.of("/r/cellular.c"), Set.of("b"));
        assertThat(Programs.of(units, targets, f -> false).stream().map(ProgramsTest::files))
                .containsExactly("main.c wifi.c", "main.c cellular.c");
    }

    @Test
    void whatAHeaderDeclaresAndNoSourceDefinesIsALibrarysOnceAllSourcesAreSeen() {
        Path header = Path.of("/r/hal/hal.h");
        Unit main = unit(Path.of("/r/app/main.c"), Map.of("HAL_Init", header));

        assertThat(Programs.of(List.of(main)).get(0).isWhole()).isFalse();
        assertThat(Programs.of(List.of(main), f -> f.startsWith("/r")).get(0).isWhole()).isTrue();
        assertThat(Programs.of(List.of(main), f -> f.startsWith("/r/app")).get(0).isWhole())
                .isFalse();
    }

    @Test
    void aFunctionOfAnotherProgramIsNoLibrarys() {
        Path other = Path.of("/r/two/other.c");
        Unit main =
                unit(Path.of("/r/one/main.c"), Map.of(other.toString(), Path.of("/r/two/two.h")));
        List<Unit> units = List.of(main, unit(Path.of("/r/two/main.c")), unit(other));

        assertThat(Programs.of(units, f -> true)).extracting(Program::isWhole).contains(false);
    }

    /** The files of each program; a file named main.c has a main. */
    private static List<String> programs(String... files) {
        List<Unit> units = new ArrayList<>();
        for (String file : files) {
            units.add(unit(Path.of(file)));
        }
        return Programs.of(units).stream().map(ProgramsTest::files).toList();
    }

    private static String files(Program program) {
        return String.join(
                " ",
                program.units().stream()
                        .map(u -> Path.of("/r").relativize(u.file()).toString())
                        .toList());
    }

    private static Unit unit(Path file) {
        return unit(file, Map.of());
    }

    private static Unit unit(Path file, Map<String, Path> needed) {
        String name = file.endsWith("main.c") ? "main" : file.toString();
        SourceRange range = new SourceRange(file, 1, 1, 1, 1);
        Function function =
                new Function(
                        name,
                        name,
                        range,
                        range,
                        CType.INT,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        true,
                        false,
                        Optional.empty(),
                        false,
                        false);
        return new Unit(file, false, List.of(function), List.of(), needed, List.of(), true, true);
    }
}
