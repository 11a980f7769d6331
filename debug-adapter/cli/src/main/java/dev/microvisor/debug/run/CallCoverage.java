package dev.microvisor.debug.run;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.dap.firmware.Target;
import dev.microvisor.debug.run.RunOutput.CallPlace;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.KernelListener;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which calls a run made from where, which statuses they answered, and which documented ones never
 * came. Calls that the firmware links and never made are named, too.
 */
public final class CallCoverage implements KernelListener {
    private final Catalog catalog = Catalog.bundled();
    private final Map<Integer, Map<String, Map<String, Long>>> counts = new HashMap<>();

    @Override
    public boolean wantsCalls() {
        return true;
    }

    @Override
    public void called(CallView call) {
        counts.computeIfAbsent(call.callSite(), site -> new TreeMap<>())
                .computeIfAbsent(call.name(), name -> new TreeMap<>())
                .merge(call.statusName(), 1L, Long::sum);
    }

    /** Writes the report as JSON. */
    public void write(ReportFile file, Target target) throws CannotRun {
        file.write(json(target));
    }

    private record Row(CallPlace place, String call, Map<String, Long> statuses) {}

    String json(Target target) {
        CallPlaces places = new CallPlaces(target);
        List<Row> rows =
                counts.entrySet().stream()
                        .flatMap(
                                site ->
                                        site.getValue().entrySet().stream()
                                                .map(
                                                        call ->
                                                                new Row(
                                                                        places.at(site.getKey()),
                                                                        call.getKey(),
                                                                        call.getValue())))
                        .sorted(
                                Comparator.comparing((Row row) -> row.place().file())
                                        .thenComparingInt(row -> row.place().line())
                                        .thenComparingInt(row -> row.place().address())
                                        .thenComparing(Row::call))
                        .toList();
        JsonArray sites = new JsonArray();
        rows.forEach(row -> sites.add(site(row)));
        JsonObject report = new JsonObject();
        report.addProperty("version", 1);
        report.add("sites", sites);
        report.add("neverCalled", neverCalled(target));
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(report)
                + "\n";
    }

    private JsonObject site(Row row) {
        JsonObject site = new JsonObject();
        site.addProperty("call", row.call());
        site.addProperty("address", String.format("0x%08x", row.place().address()));
        if (!row.place().function().isEmpty()) {
            site.addProperty("function", row.place().function());
        }
        if (!row.place().file().isEmpty()) {
            site.addProperty("file", row.place().file());
            site.addProperty("line", row.place().line());
        }
        JsonObject seen = new JsonObject();
        row.statuses().forEach(seen::addProperty);
        site.add("statuses", seen);
        JsonArray missing = new JsonArray();
        catalog.call(row.call()).stream()
                .flatMap(call -> call.statuses().stream())
                .map(StatusCase::status)
                .filter(status -> !row.statuses().containsKey(status))
                .forEach(missing::add);
        site.add("neverSeen", missing);
        return site;
    }

    /** Calls that the linker found a use for and that were never made. */
    private JsonArray neverCalled(Target target) {
        Set<String> made = new HashSet<>();
        counts.values().forEach(calls -> made.addAll(calls.keySet()));
        JsonArray never = new JsonArray();
        catalog.calls().stream()
                .map(SystemCall::name)
                .filter(name -> !made.contains(name))
                .filter(name -> target.program().symbols().named(name).isPresent())
                .sorted()
                .forEach(never::add);
        return never;
    }
}
