package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.c.ICASTArrayDesignator;
import org.eclipse.cdt.core.dom.ast.c.ICASTDesignatedInitializer;
import org.eclipse.cdt.core.dom.ast.c.ICASTDesignator;
import org.eclipse.cdt.core.dom.ast.c.ICASTFieldDesignator;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTArrayDesignator;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTDesignatedInitializer;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTDesignator;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFieldDesignator;
import org.eclipse.cdt.core.dom.ast.gnu.c.IGCCASTArrayRangeDesignator;

/** Flattens brace initialisers, designated or by position, into paths and values. */
final class Initializers {
    /** Tables of constants have many entries that no rule reads. */
    private static final int MAX_ENTRIES = 4096;

    private final Lowering lowering;
    private final List<Expr.Entry> entries = new ArrayList<>();
    private long highest;

    private Initializers(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The flat form of a list that initialises something of {@code type}. */
    static Expr.Aggregate flatten(Lowering lowering, IASTInitializerList list, CType type) {
        Initializers reader = new Initializers(lowering);
        reader.list(elements(list, type), type, "");
        reader.addDefaults(MemberDefaults.of(lowering, type, lowering.places().range(list)));
        CType made = type;
        if (type.plain() instanceof CType.Array array && array.count() < 0 && !array.variable()) {
            made = new CType.Array(array.element(), reader.highest, false);
        }
        return new Expr.Aggregate(lowering.places().range(list), made, reader.entries);
    }

    /** What a C++ class says of members that the list leaves out. */
    private void addDefaults(List<Expr.Entry> defaults) {
        List<Expr.Entry> written = List.copyOf(entries);
        for (Expr.Entry value : defaults) {
            boolean said =
                    written.stream()
                            .anyMatch(
                                    e ->
                                            covers(e.path(), value.path())
                                                    || covers(value.path(), e.path()));
            if (!said) {
                entries.add(value);
            }
        }
    }

    private static boolean covers(String whole, String part) {
        return part.startsWith(whole)
                && (part.length() == whole.length()
                        || part.charAt(whole.length()) == '.'
                        || part.charAt(whole.length()) == '[');
    }

    /** {@code std::array} may have braces of its own around those of the array in it. */
    private static IASTInitializerList elements(IASTInitializerList list, CType type) {
        if (!type.isArray()
                || list.getClauses().length != 1
                || !(list.getClauses()[0] instanceof IASTInitializerList inner)
                || inner.getClauses().length == 0) {
            return list;
        }
        CType element = type.target().orElse(CType.UNKNOWN);
        boolean listFirst = inner.getClauses()[0] instanceof IASTInitializerList;
        boolean elements =
                element.struct()
                        .map(
                                s ->
                                        listFirst
                                                && s.members().stream()
                                                        .limit(1)
                                                        .allMatch(m -> isScalar(m.type())))
                        .orElse(isScalar(element) && !element.equals(CType.UNKNOWN));
        return elements ? inner : list;
    }

    private static boolean isScalar(CType type) {
        return type.struct().isEmpty() && !type.isArray();
    }

    private void list(IASTInitializerList list, CType type, String path) {
        Cursor cursor = new Cursor(type, path);
        for (IASTInitializerClause clause : list.getClauses()) {
            if (entries.size() >= MAX_ENTRIES) {
                return;
            }
            clause(clause, cursor, path);
        }
        if (path.isEmpty()) {
            highest = cursor.highest;
        }
    }

    private void clause(IASTInitializerClause clause, Cursor cursor, String path) {
        if (clause instanceof ICASTDesignatedInitializer designated) {
            Step step = new Step(cursor.type, path);
            for (ICASTDesignator designator : designated.getDesignators()) {
                designate(step, designator);
            }
            cursor.continueAfter(step);
            value(operand(designated), step.type, step.path);
        } else if (clause instanceof ICPPASTDesignatedInitializer designated) {
            Step step = new Step(cursor.type, path);
            for (ICPPASTDesignator designator : designated.getDesignators()) {
                if (designator instanceof ICPPASTFieldDesignator field) {
                    step.field(field.getName().toString());
                } else if (designator instanceof ICPPASTArrayDesignator array) {
                    step.index(lowering.constant(array.getSubscriptExpression()));
                }
            }
            cursor.continueAfter(step);
            value(designated.getOperand(), step.type, step.path);
        } else {
            Step step = cursor.next();
            if (step != null) {
                value(clause, step.type, step.path);
            } else if (clause instanceof IASTExpression expression) {
                lowering.expression(expression);
            }
        }
    }

    private static IASTNode operand(ICASTDesignatedInitializer designated) {
        return designated.getOperand();
    }

    private void designate(Step step, ICASTDesignator designator) {
        if (designator instanceof ICASTFieldDesignator field) {
            step.field(field.getName().toString());
        } else if (designator instanceof ICASTArrayDesignator array) {
            step.index(lowering.constant(array.getSubscriptExpression()));
        } else if (designator instanceof IGCCASTArrayRangeDesignator range) {
            step.index(lowering.constant(range.getRangeFloor()));
        }
    }

    private void value(IASTNode node, CType type, String path) {
        if (node instanceof IASTInitializerList list) {
            boolean scalar = type.struct().isEmpty() && !type.isArray();
            if (scalar && list.getClauses().length == 1) {
                value(list.getClauses()[0], type, path);
            } else {
                list(list, type, path);
            }
        } else if (node instanceof IASTExpression expression) {
            entries.add(new Expr.Entry(path, lowering.expression(expression)));
        }
    }

    /** A place inside the aggregate, with its type. */
    private static final class Step {
        private CType type;
        private String path;
        private int topIndex = -1;
        private String topField;
        private boolean first = true;

        Step(CType type, String path) {
            this.type = type;
            this.path = path;
        }

        void field(String name) {
            if (first) {
                topField = name;
                first = false;
            }
            path = path + "." + name;
            type =
                    type.struct()
                            .flatMap(s -> s.member(name))
                            .map(CType.Member::type)
                            .orElse(CType.UNKNOWN);
        }

        void index(Long index) {
            if (first) {
                topIndex = index == null ? 0 : (int) Math.min(index, Integer.MAX_VALUE);
                first = false;
            }
            path = path + "[" + (index == null ? "*" : index.toString()) + "]";
            type = type.target().orElse(CType.UNKNOWN);
        }
    }

    /** Walks the members in order. */
    private static final class Cursor {
        private final CType type;
        private final String path;
        private int at;
        private long highest;

        Cursor(CType type, String path) {
            this.type = type;
            this.path = path;
        }

        void continueAfter(Step step) {
            if (step.topField != null) {
                Optional<CType.Struct> struct = type.struct();
                for (int i = 0; struct.isPresent() && i < struct.get().members().size(); i++) {
                    if (struct.get().members().get(i).name().equals(step.topField)) {
                        at = i + 1;
                    }
                }
            } else {
                at = step.topIndex + 1;
            }
            highest = Math.max(highest, at);
        }

        Step next() {
            Step step = new Step(type, path);
            if (type.struct().isPresent()) {
                CType.Struct struct = type.struct().get();
                if (at >= struct.members().size()) {
                    return null;
                }
                step.field(struct.members().get(at).name());
            } else if (type.isArray()) {
                step.index((long) at);
            } else if (at > 0) {
                return null;
            }
            at++;
            highest = Math.max(highest, at);
            return step;
        }
    }
}
