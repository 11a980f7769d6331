package dev.microvisor.lsp;

import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueHandler;
import org.eclipse.lsp4j.jsonrpc.MessageProducer;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.ConcurrentMessageProcessor;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.services.LanguageClient;

/** LSP4J's launcher with our {@link MessageStream} in it. */
final class ServerLauncher extends Launcher.Builder<LanguageClient> {
    /** Held here: Java forgets the filter of a logger that nobody holds. */
    private static final Logger ENDPOINT = Logger.getLogger(RemoteEndpoint.class.getName());

    static {
        // An editor takes back hovers and completions with every move, mostly just too late. That
        // is no news for its output window.
        ENDPOINT.setFilter(entry -> !entry.getMessage().startsWith("Unmatched cancel"));
    }

    private MessageJsonHandler json;
    private MessageIssueHandler issues;

    ServerLauncher() {
        setRemoteInterface(LanguageClient.class);
    }

    @Override
    protected MessageJsonHandler createJsonHandler() {
        json = super.createJsonHandler();
        return json;
    }

    @Override
    protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler jsonHandler) {
        RemoteEndpoint endpoint = super.createRemoteEndpoint(jsonHandler);
        issues = endpoint;
        return endpoint;
    }

    @Override
    protected ConcurrentMessageProcessor createMessageProcessor(
            MessageProducer reader, MessageConsumer consumer, LanguageClient client) {
        return super.createMessageProcessor(
                new MessageStream(input, json, issues), consumer, client);
    }
}
