package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.CancelToken;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows every function of a program, callees first, and tells a {@link Listener} what happens.
 * Used once; not for several threads.
 */
public final class Engine {
    /**
     * {@link Value} and its records initialise each other. Two threads that came upon them from
     * both ends would wait for each other for ever; this lets one thread do it before any other
     * looks.
     */
    static final Value FIRST = Value.UNKNOWN;

    private final Catalog catalog;
    private final Program program;
    private final CancelToken cancel;
    private final Facts facts;
    private final Map<Function, Summary> summaries = new HashMap<>();
    private final Map<Function, List<Summary.Use>> uses = new HashMap<>();

    public Engine(Catalog catalog, Program program, CancelToken cancel) {
        this.catalog = catalog;
        this.program = program;
        this.cancel = cancel;
        this.facts = new Facts(program, new Vectors(catalog, program));
    }

    public Facts facts() {
        return facts;
    }

    public void run(Listener listener) {
        Evaluator evaluator =
                new Evaluator(
                        program, new Writes(program, catalog), new HandlerFlags(facts.graph()));
        List<Function> bottomUp = facts.graph().bottomUp();
        Contexts contexts = new Contexts(program, catalog, facts.graph(), bottomUp);
        Recorder recorder = new Recorder(listener, facts, contexts);
        Transfer transfer = new Transfer(catalog, program, evaluator, summaries, uses, recorder);
        for (Function function : bottomUp) {
            cancel.throwIfCancelled();
            evaluator.listen(
                    (e, place, value, state) ->
                            Recorder.unset(listener, function, e, place, value, state));
            evaluator.listenToRows((index, rows) -> contexts.row(function, index, rows));
            FunctionRun run = new FunctionRun(function, evaluator, transfer, recorder, cancel);
            List<FunctionRun.End> ends = run.run(new State());
            StatusResults.call(function, ends, catalog)
                    .ifPresent(
                            c -> facts.statusResult(function, c, StatusResults.outputs(c, ends)));
            if (ends.isEmpty() && !run.exhausted()) {
                facts.neverReturns(function);
            }
            if (!run.exhausted()) {
                Summary summary =
                        run.summary(new ArrayList<>(uses.getOrDefault(function, List.of())));
                summaries.put(function, summary);
                facts.asserts(function, summary);
            }
        }
        InContexts quiet = new InContexts(listener, contexts);
        evaluator.listen((e, place, value, state) -> {});
        evaluator.followPointers();
        Transfer again =
                new Transfer(catalog, program, evaluator, summaries, new HashMap<>(), quiet);
        for (int i = bottomUp.size() - 1; i >= 0; i--) {
            Function function = bottomUp.get(i);
            if (readsPointers(function)) {
                contexts.pointing(function);
            }
            evaluator.listenToRows((index, rows) -> contexts.row(function, index, rows));
            List<Contexts.Context> done = List.of();
            // Rows of tables are met on the way.
            for (int round = 0; round < 2; round++) {
                List<Contexts.Context> all = contexts.of(function);
                for (Contexts.Context context : all.subList(done.size(), all.size())) {
                    cancel.throwIfCancelled();
                    quiet.enter(context);
                    new FunctionRun(function, evaluator, again, quiet, cancel)
                            .run(context.start(function));
                }
                done = all;
                contexts.addRows(function);
            }
        }
    }

    /** True when the function reads a pointer that leads to one place in the whole program. */
    private boolean readsPointers(Function function) {
        return function.instructions()
                .flatMap(i -> i.expressions().stream())
                .flatMap(Expr::walk)
                .anyMatch(
                        e ->
                                (e instanceof Expr.Var v
                                                && v.variable().isStatic()
                                                && v.type().isPointer()
                                                && program.pointed(v.variable()).isPresent())
                                        || (e instanceof Expr.Field f
                                                && f.type().isPointer()
                                                && f.base()
                                                        .type()
                                                        .struct()
                                                        .flatMap(s -> s.member(f.name()))
                                                        .flatMap(program::pointed)
                                                        .isPresent()));
    }

    private Facts.SystemCallFact fact(CallSite site, SystemCall contract) {
        return new Facts.SystemCallFact(
                site.function(),
                site.call(),
                contract,
                ContractPlaces.read(site, contract, catalog));
    }

    /** Keeps what a function's system calls get from its callers; all else has been told. */
    private final class InContexts implements Listener {
        private final Listener to;
        private final Contexts contexts;
        private Contexts.Context current;

        InContexts(Listener to, Contexts contexts) {
            this.to = to;
            this.contexts = contexts;
        }

        void enter(Contexts.Context context) {
            current = context;
        }

        @Override
        public void call(CallSite site) {
            contexts.called(site);
            if (site.contract().isPresent()) {
                facts.addInContext(current, fact(site, site.contract().get()));
                to.callInContext(site);
            }
        }

        @Override
        public void store(StoreSite site) {
            to.storeInContext(site);
        }
    }

    /** Passes on what happens and keeps facts. */
    private final class Recorder implements Listener {
        private final Listener to;
        private final Facts kept;
        private final Contexts contexts;

        Recorder(Listener to, Facts kept, Contexts contexts) {
            this.to = to;
            this.kept = kept;
            this.contexts = contexts;
        }

        @Override
        public void call(CallSite site) {
            contexts.called(site);
            site.contract().ifPresent(contract -> kept.add(fact(site, contract)));
            to.call(site);
        }

        @Override
        public void handleUse(HandleUse use) {
            to.handleUse(use);
        }

        @Override
        public void store(StoreSite site) {
            to.store(site);
        }

        @Override
        public void write(WriteSite site) {
            to.write(site);
        }

        @Override
        public void halt(Halt halt) {
            to.halt(halt);
        }

        @Override
        public void functionEnd(FunctionExit exit) {
            to.functionEnd(exit);
        }

        private static void unset(
                Listener to,
                Function function,
                dev.microvisor.analysis.ir.Expr e,
                Place place,
                Value value,
                State state) {
            if (value instanceof Value.Unset unset && !unset.call().isEmpty()) {
                to.unsetRead(new ReadSite(function, e, place, unset, true, state));
            } else if (value instanceof Value.Pending p
                    && p.otherwise() instanceof Value.Unset unset
                    && !unset.call().isEmpty()
                    && !state.isTrusted(p.status())) {
                to.unsetRead(new ReadSite(function, e, place, unset, false, state));
            }
        }
    }
}
