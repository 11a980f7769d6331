package dev.microvisor.lsp;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.MessageIssueHandler;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;

/**
 * Reads messages, and passes over those that are too long to be meant: the library would allocate
 * whatever the header says.
 */
final class MessageStream extends StreamMessageProducer {
    /** Longest message in bytes; a document of this size is not analysed anyway. */
    static final int MAX_BYTES = 64 << 20;

    private static final Logger LOG = Logger.getLogger(MessageStream.class.getName());

    private final MessageIssueHandler issues;

    MessageStream(InputStream in, MessageJsonHandler json, MessageIssueHandler issues) {
        super(in, json, (message, found) -> handle(message, found, issues));
        this.issues = issues;
    }

    /** Half a request has an id and no method, which the library takes for a response. */
    private static void handle(
            Message message, List<MessageIssue> found, MessageIssueHandler issues) {
        int parseError = ResponseErrorCode.ParseError.getValue();
        boolean unreadable = found.stream().anyMatch(i -> i.getIssueCode() == parseError);
        if (unreadable && message instanceof ResponseMessage half) {
            RequestMessage request = new RequestMessage();
            request.setRawId(half.getRawId());
            issues.handle(request, found);
        } else {
            issues.handle(message, found);
        }
    }

    /**
     * Answers what cannot be read at all, as JSON-RPC wants it: without an id, because none could
     * be read.
     */
    @Override
    protected void fireError(Throwable error) {
        LOG.warning(() -> "a message of the client could not be read: " + error.getMessage());
        MessageIssue issue =
                new MessageIssue(
                        "The message could not be read: " + error.getMessage(),
                        ResponseErrorCode.ParseError.getValue());
        issues.handle(new RequestMessage(), List.of(issue));
    }

    @Override
    protected boolean handleMessage(InputStream in, Headers headers) throws IOException {
        if (headers.contentLength > MAX_BYTES) {
            LOG.warning(
                    () ->
                            "passed over a message of "
                                    + headers.contentLength
                                    + " bytes; the limit is "
                                    + MAX_BYTES);
            long left = headers.contentLength;
            while (left > 0) {
                long skipped = in.skip(left);
                if (skipped == 0 && in.read() < 0) {
                    return false;
                }
                left -= Math.max(1, skipped);
            }
            return true;
        }
        return super.handleMessage(in, headers);
    }
}
