package dev.microvisor.analysis.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** The list of all rules. */
public final class Rules {
    private static final List<Rule> ALL =
            List.of(
                    new BufferAlignment(),
                    new BufferLifetime(),
                    new BufferSharedByChannels(),
                    new BufferSize(),
                    new ChannelClosureUnhandled(),
                    new ChannelLeak(),
                    new ChannelLimit(),
                    new ChannelReuse(),
                    new ChannelTypeMismatch(),
                    new ChannelclosedNotRecovered(),
                    new CloseBeforeResponse(),
                    new ConfigValueOverflow(),
                    new DeprecatedApi(),
                    new DeprecatedChannelType(),
                    new DeviceIdSize(),
                    new DoubleInit(),
                    new EmptyRequestUrl(),
                    new ErrorEventUnhandled(),
                    new ErrorPathSilent(),
                    new EventTypeUnchecked(),
                    new HandleUseAfterClose(),
                    new HandleZeroedWithoutClose(),
                    new HeadersCountMismatch(),
                    new IgnoredWrapperResult(),
                    new InitFailureRecursion(),
                    new InvalidHandleUse(),
                    new IrqFast(),
                    new IrqNotEnabled(),
                    new IrqReused(),
                    new IsrCLinkage(),
                    new IsrFlagNotVolatile(),
                    new IsrFlagRace(),
                    new IsrFlagSticky(),
                    new IsrIrqMismatch(),
                    new IsrPriority(),
                    new LogBeforeInit(),
                    new LogLengthMismatch(),
                    new MqttAckMissing(),
                    new NotificationBufferAlignment(),
                    new NotificationBufferNotVolatile(),
                    new NotificationBufferSize(),
                    new NotificationClearOnCopy(),
                    new NotificationIndexBound(),
                    new NotificationIndexStuck(),
                    new NotificationNotCleared(),
                    new NotificationRingNotWalked(),
                    new NotificationSingleDrain(),
                    new ParamsVersion(),
                    new ReceiveBufferTooSmall(),
                    new ResponseStringNoNul(),
                    new ResponseTaintedCopy(),
                    new ResultUnchecked(),
                    new SecretLogged(),
                    new SendBufferWrite(),
                    new ShadowedTimeout(),
                    new SharedLogBufferRace(),
                    new SizeInElementsNotBytes(),
                    new StaleHandleAfterFailedClose(),
                    new StatusNeverRead(),
                    new StatusOnlyAsserted(),
                    new SuppressionWithoutReason(),
                    new SyscallInAssert(),
                    new SyscallInIsr(),
                    new TaintedFormatString(),
                    new TaskFunctionReturns(),
                    new TimeoutRange(),
                    new TransientErrorFatal(),
                    new UnboundedRetry(),
                    new UnboundedRetryRecursion(),
                    new UnboundedWait(),
                    new UncheckedStatus(),
                    new UninitOutParam(),
                    new UnusedSuppression(),
                    new WaitAfterFailedRequest());

    private Rules() {}

    /** All rules, by id. */
    public static List<Rule> all() {
        return ALL;
    }

    public static Optional<Rule> find(String id) {
        return ALL.stream().filter(r -> r.info().id().equals(id)).findFirst();
    }

    /**
     * The Markdown page of a rule: the same text on the terminal, on hover and in SARIF. What edits
     * the rule offers is said from its {@link RuleInfo}, in one place.
     */
    public static String page(String id) {
        String written = read(id);
        String sentence = find(id).map(r -> r.info().fixing().sentence()).orElse("");
        return sentence.isEmpty()
                ? written
                : written.replaceFirst(
                        "(?m)^## How to fix\n", "$0\n" + Matcher.quoteReplacement(sentence) + "\n");
    }

    private static String read(String id) {
        try (InputStream in =
                Rules.class.getResourceAsStream("/dev/microvisor/analysis/rules/" + id + ".md")) {
            if (in == null) {
                throw new IllegalArgumentException("no page for rule " + id);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page of " + id, e);
        }
    }
}
