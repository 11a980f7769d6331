package dev.microvisor.emulator.rest;

import dev.microvisor.emulator.api.ConfigStore;
import java.util.List;

/** Which method and path goes where. A row reads like the API's documentation. */
final class Routes {
    private final List<Route> rows;

    Routes(CloudStore store) {
        Items configs = new Items(store, ConfigStore.CONFIG);
        Items secrets = new Items(store, ConfigStore.SECRET);
        Devices devices = new Devices(store);
        Apps apps = new Apps(store);
        rows =
                List.of(
                        row("GET", "/Configs", r -> configs.list(r, Owner.ACCOUNT)),
                        row("POST", "/Configs", r -> configs.create(r, Owner.ACCOUNT)),
                        row("GET", "/Configs/*", r -> configs.fetch(r, Owner.ACCOUNT, at(r, 1))),
                        row("POST", "/Configs/*", r -> configs.update(r, Owner.ACCOUNT, at(r, 1))),
                        row(
                                "DELETE",
                                "/Configs/*",
                                r -> configs.delete(r, Owner.ACCOUNT, at(r, 1))),
                        row("GET", "/Secrets", r -> secrets.list(r, Owner.ACCOUNT)),
                        row("POST", "/Secrets", r -> secrets.create(r, Owner.ACCOUNT)),
                        row("GET", "/Secrets/*", r -> secrets.fetch(r, Owner.ACCOUNT, at(r, 1))),
                        row("POST", "/Secrets/*", r -> secrets.update(r, Owner.ACCOUNT, at(r, 1))),
                        row(
                                "DELETE",
                                "/Secrets/*",
                                r -> secrets.delete(r, Owner.ACCOUNT, at(r, 1))),
                        row("GET", "/Devices", devices::list),
                        row("GET", "/Devices/*", r -> devices.fetch(r, at(r, 1))),
                        row("POST", "/Devices/*", r -> devices.update(r, at(r, 1))),
                        row("GET", "/Devices/*/Configs", r -> configs.list(r, owner(devices, r))),
                        row(
                                "POST",
                                "/Devices/*/Configs",
                                r -> configs.create(r, owner(devices, r))),
                        row(
                                "GET",
                                "/Devices/*/Configs/*",
                                r -> configs.fetch(r, owner(devices, r), at(r, 3))),
                        row(
                                "POST",
                                "/Devices/*/Configs/*",
                                r -> configs.update(r, owner(devices, r), at(r, 3))),
                        row(
                                "DELETE",
                                "/Devices/*/Configs/*",
                                r -> configs.delete(r, owner(devices, r), at(r, 3))),
                        row("GET", "/Devices/*/Secrets", r -> secrets.list(r, owner(devices, r))),
                        row(
                                "POST",
                                "/Devices/*/Secrets",
                                r -> secrets.create(r, owner(devices, r))),
                        row(
                                "GET",
                                "/Devices/*/Secrets/*",
                                r -> secrets.fetch(r, owner(devices, r), at(r, 3))),
                        row(
                                "POST",
                                "/Devices/*/Secrets/*",
                                r -> secrets.update(r, owner(devices, r), at(r, 3))),
                        row(
                                "DELETE",
                                "/Devices/*/Secrets/*",
                                r -> secrets.delete(r, owner(devices, r), at(r, 3))),
                        row("GET", "/Apps", apps::list),
                        row("GET", "/Apps/*", r -> apps.fetch(r, at(r, 1))),
                        row("DELETE", "/Apps/*", r -> apps.delete(r, at(r, 1))),
                        row("GET", "/Apps/*/Manifest", r -> apps.manifest(r, at(r, 1))));
    }

    private static Route row(String method, String path, Handler handler) {
        return new Route(method, List.of(path.substring(1).split("/")), handler);
    }

    private static String at(RestRequest request, int index) {
        return request.segments().get(index);
    }

    private static Owner owner(Devices devices, RestRequest request) throws RestException {
        return Owner.device(devices.require(request, at(request, 1)).sid());
    }

    RestResponse answer(RestRequest request) throws RestException {
        boolean pathKnown = false;
        for (Route route : rows) {
            if (route.matches(request.segments())) {
                pathKnown = true;
                if (route.method().equals(request.method())) {
                    return route.handler().answer(request);
                }
            }
        }
        throw pathKnown ? RestException.methodNotAllowed(request.method()) : request.notFound();
    }

    /** Answers a request. */
    @FunctionalInterface
    private interface Handler {
        RestResponse answer(RestRequest request) throws RestException;
    }

    /** A star in the path stands for any segment. */
    private record Route(String method, List<String> path, Handler handler) {
        boolean matches(List<String> segments) {
            if (segments.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!path.get(i).equals("*") && !path.get(i).equals(segments.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
