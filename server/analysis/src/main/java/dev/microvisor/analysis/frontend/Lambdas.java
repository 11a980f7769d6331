package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.cdt.core.dom.ast.IVariable;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTLambdaExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTParameterDeclaration;
import org.eclipse.cdt.internal.core.dom.parser.ASTNode;

/**
 * Lowers lambdas: each is a function of its own. One without captures is worth its address, so that
 * a task or callback made of it is known; one with captures may read and write, whenever it is
 * called, what it captured.
 */
final class Lambdas {
    private static final String NAME = "lambda";

    private final Lowering lowering;
    private final List<Function> functions = new ArrayList<>();

    Lambdas(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The bodies lowered so far. */
    List<Function> functions() {
        return functions;
    }

    Expr lower(ICPPASTLambdaExpression e, Variable self) {
        SourceRange range = lowering.places().range(e);
        if (e.getBody() == null) {
            return new Expr.Opaque(range, CType.UNKNOWN, List.of());
        }
        int offset = e instanceof ASTNode node ? node.getOffset() : 0;
        String key = range.file() + ":" + offset + ":" + NAME;
        List<Variable> parameters = parameters(e.getDeclarator());
        Graph graph = new Graph();
        lowering.inside(
                graph,
                self,
                statements -> {
                    statements.lower(e.getBody());
                    graph.current().exit(new Block.Exit.Return(range.closing(), Optional.empty()));
                });
        List<Variable> own = new ArrayList<>(parameters);
        own.addAll(graph.variables());
        functions.add(
                new Function(
                        key,
                        NAME,
                        range,
                        opening(range),
                        CType.UNKNOWN,
                        parameters,
                        own,
                        graph.blocks(),
                        graph.loops(),
                        true,
                        false,
                        false,
                        Optional.ofNullable(self),
                        false,
                        false));
        boolean captures =
                e.getCaptures().length > 0
                        || e.getCaptureDefault()
                                != ICPPASTLambdaExpression.CaptureDefault.UNSPECIFIED;
        return captures
                ? new Expr.Opaque(range, CType.UNKNOWN, captured(graph, own, self, range))
                : new Expr.FunctionRef(range, new CType.Callable(CType.UNKNOWN), key);
    }

    private List<Variable> parameters(ICPPASTFunctionDeclarator declarator) {
        List<Variable> parameters = new ArrayList<>();
        if (declarator != null) {
            for (ICPPASTParameterDeclaration parameter : declarator.getParameters()) {
                if (parameter.getDeclarator().getName().resolveBinding() instanceof IVariable v) {
                    parameters.add(lowering.symbols().variable(v));
                }
            }
        }
        return parameters;
    }

    /** Addresses of the variables around a lambda that its body names. */
    private static List<Expr> captured(
            Graph graph, List<Variable> own, Variable self, SourceRange range) {
        Set<Variable> named = new LinkedHashSet<>();
        for (Block block : graph.blocks()) {
            Stream.concat(
                            block.instructions().stream().flatMap(i -> i.expressions().stream()),
                            block.exit().expressions().stream())
                    .flatMap(Expr::walk)
                    .filter(Expr.Var.class::isInstance)
                    .map(x -> ((Expr.Var) x).variable())
                    .filter(v -> v.isAutomatic() && !v.equals(self) && !own.contains(v))
                    .forEach(named::add);
        }
        return named.stream()
                .<Expr>map(
                        v ->
                                new Expr.AddressOf(
                                        range,
                                        new CType.Pointer(v.type(), false),
                                        new Expr.Var(range, v)))
                .toList();
    }

    private static SourceRange opening(SourceRange all) {
        return new SourceRange(
                all.file(),
                all.startLine(),
                all.startColumn(),
                all.startLine(),
                all.startColumn() + 1);
    }
}
