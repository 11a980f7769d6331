package dev.microvisor.emulator.rest;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends what the Twilio library asks of the real cloud to a local one. */
final class LocalHttpClient extends HttpClient {
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
    private final String base;

    LocalHttpClient(String base) {
        this.base = base;
    }

    @Override
    public Response makeRequest(Request request) {
        String url = request.constructURL().toString();
        String local = url.replace("https://microvisor.twilio.com/v1", base);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(local))
                        .header("Authorization", request.getAuthString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(
                                request.getMethod().toString(),
                                BodyPublishers.ofString(request.encodeFormBody()));
        try {
            var response = client.send(builder.build(), BodyHandlers.ofString());
            return new Response(response.body(), response.statusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
