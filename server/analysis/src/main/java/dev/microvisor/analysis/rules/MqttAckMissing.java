package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.stream.Stream;

/** Flags a program that receives MQTT messages with acknowledgement and sends none. */
public final class MqttAckMissing implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "mqtt-ack-missing",
                    Severity.WARNING,
                    RuleInfo.Tag.CONTROL_FLOW,
                    RuleInfo.Tag.WHOLE_PROGRAM);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        Doers receivers = check.doers(MqttAckMissing::receives);
        Doers acknowledgers = check.doers(MqttAckMissing::acknowledges);
        if (!check.program().isWhole()
                || !acknowledgers.direct().isEmpty()
                || !asksForAcknowledgement(check)) {
            return;
        }
        for (Function function : receivers.direct()) {
            function.calls()
                    .filter(receivers::is)
                    .forEach(
                            call ->
                                    check.report(
                                            Report.of(
                                                            INFO,
                                                            function.name(),
                                                            call.range(),
                                                            "messages are received and never"
                                                                    + " acknowledged")
                                                    .why(
                                                            "the program subscribes with a quality of service"
                                                                    + " above 0: the broker sends such a message"
                                                                    + " again until it is acknowledged")
                                                    .help(
                                                            "acknowledge each message whose qos is not 0, by"
                                                                    + " its correlation id")));
        }
    }

    /** A call that fills in a message with its quality of service. */
    private static boolean receives(SystemCall call) {
        return Effects.of(call, Effect.Writes.class).anyMatch(w -> w.place().endsWith(".qos"));
    }

    /** A call that sends back nothing but the number of a message. */
    private static boolean acknowledges(SystemCall call) {
        return call.parameters().size() == 2
                && call.parameter("correlation_id").filter(p -> !p.isPointer()).isPresent();
    }

    /** True when some subscription asks for a quality of service that is a constant above 0. */
    private static boolean asksForAcknowledgement(Check check) {
        Stream<Expr> globals =
                check.program().globals().stream()
                        .flatMap(v -> v.declaration().initializer().stream());
        Stream<Expr> stored =
                check.program().functions().stream()
                        .flatMap(Function::instructions)
                        .filter(Instr.Store.class::isInstance)
                        .map(i -> ((Instr.Store) i).value());
        boolean listed =
                Stream.concat(globals, stored)
                        .flatMap(Expr::walk)
                        .filter(Expr.Aggregate.class::isInstance)
                        .map(Expr.Aggregate.class::cast)
                        .filter(a -> hasMember(a.type(), "rap"))
                        .flatMap(a -> a.entries().stream())
                        .anyMatch(e -> e.path().endsWith("desired_qos") && isAboveZero(e.value()));
        return listed
                || check.program().functions().stream()
                        .flatMap(Function::instructions)
                        .anyMatch(
                                i ->
                                        i instanceof Instr.Store s
                                                && s.place() instanceof Expr.Field f
                                                && f.name().equals("desired_qos")
                                                && hasMember(f.base().type(), "rap")
                                                && isAboveZero(s.value()));
    }

    /** Only subscriptions have this member; publications have a quality of service as well. */
    private static boolean hasMember(CType type, String name) {
        CType element = type.isArray() ? type.target().orElse(type) : type;
        return element.struct().filter(t -> t.member(name).isPresent()).isPresent();
    }

    private static boolean isAboveZero(Expr value) {
        return value.uncast() instanceof Expr.Num n && n.value() > 0;
    }
}
