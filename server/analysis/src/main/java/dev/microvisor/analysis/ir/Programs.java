package dev.microvisor.analysis.ir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Finds the programs among the units of a lint. A tree may hold several applications; each has its
 * own {@code main}, globals and interrupt handlers, which must not be taken for one another's.
 */
public final class Programs {
    /** With more programs than this they are taken for one, of which no rule asks for the whole. */
    static final int MAX_PROGRAMS = 32;

    private static final String MAIN = "main";

    private Programs() {}

    /**
     * One program for each file that defines {@code main}: the file, all units of its home, and all
     * that are in nobody's home. A home is the largest folder around a {@code main} that holds no
     * other.
     */
    public static List<Program> of(List<Unit> units) {
        return of(units, file -> false);
    }

    /**
     * One program for each executable of the build, if it has several: all units that are compiled
     * for it, and all that are compiled for no executable, such as those of libraries. Otherwise as
     * the folders tell.
     *
     * @param targets what the build makes of each file, as far as it is known
     * @param searched as below
     */
    public static List<Program> of(
            List<Unit> units, Map<Path, Set<String>> targets, Predicate<Path> searched) {
        List<Path> mains = units.stream().filter(Programs::isMain).map(Unit::file).toList();
        Set<String> executables = new TreeSet<>();
        mains.forEach(m -> executables.addAll(targets.getOrDefault(m, Set.of())));
        if (executables.size() < 2
                || executables.size() > MAX_PROGRAMS
                || !targets.keySet().containsAll(mains)) {
            return of(units, searched);
        }
        BiPredicate<String, Path> nowhere = nowhere(units, searched);
        List<Program> programs = new ArrayList<>();
        for (String executable : executables) {
            programs.add(
                    new Program(
                            units.stream()
                                    .filter(
                                            u -> {
                                                Set<String> made =
                                                        targets.getOrDefault(u.file(), Set.of());
                                                return made.contains(executable)
                                                        || Collections.disjoint(made, executables);
                                            })
                                    .toList(),
                            nowhere));
        }
        return programs;
    }

    private static BiPredicate<String, Path> nowhere(List<Unit> units, Predicate<Path> searched) {
        Set<String> defined = new HashSet<>();
        units.forEach(u -> u.functions().forEach(f -> defined.add(f.key())));
        return (function, file) -> !defined.contains(function) && searched.test(file);
    }

    /**
     * @param searched true for files below folders of which every source is among the units: what
     *     such a file declares and no unit defines is a library's, as when a HAL's headers lie
     *     beside the firmware
     */
    public static List<Program> of(List<Unit> units, Predicate<Path> searched) {
        BiPredicate<String, Path> nowhere = nowhere(units, searched);
        List<Path> mains = units.stream().filter(Programs::isMain).map(Unit::file).toList();
        if (mains.size() < 2 || mains.size() > MAX_PROGRAMS) {
            return List.of(new Program(units, nowhere));
        }
        Map<Path, Path> homes = new HashMap<>();
        mains.forEach(main -> home(main, mains).ifPresent(home -> homes.put(main, home)));
        List<Program> programs = new ArrayList<>();
        for (Path main : mains) {
            programs.add(
                    new Program(
                            units.stream()
                                    .filter(u -> belongs(u.file(), main, mains, homes))
                                    .toList(),
                            nowhere));
        }
        return programs;
    }

    private static boolean isMain(Unit unit) {
        return unit.functions().stream().anyMatch(f -> f.key().equals(MAIN));
    }

    private static boolean belongs(Path file, Path main, List<Path> mains, Map<Path, Path> homes) {
        Optional<Path> owner =
                homes.entrySet().stream()
                        .filter(e -> file.startsWith(e.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst();
        return owner.map(main::equals).orElse(file.equals(main) || !mains.contains(file));
    }

    /** Empty when another main is right beside it. */
    private static Optional<Path> home(Path main, List<Path> mains) {
        Path home = null;
        for (Path folder = main.getParent(); folder != null; folder = folder.getParent()) {
            Path candidate = folder;
            if (mains.stream().anyMatch(m -> !m.equals(main) && m.startsWith(candidate))) {
                break;
            }
            home = folder;
        }
        return Optional.ofNullable(home);
    }
}
