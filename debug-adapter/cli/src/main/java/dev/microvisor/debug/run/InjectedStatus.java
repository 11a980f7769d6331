package dev.microvisor.debug.run;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.debug.run.RunOutput.CallPlace;
import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.Suggestion;
import dev.microvisor.emulator.kernel.CallInjection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --inject} asks for: {@code [PLACE ]CALL=STATUS[#N]}. PLACE is {@code FILE:LINE} or
 * the address that the call returns to; without one every call of that function is meant. N is
 * which of them, 1 unless said; {@code #*} is all.
 *
 * @param text as the person wrote it
 * @param file the end of a path; empty for any place, or when {@code address} says it
 * @param address 0 when no address was given
 */
public record InjectedStatus(
        String text, String call, Status status, String file, int line, int address, int nth) {
    /** For {@link #nth}: all calls. */
    public static final int ALL = 0;

    private static final String PREFIX = "MV_STATUS_";

    private static final Pattern SPEC =
            Pattern.compile(
                    "(?:(?:0x(?<address>[0-9a-fA-F]{1,8})|(?<file>.+):(?<line>\\d{1,7}))\\s+)?"
                            + "(?<call>\\w+)\\s*=\\s*(?<status>\\w+)(?:#(?<nth>\\d{1,9}|\\*))?");

    public static InjectedStatus parse(String text) throws CannotRun {
        Matcher spec = SPEC.matcher(text.strip());
        if (!spec.matches()) {
            throw new CannotRun(
                    "--inject \""
                            + text
                            + "\" is not understood: write [FILE:LINE ]CALL=STATUS[#N], such as"
                            + " 'http.c:88 mvOpenChannel=RATELIMITED#1'");
        }
        Catalog catalog = Catalog.bundled();
        String call = spec.group("call");
        if (catalog.call(call).isEmpty()) {
            throw new CannotRun(
                    "--inject \""
                            + text
                            + "\": there is no Microvisor call "
                            + call
                            + Suggestion.of(
                                    call, catalog.calls().stream().map(SystemCall::name).toList()));
        }
        String nth = spec.group("nth");
        int ordinal = nth == null ? 1 : nth.equals("*") ? ALL : Integer.parseInt(nth);
        if (ordinal == 0 && !nth.equals("*")) {
            throw new CannotRun("--inject \"" + text + "\": calls are counted from 1");
        }
        return new InjectedStatus(
                text,
                call,
                status(catalog, text, spec.group("status")),
                spec.group("file") == null ? "" : spec.group("file").replace('\\', '/'),
                spec.group("line") == null ? 0 : Integer.parseInt(spec.group("line")),
                spec.group("address") == null
                        ? 0
                        : Integer.parseUnsignedInt(spec.group("address"), 16) & ~1,
                ordinal);
    }

    private static Status status(Catalog catalog, String text, String name) throws CannotRun {
        String constant = name.startsWith(PREFIX) ? name : PREFIX + name;
        Optional<Status> status =
                catalog.statuses()
                        .constant(constant)
                        .map(EnumType.Constant::value)
                        .flatMap(value -> ApiConstant.fromCode(Status.class, (int) (long) value));
        return status.orElseThrow(
                () ->
                        new CannotRun(
                                "--inject \""
                                        + text
                                        + "\": MvStatus has no constant "
                                        + constant
                                        + Suggestion.of(
                                                constant,
                                                catalog.statuses().constants().stream()
                                                        .map(EnumType.Constant::name)
                                                        .toList())));
    }

    /** Whether the documents list this status for the call. */
    public boolean isDocumented() {
        SystemCall described = Catalog.bundled().call(call).orElseThrow();
        return status == Status.OKAY
                || described.statuses().stream()
                        .anyMatch(s -> s.status().equals(status.constantName()));
    }

    /** As the kernel knows it. */
    public CallInjection injection(CallPlaces places) {
        return new CallInjection(
                call,
                site -> covers(places.at(site)),
                status,
                nth == ALL ? 1 : nth,
                nth == ALL ? CallInjection.EVERY : 1);
    }

    private boolean covers(CallPlace place) {
        if (address != 0) {
            return place.address() == address;
        }
        if (file.isEmpty()) {
            return true;
        }
        String path = place.file().replace('\\', '/');
        return place.line() == line && (path.equals(file) || path.endsWith("/" + file));
    }
}
