package dev.microvisor.analysis.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command line says about the meaning of a source file.
 *
 * @param quoteIncludes folders searched for {@code "x.h"} only ({@code -iquote})
 * @param includes folders of {@code -I}, in order
 * @param systemIncludes folders of {@code -isystem} and {@code -idirafter}, searched last
 * @param forcedIncludes files of {@code -include}, read before the source
 * @param macros defined names and their values; a null value means {@code -U}
 * @param cpp true for C++
 * @param shortEnums false with {@code -fno-short-enums}
 */
public record CompilerFlags(
        List<Path> quoteIncludes,
        List<Path> includes,
        List<Path> systemIncludes,
        List<Path> forcedIncludes,
        Map<String, String> macros,
        boolean cpp,
        boolean shortEnums) {
    public CompilerFlags {
        quoteIncludes = List.copyOf(quoteIncludes);
        includes = List.copyOf(includes);
        systemIncludes = List.copyOf(systemIncludes);
        forcedIncludes = List.copyOf(forcedIncludes);
        macros = new LinkedHashMap<>(macros);
    }

    static CompilerFlags of(CompileCommand command) {
        return new FlagParser(command).parse();
    }

    /** All folders, in the order in which a compiler searches them. */
    public List<Path> searchPath() {
        List<Path> all = new ArrayList<>(includes);
        all.addAll(systemIncludes);
        return all;
    }

    /** All of it in one line: equal texts, equal flags. Cheaper at start-up than a record's own. */
    public String text() {
        return " "
                + quoteIncludes
                + includes
                + systemIncludes
                + forcedIncludes
                + macros
                + cpp
                + shortEnums;
    }
}
