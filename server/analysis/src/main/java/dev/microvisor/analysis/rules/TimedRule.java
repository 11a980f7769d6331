package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.Halt;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.ReadSite;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.WriteSite;
import dev.microvisor.analysis.ir.Function;

/** A rule with a clock: how long it takes to answer, all questions together. For one thread. */
public final class TimedRule implements Rule {
    private final Rule rule;
    private long nanoseconds;

    public TimedRule(Rule rule) {
        this.rule = rule;
    }

    public long nanoseconds() {
        return nanoseconds;
    }

    private void time(Runnable question) {
        long start = System.nanoTime();
        question.run();
        nanoseconds += System.nanoTime() - start;
    }

    @Override
    public RuleInfo info() {
        return rule.info();
    }

    @Override
    public void checkFunction(Function function, Check check) {
        time(() -> rule.checkFunction(function, check));
    }

    @Override
    public void onCall(CallSite site, Check check) {
        time(() -> rule.onCall(site, check));
    }

    @Override
    public void onCallInContext(CallSite site, Check check) {
        time(() -> rule.onCallInContext(site, check));
    }

    @Override
    public void onHandleUse(HandleUse use, Check check) {
        time(() -> rule.onHandleUse(use, check));
    }

    @Override
    public void onUnsetRead(ReadSite site, Check check) {
        time(() -> rule.onUnsetRead(site, check));
    }

    @Override
    public void onStore(StoreSite site, Check check) {
        time(() -> rule.onStore(site, check));
    }

    @Override
    public void onStoreInContext(StoreSite site, Check check) {
        time(() -> rule.onStoreInContext(site, check));
    }

    @Override
    public void onWrite(WriteSite site, Check check) {
        time(() -> rule.onWrite(site, check));
    }

    @Override
    public void onHalt(Halt halt, Check check) {
        time(() -> rule.onHalt(halt, check));
    }

    @Override
    public void onFunctionEnd(Function function, State state, Check check) {
        time(() -> rule.onFunctionEnd(function, state, check));
    }

    @Override
    public void onReturn(FunctionExit exit, Check check) {
        time(() -> rule.onReturn(exit, check));
    }

    @Override
    public void checkProgram(Check check) {
        time(() -> rule.checkProgram(check));
    }
}
