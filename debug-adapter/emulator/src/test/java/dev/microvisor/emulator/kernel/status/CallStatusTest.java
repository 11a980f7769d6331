package dev.microvisor.emulator.kernel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every system call answers OKAY, and every status that the catalog lists for it, for the reason
 * that the catalog gives; a call and status without a scenario is a failure here. And who does two
 * things wrong is told of the first.
 */
class CallStatusTest {
    /** Statuses that no state of this emulator leads to, and why; a script injects them. */
    private static final Map<String, String> ONLY_BY_SCRIPT = onlyByScript();

    private static final Map<String, CallCase> CASES = cases();

    private static Map<String, CallCase> cases() {
        Map<String, CallCase> cases = new TreeMap<>();
        Stream.of(ChannelCases.all(), RequestCases.all(), MqttCases.all(), DeviceCases.all())
                .flatMap(List::stream)
                .forEach(c -> assertThat(cases.put(c.call(), c)).as(c.call()).isNull());
        return cases;
    }

    private static Map<String, String> onlyByScript() {
        Map<String, String> reasons = new TreeMap<>();
        String flat = "the response has no pointers in it, so no write can fail late";
        reasons.put("mvMqttReadConnectResponse LATEFAULT", flat);
        reasons.put("mvMqttReadPublishResponse LATEFAULT", flat);
        reasons.put("mvMqttReadDisconnectResponse LATEFAULT", flat);
        reasons.put("mvExternalFlashEraseBlocking PARAMETERFAULT", "the call takes no pointer");
        reasons.put(
                "mvMqttAcknowledgeMessage RATELIMITED",
                "no document says how many acknowledgements are too many, nor has one an answer whose"
                        + " coming could end it; a number of ours would fail firmware that is right");
        String noShutdown =
                "no document says for how long a handler may run or how often before it counts as hung"
                        + " or as a flood, nor what then becomes of the handler and when it is over";
        reasons.put("mvSetFastInterrupt UNAVAILABLE", noShutdown);
        reasons.put("mvClearFastInterrupt UNAVAILABLE", noShutdown);
        reasons.put("mvEnableFastInterrupt UNAVAILABLE", noShutdown);
        reasons.put("mvDisableFastInterrupt UNAVAILABLE", noShutdown);
        return reasons;
    }

    private static List<Status> documented(SystemCall call) {
        return call.statuses().stream().map(CallStatusTest::status).toList();
    }

    private static Status status(StatusCase statusCase) {
        return Status.valueOf(statusCase.status().replace("MV_STATUS_", ""));
    }

    @Test
    void everyCallHasItsCase() {
        assertThat(CASES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Catalog.bundled().calls().stream().map(SystemCall::name).toList());
        for (SystemCall call : Catalog.bundled().calls()) {
            assertThat(documented(call))
                    .as(call.name())
                    .containsAll(CASES.get(call.name()).statuses());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCallSucceeds() {
        return CASES.values().stream()
                .map(c -> dynamicTest(c.call(), () -> assertThat(c.okay()).isEqualTo(Status.OKAY)));
    }

    @TestFactory
    Stream<DynamicTest> everyDocumentedStatusIsReached() {
        List<DynamicTest> tests = new ArrayList<>();
        for (SystemCall call : Catalog.bundled().calls()) {
            for (Status status : documented(call)) {
                String name = call.name() + " " + status;
                tests.add(
                        dynamicTest(name, () -> assertThat(reach(call, status)).isEqualTo(status)));
            }
        }
        return tests.stream();
    }

    private static Status reach(SystemCall call, Status status) {
        CallCase scenario = CASES.get(call.name());
        boolean scripted = ONLY_BY_SCRIPT.containsKey(call.name() + " " + status);
        assertThat(scenario.statuses().contains(status))
                .as("a scenario, or else a reason why only a script can do it")
                .isNotEqualTo(scripted);
        return scripted ? scenario.scripted(status) : scenario.answer(status);
    }

    @TestFactory
    Stream<DynamicTest> theFirstOfTwoConditionsIsAnswered() {
        List<DynamicTest> tests = new ArrayList<>();
        for (SystemCall call : Catalog.bundled().calls()) {
            CallCase scenario = CASES.get(call.name());
            List<Status> order =
                    scenario.order().of(documented(call)).stream()
                            .filter(scenario.statuses()::contains)
                            .toList();
            for (int i = 0; i < order.size(); i++) {
                for (int j = i + 1; j < order.size(); j++) {
                    Status first = order.get(i);
                    Status second = order.get(j);
                    if (scenario.comparable(first, second)) {
                        tests.add(
                                dynamicTest(
                                        call.name() + " " + first + " before " + second,
                                        () ->
                                                assertThat(scenario.answer(first, second))
                                                        .isEqualTo(first)));
                    }
                }
            }
        }
        return tests.stream();
    }
}
