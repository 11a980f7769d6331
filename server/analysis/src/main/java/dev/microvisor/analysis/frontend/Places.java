package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Instr;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTFileLocation;
import org.eclipse.cdt.core.dom.ast.IASTImageLocation;
import org.eclipse.cdt.core.dom.ast.IASTMacroExpansionLocation;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTNodeLocation;
import org.eclipse.cdt.core.dom.ast.IASTPreprocessorMacroDefinition;
import org.eclipse.cdt.core.dom.ast.IASTPreprocessorMacroExpansion;
import org.eclipse.cdt.internal.core.dom.parser.ASTNode;

/** Where the nodes of one syntax tree stand in files, macros looked through. */
final class Places {
    private final Includes includes;
    private final SourceText main;
    private final Map<String, Path> paths = new HashMap<>();

    Places(Includes includes, SourceText main) {
        this.includes = includes;
        this.main = main;
    }

    /** The text that a reader sees: inside a macro's argument the argument, else the expansion. */
    SourceRange range(IASTNode node) {
        if (node instanceof ASTNode inner) {
            IASTImageLocation image = inner.getImageLocation();
            if (image != null && image.getLocationKind() != IASTImageLocation.MACRO_DEFINITION) {
                return range(image);
            }
        }
        IASTFileLocation location = node.getFileLocation();
        return location == null ? main.range(0, 0) : range(location);
    }

    private SourceRange range(IASTFileLocation location) {
        SourceText text = text(location.getFileName());
        return text.range(location.getNodeOffset(), location.getNodeLength());
    }

    private SourceText text(String file) {
        if (file.equals(main.path().toString())) {
            return main;
        }
        return includes.text(file).orElse(main);
    }

    /** The file that is read, without the headers it includes. */
    Path main() {
        return main.path();
    }

    /** Empty range right after a node. */
    SourceRange after(IASTNode node) {
        SourceRange range = range(node);
        return new SourceRange(
                range.file(),
                range.endLine(),
                range.endColumn(),
                range.endLine(),
                range.endColumn());
    }

    Path file(IASTNode node) {
        return paths.computeIfAbsent(node.getContainingFilename(), Path::of);
    }

    /** Where the text of a name comes from. */
    Instr.Origin origin(IASTName name) {
        IASTImageLocation image = name.getImageLocation();
        if (image == null) {
            // Pasted or stringised tokens have no image; they come from some macro's body.
            return fromMacro(name) ? Instr.Origin.HEADER_MACRO : Instr.Origin.WRITTEN;
        }
        if (image.getLocationKind() != IASTImageLocation.MACRO_DEFINITION) {
            return Instr.Origin.WRITTEN;
        }
        return image.getFileName().equals(main.path().toString())
                ? Instr.Origin.OWN_MACRO
                : Instr.Origin.HEADER_MACRO;
    }

    private static boolean fromMacro(IASTNode node) {
        IASTNodeLocation[] locations = node.getNodeLocations();
        return locations.length > 0 && locations[0] instanceof IASTMacroExpansionLocation;
    }

    /** The file that defines the macro a node comes out of, when it does. */
    Optional<MacroUse> macro(IASTNode node) {
        IASTNodeLocation[] locations = node.getNodeLocations();
        if (locations.length == 0
                || !(locations[0] instanceof IASTMacroExpansionLocation expansion)) {
            return Optional.empty();
        }
        IASTPreprocessorMacroExpansion use = expansion.getExpansion();
        IASTPreprocessorMacroDefinition definition = use.getMacroDefinition();
        IASTFileLocation where = definition.getFileLocation();
        return Optional.of(
                new MacroUse(
                        definition.getName().toString(), where == null ? "" : where.getFileName()));
    }

    /** A macro by name and by the file that defines it. */
    record MacroUse(String name, String file) {}
}
