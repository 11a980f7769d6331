package dev.microvisor.cli;

import dev.microvisor.lsp.LanguageServerMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code microvisor lsp}: the language server on standard input and output. */
@Command(
        name = "lsp",
        mixinStandardHelpOptions = true,
        description = "Runs the language server on standard input and output.")
final class LspCommand implements Callable<Integer> {
    private final Console console;

    /** Editors add it; there is no other way to talk, so there is nothing to remember. */
    @Option(names = "--stdio", description = "Talk on standard input and output, as always.")
    void setStdio(boolean given) {}

    LspCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return LanguageServerMain.run(console.in(), console.out(), Version.text());
    }
}
