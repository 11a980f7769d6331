package dev.microvisor.dap.request;

import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.Program;
import java.nio.file.Path;
import org.eclipse.lsp4j.debug.Module;
import org.eclipse.lsp4j.debug.ModulesArguments;
import org.eclipse.lsp4j.debug.ModulesResponse;

/** {@code modules}: the one ELF file. */
public final class Modules implements Handler<ModulesArguments, ModulesResponse> {
    static final int ID = 1;

    private final Session session;

    public Modules(Session session) {
        this.session = session;
    }

    @Override
    public ModulesResponse handle(ModulesArguments arguments) {
        ModulesResponse response = new ModulesResponse();
        response.setModules(new Module[] {module(session.debugged())});
        response.setTotalModules(1);
        return response;
    }

    /** What {@code modules} lists, and the event of the same name announces. */
    static Module module(Debugged debugged) {
        Program program = debugged.target().program();
        Path path = debugged.options().program();
        Module module = new Module();
        module.setId(ID);
        module.setName(String.valueOf(path.getFileName()));
        module.setPath(path.toString());
        module.setIsUserCode(true);
        module.setSymbolFilePath(path.toString());
        module.setSymbolStatus(
                program.hasDebugInformation() ? "debug information read" : "no debug information");
        program.buildId().ifPresent(module::setVersion);
        return module;
    }
}
