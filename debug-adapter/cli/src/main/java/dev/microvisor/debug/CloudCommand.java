package dev.microvisor.debug;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.emulator.rest.Account;
import dev.microvisor.emulator.rest.CloudStore;
import dev.microvisor.emulator.rest.CloudStoreException;
import dev.microvisor.emulator.rest.RestServer;
import dev.microvisor.emulator.rest.StoredApp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code microvisor cloud}: the Microvisor REST API, version 1, on loopback. */
@Command(
        name = "cloud",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the Microvisor REST API (configs, secrets, devices, apps) on a loopback port, for"
                    + " provisioning scripts, until it is stopped.",
            "Firmware uses it with 'microvisor run --cloud-api URL', by the URL that it prints for"
                    + " devices; or use 'microvisor run --with-api'."
        },
        footer = {"", "Exit codes: 130 stopped with Ctrl-C, 143 by SIGTERM; 2 could not serve."})
final class CloudCommand implements Callable<Integer> {
    /** Where the data is when nobody says otherwise. */
    static final String DATA = ".microvisor-cloud";

    /** On which port it listens when nobody says otherwise. */
    static final String PORT = "8089";

    private final Main.Streams streams;
    private final Interruption interruption;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DATA,
            description = "Where the data is kept. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = PORT,
            description = "Listen on 127.0.0.1:N (0 picks a free port). Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--device",
            paramLabel = "SID",
            description = "A device of the account: UV and 32 hexadecimal digits. May be repeated.")
    private List<String> devices = List.of();

    @Option(
            names = "--app",
            paramLabel = "[NAME=]FILE",
            description =
                    "A firmware build, to be listed as an app and named as a device's TargetApp."
                            + " NAME is its unique name, default the file's name. May be repeated.")
    private List<String> apps = List.of();

    CloudCommand(Main.Streams streams, Interruption interruption) {
        this.streams = streams;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws CannotRun {
        for (String device : devices) {
            if (!device.matches("UV[0-9a-f]{32}")) {
                throw new CannotRun(
                        "--device " + device + ": give UV and 32 hexadecimal digits in lower case");
            }
        }
        if (port < 0 || port > 65_535) {
            throw new CannotRun("--port " + port + " is no port: give 0 to 65535");
        }
        List<FirmwareBuild> builds = new ArrayList<>();
        for (String app : apps) {
            builds.add(FirmwareBuild.read(app));
        }
        try (CloudStore store = CloudStore.open(data, Clock.systemUTC())) {
            devices.forEach(store::ensureDevice);
            for (FirmwareBuild build : builds) {
                StoredApp app = store.ensureApp(build.name(), build.hash(), build.manifest());
                streams.out().println("app " + app.sid() + ", " + build.name());
            }
            return serve(store);
        } catch (CloudStoreException e) {
            throw new CannotRun(e.getMessage());
        }
    }

    /** Says how the API and its devices are reached. */
    static void announce(RestServer server, CloudStore store, PrintStream out) {
        Account account = store.account();
        out.println("cloud listening on " + server.base());
        out.println("account " + account.sid() + ", token " + account.token());
        out.println("devices: microvisor run --cloud-api " + server.deviceUrl());
        out.flush();
    }

    /** Serves until somebody asks it to end, and tells with which exit code. */
    private int serve(CloudStore store) throws CannotRun {
        CompletableFuture<Interruption.Signal> asked = new CompletableFuture<>();
        interruption.listen(asked::complete);
        try (RestServer server = RestServer.start(store, port)) {
            announce(server, store, streams.out());
            Interruption.Signal signal = asked.get();
            streams.err().println("cloud stopped (" + signal.text() + ")");
            return signal.exitCode();
        } catch (IOException e) {
            throw new CannotRun(
                    "cannot listen on 127.0.0.1:"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): choose another"
                            + " port with --port");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.DONE;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes this with an error", e);
        }
    }
}
