package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Engine;
import dev.microvisor.analysis.engine.FunctionExit;
import dev.microvisor.analysis.engine.Halt;
import dev.microvisor.analysis.engine.HandleUse;
import dev.microvisor.analysis.engine.Listener;
import dev.microvisor.analysis.engine.ReadSite;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.WriteSite;
import dev.microvisor.analysis.frontend.SourceText;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks rules about a program. */
public final class RuleRun {
    private RuleRun() {}

    /** Runs the engine once and all rules on it. */
    public static Check run(
            List<? extends Rule> rules,
            Catalog catalog,
            Program program,
            java.util.function.Function<Path, Optional<SourceText>> sources,
            CancelToken cancel) {
        Engine engine = new Engine(catalog, program, cancel);
        Check check = new Check(catalog, program, engine.facts(), sources);
        engine.run(new Asking(rules, check));
        for (Function function : program.functions()) {
            cancel.throwIfCancelled();
            rules.forEach(r -> r.checkFunction(function, check));
        }
        rules.forEach(r -> r.checkProgram(check));
        return check;
    }

    /** Passes each question on to all rules. */
    private record Asking(List<? extends Rule> rules, Check check) implements Listener {
        @Override
        public void call(CallSite site) {
            rules.forEach(r -> r.onCall(site, check));
        }

        @Override
        public void callInContext(CallSite site) {
            check.inContext(site.function());
            rules.forEach(r -> r.onCallInContext(site, check));
            check.inContext(null);
        }

        @Override
        public void handleUse(HandleUse use) {
            rules.forEach(r -> r.onHandleUse(use, check));
        }

        @Override
        public void unsetRead(ReadSite site) {
            rules.forEach(r -> r.onUnsetRead(site, check));
        }

        @Override
        public void store(StoreSite site) {
            rules.forEach(r -> r.onStore(site, check));
        }

        @Override
        public void storeInContext(StoreSite site) {
            check.inContext(site.function());
            rules.forEach(r -> r.onStoreInContext(site, check));
            check.inContext(null);
        }

        @Override
        public void write(WriteSite site) {
            rules.forEach(r -> r.onWrite(site, check));
        }

        @Override
        public void halt(Halt halt) {
            rules.forEach(r -> r.onHalt(halt, check));
        }

        @Override
        public void functionEnd(FunctionExit exit) {
            rules.forEach(r -> r.onFunctionEnd(exit.function(), exit.state(), check));
            rules.forEach(r -> r.onReturn(exit, check));
        }
    }
}
