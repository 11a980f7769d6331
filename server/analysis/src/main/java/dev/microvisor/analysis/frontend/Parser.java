package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.project.ArmToolchain;
import dev.microvisor.analysis.project.CompilerFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.gnu.c.GCCLanguage;
import org.eclipse.cdt.core.dom.ast.gnu.cpp.GPPLanguage;
import org.eclipse.cdt.core.dom.parser.ISourceCodeParser;
import org.eclipse.cdt.core.index.IIndex;
import org.eclipse.cdt.core.model.ILanguage;
import org.eclipse.cdt.core.parser.DefaultLogService;
import org.eclipse.cdt.core.parser.ExtendedScannerInfo;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.core.parser.IParserLogService;
import org.eclipse.cdt.core.parser.IParserSettings;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.ParserMode;
import org.eclipse.core.runtime.CoreException;

/** Calls CDT: flags and text in, syntax tree out. */
final class Parser {
    private static final ILanguage C = new C();
    private static final ILanguage CPP = new Cpp();

    private Parser() {}

    /** C as CDT reads it, and macros without a header. */
    private static final class C extends GCCLanguage {
        @Override
        protected ISourceCodeParser createParser(
                IScanner scanner,
                ParserMode mode,
                IParserLogService log,
                IIndex index,
                int options,
                IParserSettings settings) {
            return super.createParser(
                    new MacroStatements(scanner), mode, log, index, options, settings);
        }
    }

    /** C++ as CDT reads it, and what it does not know of C++20. */
    private static final class Cpp extends GPPLanguage {
        @Override
        protected ISourceCodeParser createParser(
                IScanner scanner,
                ParserMode mode,
                IParserLogService log,
                IIndex index,
                int options,
                IParserSettings settings) {
            return super.createParser(
                    new DesignatedBraces(new Cpp20Tokens(new MacroStatements(scanner))),
                    mode,
                    log,
                    index,
                    options,
                    settings);
        }
    }

    /**
     * Qualifiers of the CMSIS, where its headers are not among the sources: without them nobody
     * could tell what is volatile. Its headers define them anew.
     */
    private static final Map<String, String> CMSIS_QUALIFIERS =
            Map.of(
                    "__IO", "volatile",
                    "__O", "volatile",
                    "__I", "volatile const",
                    "__IOM", "volatile",
                    "__OM", "volatile",
                    "__IM", "volatile const");

    static IASTTranslationUnit parse(SourceText source, CompilerFlags flags, Includes includes)
            throws CoreException {
        ILanguage language = flags.cpp() ? CPP : C;
        FileContent content = FileContent.create(source.path().toString(), true, source.chars());
        return language.getASTTranslationUnit(
                content, scannerInfo(flags), includes, null, 0, new DefaultLogService());
    }

    private static ExtendedScannerInfo scannerInfo(CompilerFlags flags) {
        Map<String, String> macros = new HashMap<>(ArmToolchain.macros());
        // CDT does not know this keyword; gcc's attribute says the same.
        macros.put("_Noreturn", "__attribute__((noreturn))");
        macros.put("__extension__", "");
        // CMSIS-Core has these in a header, which a vendor's driver without its device lacks.
        for (String register : List.of("__O", "__IO", "__OM", "__IOM")) {
            macros.put(register, "volatile");
        }
        macros.put("__I", flags.cpp() ? "volatile" : "volatile const");
        macros.put("__IM", "volatile const");
        if (!flags.cpp()) {
            macros.put("__STDC_VERSION__", "201710L");
            // Nor this one. A structure's name alone may stand wherever it may, and says nothing.
            macros.put("_Static_assert(...)", "struct microvisor_asserted");
            // A qualifier: what is read anew each time, as far as it matters here.
            macros.put("_Atomic", "volatile");
            macros.put("_Thread_local", "");
        } else {
            macros.put("__cplusplus", "201703L");
            macros.put("__EXCEPTIONS", "1");
            // Of C++20; what they add does not matter here.
            macros.put("consteval", "constexpr");
            macros.put("constinit", "");
        }
        macros.putAll(CMSIS_QUALIFIERS);
        flags.macros()
                .forEach(
                        (name, value) -> {
                            if (value == null) {
                                macros.remove(name);
                            } else {
                                macros.put(name, value);
                            }
                        });
        List<String> folders = new ArrayList<>();
        flags.includes().forEach(p -> folders.add(p.toString()));
        // Before system folders: our small versions of the C library read fast and the same
        // everywhere. What they lack is still found after them.
        folders.add(ArmToolchain.INCLUDE_FOLDER);
        flags.systemIncludes().forEach(p -> folders.add(p.toString()));
        return new ExtendedScannerInfo(
                macros,
                folders.toArray(String[]::new),
                new String[0],
                flags.forcedIncludes().stream().map(Path::toString).toArray(String[]::new),
                flags.quoteIncludes().stream().map(Path::toString).toArray(String[]::new));
    }
}
