package dev.microvisor.lsp;

import dev.microvisor.analysis.Problem;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.services.LanguageClient;

/** Carries this program's log to the editor's output window. */
final class ServerLog extends Handler {
    private static final Logger ROOT = Logger.getLogger("dev.microvisor");

    private volatile LanguageClient client;

    void connect(LanguageClient newClient) {
        client = newClient;
        ROOT.addHandler(this);
        // Said once: most editors show standard error in the same window.
        ROOT.setUseParentHandlers(false);
    }

    String line(Problem problem) {
        return problem.where()
                + problem.line().map(n -> ":" + (n + 1)).orElse("")
                + ": "
                + problem.what()
                + (problem.advice().isEmpty() ? "" : "; " + problem.advice());
    }

    @Override
    public void publish(LogRecord entry) {
        LanguageClient to = client;
        if (to != null && entry.getLevel().intValue() >= Level.INFO.intValue()) {
            String thrown = entry.getThrown() == null ? "" : ": " + entry.getThrown();
            to.logMessage(new MessageParams(type(entry.getLevel()), entry.getMessage() + thrown));
        }
    }

    private static MessageType type(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return MessageType.Error;
        }
        return level.intValue() >= Level.WARNING.intValue()
                ? MessageType.Warning
                : MessageType.Info;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        client = null;
        ROOT.removeHandler(this);
        ROOT.setUseParentHandlers(true);
    }
}
