package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.debug.Capabilities;
import org.junit.jupiter.api.Test;

/**
 * What the adapter announces it can do: each has a transcript, and what is missing has a reason.
 */
class CapabilityListTest {
    /** Capability, then the test whose session shows it. */
    private static final String TRANSCRIPTS =
            """
            SupportsConfigurationDoneRequest ConfigFetchSessionTest.launchStopsInMainWithItsSource
            SupportsEvaluateForHovers ConfigFetchSessionTest.expressionsAreEvaluatedAndOnlyTheConsoleAssigns
            SupportsSteppingGranularity CapabilitySessionTest.oneInstructionForwardsAndBackIsTheSamePlace
            SupportsTerminateRequest CapabilitySessionTest.terminatingEndsTheSession
            SupportTerminateDebuggee CapabilitySessionTest.terminatingEndsTheSession
            SupportSuspendDebuggee AttachedSessionTest.whatOneClientLeavesStandingTheNextGoesOnWith
            SupportsRestartRequest ConfigFetchSessionTest.restartBeginsAgainAtOnce
            SupportsFunctionBreakpoints ConfigFetchSessionTest.functionBreakpointsTakeFunctionsAndSystemCalls
            SupportsConditionalBreakpoints ConfigFetchSessionTest.conditionsHitCountsAndLogPointsAreEvaluatedInTheFrame
            SupportsHitConditionalBreakpoints ConfigFetchSessionTest.conditionsHitCountsAndLogPointsAreEvaluatedInTheFrame
            SupportsLogPoints ConfigFetchSessionTest.conditionsHitCountsAndLogPointsAreEvaluatedInTheFrame
            SupportsInstructionBreakpoints CapabilitySessionTest.anInstructionBreakpointStopsAtItsAddress
            SupportsBreakpointLocationsRequest CapabilitySessionTest.breakpointLocationsAreTheLinesWithCode
            SupportsDataBreakpoints ConfigFetchSessionTest.aDataBreakpointStopsWhereTheVariableIsWritten
            SupportsDataBreakpointBytes CapabilitySessionTest.anyNumberOfBytesAtAnAddressIsWatched
            SupportsSetVariable ConfigFetchSessionTest.setVariableChangesTheFirmware
            SupportsSetExpression CapabilitySessionTest.anExpressionGetsANewValue
            SupportsReadMemoryRequest ConfigFetchSessionTest.memoryIsReadAndWritten
            SupportsWriteMemoryRequest ConfigFetchSessionTest.memoryIsReadAndWritten
            SupportsStepBack ConfigFetchSessionTest.stepBackGoesToThePreviousLineOverItsCallsAndOutToTheCaller
            SupportsExceptionInfoRequest ExceptionFilterSessionTest.eachFaultStopsWhereItHappensAndIsDecodedInWords
            SupportsExceptionFilterOptions ExceptionFilterSessionTest.aConditionChoosesOneOfSeveralFaults
            ExceptionBreakpointFilters ExceptionFilterSessionTest.faultsThatAreNotChosenAreLeftToTheirHandlers
            SupportsModulesRequest CapabilitySessionTest.theModuleAndItsSourcesAreListed
            SupportsLoadedSourcesRequest CapabilitySessionTest.theModuleAndItsSourcesAreListed
            SupportsCompletionsRequest ConsoleSessionTest.commandsAndTheirArgumentsAreCompleted
            CompletionTriggerCharacters ConsoleSessionTest.commandsAndTheirArgumentsAreCompleted
            SupportsDelayedStackTraceLoading CapabilitySessionTest.framesComeInPages
            SupportsValueFormattingOptions CapabilitySessionTest.numbersAreWrittenInHexadecimalWhereAskedForAndArraysComeInPages
            SupportsDisassembleRequest CodeSessionTest.disassemblyHasSourceAndGoesBeforeThePresentInstruction
            SupportsGotoTargetsRequest CodeSessionTest.goingToALineMovesTheProgramCounterWithinTheFunction
            SupportsStepInTargetsRequest CodeSessionTest.aChosenCallOfALineIsSteppedInto
            SupportsRestartFrame CodeSessionTest.aChosenCallOfALineIsSteppedInto
            SupportsCancelRequest PresentationSessionTest.aSearchBackTellsHowFarItIsAndIsCancelled
            SupportsClipboardContext PresentationSessionTest.aValueIsCopiedInFull
            SupportsANSIStyling PresentationSessionTest.failingCallsAreRedWhereTheClientShowsColours
            SupportedChecksumAlgorithms SourcesSessionTest.aSourceThatIsNotTheOneOfTheBuildIsToldByItsChecksum
            """;

    /** Why the rest of the protocol's list is not announced. */
    private static final Map<String, String> NOT_ANNOUNCED =
            Map.of(
                    "SupportsExceptionOptions", "filters with conditions do the same",
                    "SupportsTerminateThreadsRequest", "the firmware's tasks are its own",
                    "SupportsSingleThreadExecutionRequests", "there is one core",
                    "BreakpointModes", "all breakpoints are alike",
                    "AdditionalModuleColumns", "there is one module");

    private static Set<String> announced() throws IOException, ReflectiveOperationException {
        Set<String> names = new TreeSet<>();
        try (DapClient client = new DapClient()) {
            Capabilities capabilities = client.initialize();
            for (Method method : Capabilities.class.getMethods()) {
                if (method.getName().startsWith("getSupport")
                        || method.getName().matches("get(Exception|Completion|Break|Addit).*")) {
                    Object value = method.invoke(capabilities);
                    if (value != null && !Boolean.FALSE.equals(value)) {
                        names.add(method.getName().substring("get".length()));
                    }
                }
            }
        }
        return names;
    }

    private static Map<String, String> transcripts() {
        return TRANSCRIPTS
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(p -> p[0], p -> p[1], (a, b) -> a, TreeMap::new));
    }

    @Test
    void eachAnnouncedCapabilityHasATranscript() throws IOException, ReflectiveOperationException {
        assertThat(transcripts().keySet()).isEqualTo(announced());
        for (String transcript : transcripts().values()) {
            String[] parts = transcript.split("\\.");
            Class<?> type = Class.forName("dev.microvisor.dap." + parts[0]);
            assertThat(type.getDeclaredMethods())
                    .as(transcript)
                    .anyMatch(
                            m -> m.getName().equals(parts[1]) && m.isAnnotationPresent(Test.class));
        }
    }

    @Test
    void whatIsNotAnnouncedHasAReason() throws IOException, ReflectiveOperationException {
        Set<String> all =
                Arrays.stream(Capabilities.class.getMethods())
                        .map(Method::getName)
                        .filter(n -> n.startsWith("get") && !n.equals("getClass"))
                        .map(n -> n.substring("get".length()))
                        .collect(Collectors.toCollection(TreeSet::new));
        all.removeAll(announced());
        assertThat(NOT_ANNOUNCED.keySet()).containsExactlyInAnyOrderElementsOf(all);
    }
}
