package dev.microvisor.debug.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.microvisor.dap.report.CrashReport;
import dev.microvisor.emulator.kernel.view.CallView;
import dev.microvisor.emulator.kernel.view.LogLine;
import java.io.PrintStream;
import java.util.List;

/** For programs: one JSON object a line. The README describes each; fields are only ever added. */
public final class JsonOutput implements RunOutput {
    private static final double MICROSECONDS = 1e6;

    private final PrintStream out;
    private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

    public JsonOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void started(RunStart start) {
        JsonObject event = new JsonObject();
        event.addProperty("event", "start");
        event.addProperty("program", start.program());
        if (!start.cloud().isEmpty()) {
            event.addProperty("cloud", start.cloud());
        }
        event.addProperty("clockHz", start.clockHz());
        print(event);
    }

    @Override
    public void logged(LogLine line) {
        JsonObject event = event("log", line.microseconds(), line.instruction());
        event.addProperty("channel", line.channel());
        event.addProperty("text", line.text().stripTrailing());
        line.wallTime().ifPresent(t -> event.addProperty("wallTime", t.toString()));
        print(event);
    }

    @Override
    public void console(ConsoleLine line) {
        JsonObject event = event("console", line.microseconds(), line.instruction());
        event.addProperty("port", line.port());
        event.addProperty("text", line.text());
        print(event);
    }

    @Override
    public void called(CallView call, CallPlace place) {
        JsonObject event = event("call", call.microseconds(), call.instruction());
        event.addProperty("number", call.number());
        event.addProperty("name", call.name());
        event.add("arguments", arguments(call.arguments()));
        event.addProperty("status", call.statusName());
        event.addProperty("statusValue", Integer.toUnsignedLong(call.status()));
        event.addProperty("injected", call.injected());
        event.addProperty("inInterrupt", call.inInterrupt());
        JsonObject site = new JsonObject();
        site.addProperty("address", String.format("0x%08x", place.address()));
        if (!place.function().isEmpty()) {
            site.addProperty("function", place.function());
        }
        if (!place.file().isEmpty()) {
            site.addProperty("file", place.file());
            site.addProperty("line", place.line());
        }
        event.add("site", site);
        print(event);
    }

    private static JsonArray arguments(List<CallView.ArgumentView> arguments) {
        JsonArray array = new JsonArray();
        for (CallView.ArgumentView argument : arguments) {
            JsonObject one = new JsonObject();
            one.addProperty("name", argument.name());
            one.addProperty("type", argument.type());
            one.addProperty("value", argument.value());
            if (!argument.fields().isEmpty()) {
                one.add("fields", arguments(argument.fields()));
            }
            array.add(one);
        }
        return array;
    }

    @Override
    public void note(Note note) {
        JsonObject event = event(note.kind(), note.microseconds(), note.instruction());
        event.addProperty("text", note.text());
        print(event);
    }

    @Override
    public void warning(String text) {
        JsonObject event = new JsonObject();
        event.addProperty("event", "warning");
        event.addProperty("text", text);
        print(event);
    }

    @Override
    public void crashed(CrashReport report) {
        JsonObject event = event("crash", report.microseconds(), report.instruction());
        describe(report, event);
        if (!report.inHandlers().isEmpty()) {
            JsonArray further = new JsonArray();
            for (CrashReport one : report.inHandlers()) {
                JsonObject fault = new JsonObject();
                describe(one, fault);
                further.add(fault);
            }
            event.add("inHandlers", further);
        }
        print(event);
    }

    private void describe(CrashReport report, JsonObject event) {
        event.addProperty("kind", report.fault().kind());
        event.addProperty("pc", hex(report.fault().pc()));
        event.addProperty("where", report.where());
        event.addProperty("detail", report.fault().detail());
        event.addProperty("cfsr", hex(report.fault().cfsr()));
        event.addProperty("hfsr", hex(report.fault().hfsr()));
        event.add("explanation", gson.toJsonTree(report.explanation()));
        event.add("registers", gson.toJsonTree(report.registers()));
        event.add("backtrace", gson.toJsonTree(report.backtrace()));
    }

    @Override
    public void memory(MemoryUse use) {
        JsonArray stacks = new JsonArray();
        for (MemoryUse.Stack stack : use.stacks()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", stack.name());
            stack.usedBytes().ifPresent(b -> one.addProperty("usedBytes", b));
            stack.sizeBytes().ifPresent(b -> one.addProperty("sizeBytes", b));
            stack.untouchedBytes().ifPresent(b -> one.addProperty("untouchedBytes", b));
            stacks.add(one);
        }
        JsonArray heaps = new JsonArray();
        for (MemoryUse.Heap heap : use.heaps()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", heap.name());
            one.addProperty("usedBytes", heap.usedBytes());
            one.addProperty("peakBytes", heap.peakBytes());
            heap.sizeBytes().ifPresent(b -> one.addProperty("sizeBytes", b));
            heaps.add(one);
        }
        JsonObject event = new JsonObject();
        event.addProperty("event", "memory");
        event.add("stacks", stacks);
        event.add("heaps", heaps);
        print(event);
    }

    @Override
    public void ended(RunEnd end) {
        JsonObject event = event("end", end.microseconds(), end.instructions());
        event.addProperty("reason", end.reason());
        event.addProperty("detail", end.detail());
        event.addProperty("exitCode", end.exitCode());
        event.addProperty("stateHash", String.format("%016x", end.stateHash()));
        print(event);
    }

    private static JsonObject event(String name, long microseconds, long instruction) {
        JsonObject event = new JsonObject();
        event.addProperty("event", name);
        event.addProperty("time", microseconds / MICROSECONDS);
        event.addProperty("instruction", instruction);
        return event;
    }

    private static String hex(int value) {
        return String.format("0x%08x", value);
    }

    private void print(JsonObject event) {
        out.println(gson.toJson(event));
    }
}
