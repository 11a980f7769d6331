package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTASMDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTBreakStatement;
import org.eclipse.cdt.core.dom.ast.IASTCaseStatement;
import org.eclipse.cdt.core.dom.ast.IASTCompoundStatement;
import org.eclipse.cdt.core.dom.ast.IASTContinueStatement;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarationStatement;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTDefaultStatement;
import org.eclipse.cdt.core.dom.ast.IASTDoStatement;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionStatement;
import org.eclipse.cdt.core.dom.ast.IASTForStatement;
import org.eclipse.cdt.core.dom.ast.IASTGotoStatement;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTIfStatement;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTLabelStatement;
import org.eclipse.cdt.core.dom.ast.IASTNamedTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTProblemDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTProblemStatement;
import org.eclipse.cdt.core.dom.ast.IASTReturnStatement;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTStatement;
import org.eclipse.cdt.core.dom.ast.IASTSwitchStatement;
import org.eclipse.cdt.core.dom.ast.IASTWhileStatement;
import org.eclipse.cdt.core.dom.ast.IProblemBinding;
import org.eclipse.cdt.core.dom.ast.IVariable;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTCatchHandler;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTIfStatement;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTRangeBasedForStatement;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTTryBlockStatement;

/** Lowers the statements of one function into its graph. */
final class Statements {
    /** Nesting of statements; generated code goes deeper than people do. */
    private static final int MAX_DEPTH = 250;

    private final Lowering lowering;
    private final Graph graph;
    private final Declarations declarations;
    private final Scopes scopes;
    private int depth;

    Statements(Lowering lowering, Graph graph) {
        this.lowering = lowering;
        this.graph = graph;
        this.scopes = new Scopes(lowering);
        this.declarations = new Declarations(lowering, graph, scopes);
    }

    Scopes scopes() {
        return scopes;
    }

    void lower(IASTStatement s) {
        if (s == null || depth >= MAX_DEPTH) {
            return;
        }
        depth++;
        try {
            dispatch(s);
        } finally {
            depth--;
        }
    }

    private void dispatch(IASTStatement s) {
        if (s instanceof IASTCompoundStatement compound) {
            block(compound);
        } else if (s instanceof IASTExpressionStatement expression) {
            if (expression.getExpression() != null) {
                evaluate(expression.getExpression());
            }
        } else if (s instanceof IASTDeclarationStatement declaration) {
            declaration(declaration.getDeclaration());
        } else if (s instanceof IASTIfStatement choice) {
            ifStatement(choice);
        } else if (s instanceof IASTWhileStatement loop) {
            whileLoop(loop);
        } else if (s instanceof IASTDoStatement loop) {
            doLoop(loop);
        } else if (s instanceof IASTForStatement loop) {
            forLoop(loop);
        } else if (s instanceof ICPPASTRangeBasedForStatement loop) {
            rangeLoop(loop);
        } else if (s instanceof IASTReturnStatement ret) {
            returnStatement(ret);
        } else if (s instanceof IASTSwitchStatement choice) {
            switchStatement(choice);
        } else if (s instanceof IASTCaseStatement label) {
            caseLabel(label);
        } else if (s instanceof IASTDefaultStatement) {
            Block block = graph.newBlock();
            graph.fallInto(block);
            graph.setDefault(block);
        } else if (s instanceof IASTBreakStatement) {
            scopes.onBreak(lowering.places().range(s));
            jump(graph.breakTarget());
        } else if (s instanceof IASTContinueStatement) {
            scopes.onContinue(lowering.places().range(s));
            jump(graph.continueTarget());
        } else if (s instanceof IASTGotoStatement to) {
            scopes.onGoto(lowering.places().range(s));
            jump(graph.label(to.getName().toString()));
        } else if (s instanceof IASTLabelStatement label) {
            graph.fallInto(graph.label(label.getName().toString()));
            lower(label.getNestedStatement());
        } else if (s instanceof ICPPASTTryBlockStatement tried) {
            tryBlock(tried);
        } else if (s instanceof IASTProblemStatement) {
            unread(s);
        }
    }

    private void block(IASTCompoundStatement s) {
        scopes.enter();
        IASTStatement[] parts = s.getStatements();
        for (IASTStatement part : parts) {
            lower(part);
        }
        boolean reached = parts.length == 0 || !isJump(parts[parts.length - 1]);
        scopes.leave(lowering.places().range(s).closing(), reached);
    }

    private static boolean isJump(IASTStatement s) {
        return s instanceof IASTReturnStatement
                || s instanceof IASTBreakStatement
                || s instanceof IASTContinueStatement
                || s instanceof IASTGotoStatement;
    }

    /** Whoever looks on must know that something was here. */
    private void unread(IASTNode text) {
        graph.emit(new Instr.Unread(lowering.places().range(text)));
    }

    private void jump(Block target) {
        graph.end(target == null ? new Block.Exit.Stop() : new Block.Exit.Goto(target));
    }

    private void evaluate(IASTExpression e) {
        Expr value = lowering.expression(e, Lowering.Want.NOTHING);
        boolean called =
                value instanceof Expr.Temp
                        || (value instanceof Expr.Deref d && d.pointer() instanceof Expr.Temp);
        if (!called && !(value instanceof Expr.Num) && !isStored(value)) {
            graph.emit(new Instr.Eval(lowering.places().range(e), value));
        }
    }

    /** An assignment is an expression, too: its value is the place just stored to. */
    private boolean isStored(Expr value) {
        List<Instr> before = graph.current().instructions();
        return !before.isEmpty()
                && before.get(before.size() - 1) instanceof Instr.Store store
                && store.place().equals(value);
    }

    /** The value of a GNU statement expression: that of its last statement. */
    Expr valueOf(IASTCompoundStatement block) {
        IASTStatement[] parts = block.getStatements();
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i] instanceof IASTExpressionStatement last) {
                return lowering.expression(last.getExpression());
            }
            lower(parts[i]);
        }
        return new Expr.Opaque(lowering.places().range(block), CType.VOID, List.of());
    }

    void declaration(IASTDeclaration declaration) {
        if (declaration instanceof IASTASMDeclaration asm) {
            graph.emit(new Instr.Asm(lowering.places().range(declaration), asm.getAssembly()));
        } else if (declaration instanceof IASTProblemDeclaration) {
            unread(declaration);
        } else if (declaration instanceof IASTSimpleDeclaration simple && isCall(simple)) {
            if (!lowering.calls().withDeviceNumber(simple)) {
                unread(declaration);
            }
        } else if (declaration instanceof IASTSimpleDeclaration simple) {
            for (IASTDeclarator declarator : simple.getDeclarators()) {
                declarations.lower(declarator);
            }
        }
    }

    /** {@code name(argument);} reads as a declaration while the header with the name is missing. */
    private static boolean isCall(IASTSimpleDeclaration simple) {
        return simple.getDeclSpecifier() instanceof IASTNamedTypeSpecifier type
                && type.getName().resolveBinding() instanceof IProblemBinding
                && simple.getDeclarators().length == 1
                && simple.getDeclarators()[0].getNestedDeclarator() != null;
    }

    private void ifStatement(IASTIfStatement s) {
        scopes.enter();
        choice(s);
        scopes.leave(lowering.places().range(s).closing(), true);
    }

    private void choice(IASTIfStatement s) {
        if (s instanceof ICPPASTIfStatement cpp && cpp.getInitializerStatement() != null) {
            lower(cpp.getInitializerStatement());
        }
        Block yes = graph.newBlock();
        Block no = graph.newBlock();
        Block join = s.getElseClause() == null ? no : graph.newBlock();
        if (s.getConditionExpression() != null) {
            lowering.conditions().branch(s.getConditionExpression(), yes, no);
        } else if (s instanceof ICPPASTIfStatement cpp && cpp.getConditionDeclaration() != null) {
            declaration(cpp.getConditionDeclaration());
            graph.current()
                    .exit(new Block.Exit.Branch(declared(cpp.getConditionDeclaration()), yes, no));
        } else {
            graph.current().exit(new Block.Exit.Goto(yes));
        }
        graph.enter(yes);
        lower(s.getThenClause());
        graph.fallInto(join);
        if (s.getElseClause() != null) {
            graph.enter(no);
            lower(s.getElseClause());
            graph.fallInto(join);
        }
    }

    /** What a condition that declares a variable tests: the variable. */
    private Expr declared(IASTDeclaration declaration) {
        SourceRange range = lowering.places().range(declaration);
        if (declaration instanceof IASTSimpleDeclaration simple
                && simple.getDeclarators().length == 1
                && simple.getDeclarators()[0].getName().resolveBinding() instanceof IVariable v
                && !CppObjects.isConstructed(v.getType())) {
            return new Expr.Var(range, lowering.symbols().variable(v));
        }
        return new Expr.Opaque(range, CType.BOOL, List.of());
    }

    private void whileLoop(IASTWhileStatement s) {
        Block exit = graph.newBlock();
        Block head = graph.newBlock();
        Block body = graph.newBlock();
        graph.fallInto(head);
        if (s.getCondition() == null) {
            graph.current().exit(new Block.Exit.Goto(body));
        } else {
            lowering.conditions().branch(s.getCondition(), body, exit);
        }
        loopBody(s, s.getBody(), head, body, exit, head);
    }

    private void loopBody(
            IASTStatement whole,
            IASTStatement inner,
            Block head,
            Block body,
            Block exit,
            Block next) {
        graph.enter(body);
        graph.pushLoop(exit, next);
        scopes.pushLoop();
        lower(inner);
        scopes.popLoop();
        graph.popLoop();
        graph.current().exit(new Block.Exit.Goto(next));
        if (next == head) {
            graph.loop(lowering.places().range(whole), head, exit, head.id());
        }
        graph.enter(exit);
    }

    private void doLoop(IASTDoStatement s) {
        Block exit = graph.newBlock();
        Block head = graph.newBlock();
        Block test = graph.newBlock();
        graph.fallInto(head);
        graph.pushLoop(exit, test);
        scopes.pushLoop();
        lower(s.getBody());
        scopes.popLoop();
        graph.popLoop();
        graph.fallInto(test);
        lowering.conditions().branch(s.getCondition(), head, exit);
        Long constant = lowering.constant(s.getCondition());
        if (constant == null || constant != 0) {
            // do { } while (0) of a macro is no loop.
            graph.loop(lowering.places().range(s), head, exit, head.id());
        }
        graph.enter(exit);
    }

    private void forLoop(IASTForStatement s) {
        lower(s.getInitializerStatement());
        Block exit = graph.newBlock();
        Block head = graph.newBlock();
        Block body = graph.newBlock();
        Block step = graph.newBlock();
        graph.fallInto(head);
        if (s.getConditionExpression() == null) {
            graph.current().exit(new Block.Exit.Goto(body));
        } else {
            lowering.conditions().branch(s.getConditionExpression(), body, exit);
        }
        loopBody(s, s.getBody(), head, body, exit, step);
        graph.enter(step);
        if (s.getIterationExpression() != null) {
            evaluate(s.getIterationExpression());
        }
        graph.current().exit(new Block.Exit.Goto(head));
        graph.loop(lowering.places().range(s), head, exit, head.id());
        graph.enter(exit);
    }

    private void rangeLoop(ICPPASTRangeBasedForStatement s) {
        Optional<Expr> all =
                s.getInitializerClause() instanceof IASTExpression range
                        ? Optional.of(lowering.expression(range))
                        : Optional.empty();
        Block exit = graph.newBlock();
        Block head = graph.newBlock();
        Block body = graph.newBlock();
        graph.fallInto(head);
        graph.current()
                .exit(
                        new Block.Exit.Branch(
                                new Expr.Opaque(lowering.places().range(s), CType.BOOL, List.of()),
                                body,
                                exit));
        graph.enter(body);
        declaration(s.getDeclaration());
        all.ifPresent(range -> element(s, range));
        loopBody(s, s.getBody(), head, graph.current(), exit, head);
    }

    /** Each round's variable is an element, or refers to one. */
    private void element(ICPPASTRangeBasedForStatement s, Expr all) {
        SourceRange range = lowering.places().range(s.getDeclaration());
        if (s.getDeclaration() instanceof IASTSimpleDeclaration simple
                && simple.getDeclarators().length == 1
                && simple.getDeclarators()[0].getName().resolveBinding() instanceof IVariable v) {
            Variable variable = lowering.symbols().variable(v);
            Expr any = new Expr.Opaque(range, CType.INT, List.of());
            Expr element =
                    all.type().isArray()
                            ? new Expr.Index(
                                    all.range(),
                                    all.type().target().orElse(CType.UNKNOWN),
                                    all,
                                    any)
                            : new Expr.Opaque(all.range(), CType.UNKNOWN, List.of(all));
            Expr place = new Expr.Var(range, variable);
            graph.emit(
                    new Instr.Store(
                            range, place, Declarations.bind(element, variable.type()), true, ""));
        }
    }

    private void returnStatement(IASTReturnStatement s) {
        Optional<Expr> value = Optional.empty();
        if (s.getReturnValue() != null) {
            CType type = Lists.returned(lowering, s);
            value = Optional.of(Lists.value(lowering, s.getReturnValue(), type));
        } else if (s.getReturnArgument() instanceof IASTInitializerList list) {
            CType type = Lists.returned(lowering, s);
            value = Optional.of(Initializers.flatten(lowering, list, type));
        }
        SourceRange range = lowering.places().range(s);
        if (!scopes.isEmpty()) {
            value = value.map(v -> kept(v, range));
            scopes.onReturn(range, returned(s));
        }
        graph.end(new Block.Exit.Return(range, value));
    }

    /** What is returned is made before the objects of the function end. */
    private Expr kept(Expr value, SourceRange range) {
        boolean stays =
                value instanceof Expr.Temp
                        || value instanceof Expr.Num
                        || value instanceof Expr.Aggregate
                        || (value instanceof Expr.Var v && v.variable().isAutomatic());
        if (stays) {
            return value;
        }
        Expr.Temp temp = graph.newTemp(range, value.type());
        graph.emit(new Instr.Store(range, temp, value, false, ""));
        return temp;
    }

    private Variable returned(IASTReturnStatement s) {
        return s.getReturnValue() instanceof IASTIdExpression id
                        && id.getName().resolveBinding() instanceof IVariable v
                ? lowering.symbols().variable(v)
                : null;
    }

    private void switchStatement(IASTSwitchStatement s) {
        Expr value = lowering.expression(s.getControllerExpression());
        Block start = graph.current();
        Block exit = graph.newBlock();
        graph.enter(graph.newBlock());
        graph.pushSwitch(exit);
        scopes.pushSwitch();
        List<Block.Exit.Case> cases = graph.cases();
        lower(s.getBody());
        scopes.popSwitch();
        graph.fallInto(exit);
        Block otherwise = graph.popSwitch();
        start.exit(
                new Block.Exit.Switch(
                        value, cases, otherwise == null ? exit : otherwise, otherwise != null));
    }

    private void caseLabel(IASTCaseStatement s) {
        Block block = graph.newBlock();
        graph.fallInto(block);
        List<Block.Exit.Case> cases = graph.cases();
        if (cases == null) {
            return;
        }
        IASTExpression expression = s.getExpression();
        Long low;
        Long high;
        if (expression instanceof IASTBinaryExpression range
                && range.getOperator() == IASTBinaryExpression.op_ellipses) {
            low = lowering.constant(range.getOperand1());
            high = lowering.constant(range.getOperand2());
        } else {
            low = lowering.constant(expression);
            high = low;
        }
        SourceRange where = lowering.places().range(s);
        cases.add(
                low == null || high == null
                        ? new Block.Exit.Case(Long.MIN_VALUE, Long.MAX_VALUE, block, where)
                        : new Block.Exit.Case(low, high, block, where));
    }

    private void tryBlock(ICPPASTTryBlockStatement s) {
        Block body = graph.newBlock();
        Block join = graph.newBlock();
        for (ICPPASTCatchHandler handler : s.getCatchHandlers()) {
            Block caught = graph.newBlock();
            Block next = graph.newBlock();
            SourceRange range = lowering.places().range((IASTNode) handler);
            graph.current()
                    .exit(
                            new Block.Exit.Branch(
                                    new Expr.Opaque(range, CType.BOOL, List.of()), caught, next));
            graph.enter(caught);
            lower(handler.getCatchBody());
            graph.fallInto(join);
            graph.enter(next);
        }
        graph.fallInto(body);
        lower(s.getTryBody());
        graph.fallInto(join);
    }
}
