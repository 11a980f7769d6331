package dev.microvisor.emulator.rest;

import com.google.gson.JsonObject;

/** The resources Apps and Manifest. Apps are registered by the command line, not by REST. */
final class Apps {
    private final CloudStore store;

    Apps(CloudStore store) {
        this.store = store;
    }

    RestResponse list(RestRequest request) throws RestException {
        Page page = Page.of(request.query());
        return RestResponse.ok(
                page.render(
                        "apps",
                        request.base() + "/Apps",
                        store.apps(page.afterKey(), page.window()),
                        StoredApp::sid,
                        app -> json(request, app)));
    }

    RestResponse fetch(RestRequest request, String sidOrName) throws RestException {
        return RestResponse.ok(json(request, require(request, sidOrName)));
    }

    RestResponse delete(RestRequest request, String sidOrName) throws RestException {
        if (!store.deleteApp(require(request, sidOrName).sid())) {
            throw request.notFound();
        }
        return RestResponse.deleted();
    }

    RestResponse manifest(RestRequest request, String sidOrName) throws RestException {
        StoredApp app = require(request, sidOrName);
        JsonObject json = new JsonObject();
        json.addProperty("app_sid", app.sid());
        json.addProperty("hash", app.hash());
        json.addProperty("encoded_bytes", app.manifest());
        json.addProperty("url", url(request, app) + "/Manifest");
        return RestResponse.ok(json);
    }

    private StoredApp require(RestRequest request, String sidOrName) throws RestException {
        return store.app(sidOrName).orElseThrow(request::notFound);
    }

    private static String url(RestRequest request, StoredApp app) {
        return request.base() + "/Apps/" + app.sid();
    }

    private JsonObject json(RestRequest request, StoredApp app) {
        JsonObject json = new JsonObject();
        json.addProperty("sid", app.sid());
        json.addProperty("account_sid", store.account().sid());
        json.addProperty("hash", app.hash());
        Json.put(json, "unique_name", app.uniqueName());
        json.addProperty("date_created", Json.date(app.created()));
        json.addProperty("date_updated", Json.date(app.updated()));
        json.addProperty("url", url(request, app));
        JsonObject links = new JsonObject();
        links.addProperty("app_manifests", url(request, app) + "/Manifest");
        json.add("links", links);
        return json;
    }
}
