package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.ExceptionFilterOptions;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops at faults and at doings of Microvisor, as chosen by filters and conditions. */
class ExceptionFilterSessionTest {
    @TempDir Path folder;
    private DapClient client;

    @BeforeEach
    void connect() throws IOException {
        client = new DapClient();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void start(Path elf) {
        client.launch(Map.of("program", elf.toString()));
        client.configurationDone();
        client.awaitStop();
    }

    /** Filters as {@code id} or {@code id=condition}. */
    private List<Breakpoint> choose(String... filters) {
        SetExceptionBreakpointsArguments arguments = new SetExceptionBreakpointsArguments();
        List<String> plain = new ArrayList<>();
        List<ExceptionFilterOptions> options = new ArrayList<>();
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            if (equals < 0) {
                plain.add(filter);
            } else {
                ExceptionFilterOptions option = new ExceptionFilterOptions();
                option.setFilterId(filter.substring(0, equals));
                option.setCondition(filter.substring(equals + 1));
                options.add(option);
            }
        }
        arguments.setFilters(plain.toArray(String[]::new));
        arguments.setFilterOptions(options.toArray(ExceptionFilterOptions[]::new));
        return Arrays.asList(
                DapClient.get(client.server().setExceptionBreakpoints(arguments)).getBreakpoints());
    }

    private ExceptionInfoResponse info() {
        ExceptionInfoArguments ask = new ExceptionInfoArguments();
        ask.setThreadId(1);
        return DapClient.get(client.server().exceptionInfo(ask));
    }

    /** The line that says where the firmware stands; others tell what history holds. */
    private String time() {
        return client.evaluate("time", "repl").getResult().lines().findFirst().orElseThrow();
    }

    private String function() {
        return client.stack().get(0).getName();
    }

    @Test
    void eachFaultStopsWhereItHappensAndIsDecodedInWords()
            throws IOException, InterruptedException {
        start(Firmware.build("faults", folder));
        client.resume();
        assertThat(function()).isEqualTo("divide");
        ExceptionInfoResponse division = info();
        assertThat(division.getExceptionId()).isEqualTo("usageFault");
        assertThat(division.getDescription())
                .contains("DIVBYZERO")
                .contains("an integer was divided by zero");
        client.resume();
        assertThat(function()).isEqualTo("peek");
        assertThat(info().getExceptionId()).isEqualTo("busFault");
        assertThat(info().getDescription()).contains("BFAR 0x60000000");
        client.resume();
        assertThat(info().getExceptionId()).isEqualTo("memManage");
        assertThat(info().getDescription()).contains("IACCVIOL");
        client.resume();
        assertThat(function()).isEqualTo("divide");
        client.resume();
        assertThat(info().getDescription()).contains("UNDEFINSTR");
        client.resume();
        assertThat(info().getExceptionId()).isEqualTo("secureFault");
        assertThat(info().getDescription()).contains("belongs to Microvisor");
    }

    @Test
    void faultsThatAreNotChosenAreLeftToTheirHandlers() throws IOException, InterruptedException {
        start(Firmware.build("faults", folder));
        assertThat(choose("busFault")).allMatch(Breakpoint::isVerified);
        StoppedEventArguments stop = client.resume();
        assertThat(stop.getHitBreakpointIds()).hasSize(1);
        assertThat(function()).isEqualTo("peek");
        assertThat(client.evaluate("handled", "watch").getResult()).isEqualTo("1");
        // Nothing comes after a fault that nobody handles: it stops although it was not chosen.
        client.resume();
        assertThat(info().getExceptionId()).isEqualTo("secureFault");
    }

    @Test
    void aConditionChoosesOneOfSeveralFaults() throws IOException, InterruptedException {
        start(Firmware.build("faults", folder));
        choose("usageFault=handled == 3");
        client.resume();
        assertThat(function()).isEqualTo("divide");
        assertThat(client.evaluate("a", "watch").getResult()).isEqualTo("8");
    }

    @Test
    void aStackThatGoesBelowItsLimitIsAFilterOfItsOwn() throws IOException, InterruptedException {
        start(Firmware.build("overflow", folder));
        choose("stackOverflow");
        client.resume();
        assertThat(info().getExceptionId()).isEqualTo("stackOverflow");
        assertThat(info().getDescription()).contains("STKOF");
        assertThat(function()).isEqualTo("deeper");
    }

    @Test
    void aWrongFilterOrConditionIsNotVerifiedAndSaysWhy() {
        start(Samples.elf("config-fetch"));
        List<Breakpoint> answers =
                choose("nothing", "busFault=1 +", "mv.callFailed=mvOpenChanel", "lockup=1");
        assertThat(answers.get(0).getMessage()).contains("no filter 'nothing'");
        assertThat(answers.get(1).getMessage()).contains("condition '1 +'");
        assertThat(answers.get(2).getMessage()).contains("mvOpenChanel");
        assertThat(answers.stream().map(Breakpoint::isVerified))
                .containsExactly(false, false, false, true);
    }

    @Test
    void aPostedNotificationStopsForwardsAndBackwards() {
        start(Samples.elf("config-fetch"));
        choose("mv.notification=MV_EVENTTYPE_CHANNELDATAREADABLE");
        StoppedEventArguments stop = client.resume();
        assertThat(stop.getReason()).isEqualTo("exception");
        assertThat(stop.getDescription())
                .contains("Notification posted")
                .contains("MV_EVENTTYPE_CHANNELDATAREADABLE");
        String time = time();
        assertThat(info().getExceptionId()).isEqualTo("mv.notification");
        choose("mv.call=mvReadConfigFetchResponseData", "mv.notification");
        assertThat(client.resume().getDescription()).contains("mvReadConfigFetchResponseData");
        assertThat(client.reverseContinue().getDescription()).contains("Notification posted");
        assertThat(time()).isEqualTo(time);
        assertThat(client.resume().getDescription()).contains("mvReadConfigFetchResponseData");
    }

    @Test
    void aFailingSystemCallStopsByTheNameOfItsStatus() {
        start(Samples.elf("mistakes"));
        choose("mv.callFailed=MV_STATUS_INVALIDBUFFERSIZE");
        StoppedEventArguments stop = client.resume();
        assertThat(stop.getReason()).isEqualTo("exception");
        assertThat(stop.getDescription())
                .contains("mvSetupNotifications")
                .contains("buffer_size=4")
                .contains("MV_STATUS_INVALIDBUFFERSIZE");
        assertThat(info().getExceptionId()).isEqualTo("mv.callFailed");
    }

    @Test
    void aFailingSystemCallStopsByTheNameOfTheCall() {
        start(Samples.elf("mistakes"));
        choose("mv.callFailed=mvRequestNetwork|mvOpenChannel");
        assertThat(client.resume().getDescription()).contains("mvRequestNetwork");
        assertThat(client.resume().getDescription()).contains("mvOpenChannel");
    }

    @Test
    void aStatusThatIsExpectedIsPassed() {
        start(Samples.elf("mistakes"));
        choose("mv.callFailed=!MV_STATUS_UNAVAILABLE !mvGetWallTime");
        assertThat(client.resume().getDescription())
                .contains("mvSetupNotifications")
                .contains("irq=65535");
    }
}
