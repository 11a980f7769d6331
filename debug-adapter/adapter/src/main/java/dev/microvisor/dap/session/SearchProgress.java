package dev.microvisor.dap.session;

import org.eclipse.lsp4j.debug.ProgressEndEventArguments;
import org.eclipse.lsp4j.debug.ProgressStartEventArguments;
import org.eclipse.lsp4j.debug.ProgressUpdateEventArguments;

/** Tells the client how far a long way through time has come: a search back, or a travel. */
final class SearchProgress {
    private static final int ALL = 100;

    private final ClientEvents client;
    private final boolean understood;
    private final String id = "travel-" + System.identityHashCode(this);
    private int percent = -1;

    SearchProgress(ClientEvents client, boolean understood) {
        this.client = client;
        this.understood = understood;
    }

    void searched(long done, long total) {
        int now = total <= 0 ? ALL : (int) Math.min(ALL, done * ALL / total);
        if (!understood || now == percent) {
            return;
        }
        if (percent < 0) {
            ProgressStartEventArguments start = new ProgressStartEventArguments();
            start.setProgressId(id);
            start.setTitle("Travelling in time");
            start.setCancellable(true);
            start.setPercentage((double) now);
            client.raw().progressStart(start);
        } else {
            ProgressUpdateEventArguments update = new ProgressUpdateEventArguments();
            update.setProgressId(id);
            update.setPercentage((double) now);
            update.setMessage(now + " % of " + total + " instructions");
            client.raw().progressUpdate(update);
        }
        percent = now;
    }

    void end() {
        if (percent >= 0) {
            ProgressEndEventArguments end = new ProgressEndEventArguments();
            end.setProgressId(id);
            client.raw().progressEnd(end);
        }
    }
}
