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
                    new BadPointer(),
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
                    new LengthExceedsBuffer(),
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
                    new ReopenWithoutBackoff(),
                    new RequestBodyOverflow(),
                    new RequestTooLarge(),
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
                    new StatusTestInverted(),
                    new SuppressionWithoutReason(),
                    new SyscallInAssert(),
                    new SyscallInIsr(),
                    new TaintedFormatString(),
                    new TaskFunctionReturns(),
                    new TextNotAccepted(),
                    new TimeoutRange(),
                    new TransientErrorFatal(),
                    new UnboundedRetry(),
                    new UnboundedRetryRecursion(),
                    new UnboundedWait(),
                    new UncheckedStatus(),
                    new UninitOutParam(),
                    new UnmatchedSuppression(),
                    new UnusedSuppression(),
                    new ValueOutOfRange(),
                    new VlaResponseSize(),
                    new WaitAfterFailedRequest());

    private Rules() {}

    /** All rules, by id. */
    public static List<Rule> all() {
        return ALL;
    }

    /** The rule with this id or alias. */
    public static Optional<Rule> find(String name) {
        return ALL.stream()
                .filter(r -> r.info().id().equals(name) || r.info().aliases().contains(name))
                .findFirst();
    }

    /** The id of the rule that a name means; the name itself when there is no such rule. */
    public static String idOf(String name) {
        return find(name).map(r -> r.info().id()).orElse(name);
    }

    /**
     * The Markdown page of a rule: the same text on the terminal, on hover and in SARIF. What edits
     * the rule offers is said from its {@link RuleInfo}, in one place.
     */
    public static String page(String id) {
        String written = read(idOf(id));
        Optional<RuleInfo> info = find(id).map(Rule::info);
        String page = open(written, "How to fix", info.map(i -> i.fixing().sentence()).orElse(""));
        List<String> aliases = info.map(RuleInfo::aliases).orElse(List.of());
        return open(
                page,
                "When to allow",
                aliases.isEmpty()
                        ? ""
                        : "The rule may also be named `" + String.join("`, `", aliases) + "`.");
    }

    /** Begins a section with a sentence. */
    private static String open(String page, String heading, String sentence) {
        return sentence.isEmpty()
                ? page
                : page.replaceFirst(
                        "(?m)^## " + heading + "\n",
                        "$0\n" + Matcher.quoteReplacement(sentence) + "\n");
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
