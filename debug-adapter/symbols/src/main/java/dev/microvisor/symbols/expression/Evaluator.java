package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.BaseType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.FunctionType;
import dev.microvisor.symbols.type.Member;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.VoidType;
import dev.microvisor.symbols.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Evaluates expressions in one frame. */
public final class Evaluator {
    private final Names names;
    private final ExpressionContext context;
    private final Assigner assigner;

    /**
     * @param writer makes assignments; null when nothing may be changed
     */
    public Evaluator(Names names, ExpressionContext context, TargetWriter writer) {
        this.names = names;
        this.context = context;
        this.assigner = new Assigner(writer);
    }

    /**
     * The value of an expression.
     *
     * @throws ExpressionException when it cannot be evaluated
     */
    public Value evaluate(String text) {
        return guarded(
                () -> {
                    if (Parser.parseType(text, names).isPresent()) {
                        String name = text.strip();
                        throw new ExpressionException(
                                "'" + name + "' is a type: write sizeof(" + name + ")");
                    }
                    Node node = Parser.parse(text, names);
                    return saysItsType(node) ? value(node) : names.actual(value(node));
                });
    }

    /** An object is shown as what it is, but not where a cast asks for a part of it. */
    private static boolean saysItsType(Node node) {
        return node instanceof Node.Unary unary && unary.operand() instanceof Node.Cast;
    }

    /** Why a text is not an expression; empty when it is one. */
    public Optional<String> syntaxProblem(String text) {
        try {
            Parser.parse(text, names);
            return Optional.empty();
        } catch (ExpressionException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Assigns the value of one expression to another.
     *
     * @return the target with its new value
     */
    public Value assign(String target, String value) {
        return guarded(
                () -> {
                    Node left = Parser.parse(target, names);
                    Node right = Parser.parse(value, names);
                    return value(new Node.Assignment(left, right));
                });
    }

    private interface Work {
        Value run();
    }

    private static Value guarded(Work work) {
        try {
            return work.run();
        } catch (UnavailableException e) {
            throw new ExpressionException(e.getMessage());
        } catch (MalformedException e) {
            throw new ExpressionException("damaged debug information: " + e.getMessage());
        }
    }

    private Value value(Node node) {
        if (node instanceof Node.Whole) {
            return Value.of(((Node.Whole) node).type(), ((Node.Whole) node).bits(), context);
        }
        if (node instanceof Node.Real) {
            return Value.ofReal(((Node.Real) node).type(), ((Node.Real) node).number(), context);
        }
        if (node instanceof Node.Text) {
            byte[] bytes = ((Node.Text) node).content().getBytes(StandardCharsets.UTF_8);
            byte[] terminated = Arrays.copyOf(bytes, bytes.length + 1);
            return Value.at(
                    ArrayType.of(BaseType.CHAR, terminated.length),
                    new Location.Constant(terminated),
                    context);
        }
        if (node instanceof Node.Name) {
            return name(((Node.Name) node).name());
        }
        if (node instanceof Node.Register) {
            return RegisterValue.of(((Node.Register) node).name(), context);
        }
        if (node instanceof Node.Unary) {
            return unary((Node.Unary) node);
        }
        if (node instanceof Node.Binary) {
            return binary((Node.Binary) node);
        }
        if (node instanceof Node.Conditional) {
            Node.Conditional conditional = (Node.Conditional) node;
            return value(isTrue(conditional.condition()) ? conditional.yes() : conditional.no());
        }
        if (node instanceof Node.Cast) {
            return Conversion.cast(value(((Node.Cast) node).operand()), ((Node.Cast) node).type());
        }
        if (node instanceof Node.SizeOfType) {
            return size(((Node.SizeOfType) node).type());
        }
        if (node instanceof Node.SizeOf) {
            return size(value(((Node.SizeOf) node).operand()).type());
        }
        return place(node);
    }

    private Value place(Node node) {
        if (node instanceof Node.MemberOf) {
            return member((Node.MemberOf) node);
        }
        if (node instanceof Node.Element) {
            Node.Element element = (Node.Element) node;
            return element(value(element.array()), value(element.index()));
        }
        if (node instanceof Node.Assignment) {
            Node.Assignment assignment = (Node.Assignment) node;
            if (assignment.target() instanceof Node.Register) {
                return assigner.assignRegister(
                        ((Node.Register) assignment.target()).name(),
                        value(assignment.value()),
                        context);
            }
            return assigner.assign(value(assignment.target()), value(assignment.value()));
        }
        if (node instanceof Node.Call) {
            Node.Call call = (Node.Call) node;
            if (call.function() instanceof Node.MemberOf) {
                Node.MemberOf method = (Node.MemberOf) call.function();
                List<Value> arguments = call.arguments().stream().map(this::value).toList();
                Optional<Value> answer =
                        LibraryCalls.call(
                                referenced(value(method.whole())), method.name(), arguments);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            throw new ExpressionException(
                    "the debugger calls no functions: that would run the program and change it");
        }
        throw new AssertionError(node);
    }

    private Value size(Type type) {
        return Value.of(BaseType.UNSIGNED_INT, type.sizeBytes(), context);
    }

    private Value name(String name) {
        Optional<Value> local = names.local(name);
        if (local.isPresent()) {
            return referenced(local.get());
        }
        Optional<Value> global = names.global(name);
        if (global.isPresent()) {
            return referenced(global.get());
        }
        switch (name) {
            case "true":
                return Value.of(BaseType.BOOL, 1, context);
            case "false":
                return Value.of(BaseType.BOOL, 0, context);
            case "NULL":
            case "nullptr":
                return Value.of(PointerType.to(VoidType.INSTANCE), 0, context);
            default:
                throw new ExpressionException(
                        names.macro(name)
                                .filter(macro -> macro.parameters().isPresent())
                                .map(macro -> name + " is a macro: write " + macro.usage())
                                .orElse("nothing is named '" + name + "' here"));
        }
    }

    /** A C++ reference stands for what it refers to. */
    private static Value referenced(Value value) {
        Type type = value.type().resolved();
        boolean reference = type instanceof PointerType && ((PointerType) type).isReference();
        return reference && value.problem().isEmpty() ? value.dereference() : value;
    }

    private Value unary(Node.Unary node) {
        if (node.operator().equals("&")) {
            return addressOf(value(node.operand()));
        }
        Value operand = value(node.operand());
        switch (node.operator()) {
            case "*":
                return dereference(operand);
            case "!":
                return Arithmetic.truth(!isTrue(operand), context);
            default:
                needNumber(operand, node.operator());
                return Arithmetic.unary(node.operator(), operand);
        }
    }

    private Value addressOf(Value operand) {
        if (operand.isBitField()) {
            throw new ExpressionException("a bit-field has no address");
        }
        if (operand.location() instanceof Location.Memory) {
            return Value.of(
                    PointerType.to(operand.type()),
                    ((Location.Memory) operand.location()).address(),
                    context);
        }
        throw new ExpressionException(
                operand.location() instanceof Location.Register
                        ? "it is in a register and has no address"
                        : operand.problem().orElse("it is not in memory and has no address"));
    }

    private Value dereference(Value operand) {
        Optional<Value> held = LibraryCalls.target(operand);
        if (held.isPresent()) {
            return held.get();
        }
        Value pointer = Conversion.decayed(operand);
        Type type = pointer.type().resolved();
        if (type instanceof PointerType) {
            Type target = ((PointerType) type).target();
            if (target.resolved() instanceof VoidType) {
                throw new ExpressionException(
                        "a void * says nothing about what it points to: cast it first");
            }
            return pointer.dereference();
        }
        if (Arithmetic.isNumber(type) && !Arithmetic.isReal(type)) {
            // As gdb: a plain number is taken as the address of an int.
            return Value.at(BaseType.INT, new Location.Memory(pointer.asLong()), context);
        }
        throw new ExpressionException("a value of type " + operand.type() + " is no pointer");
    }

    private Value element(Value array, Value index) {
        if (array.type().resolved() instanceof ArrayType) {
            return array.element(whole(index));
        }
        Optional<Value> held = LibraryCalls.element(array, index);
        if (held.isPresent()) {
            return held.get();
        }
        Value pointer = Conversion.decayed(array);
        if (!(pointer.type().resolved() instanceof PointerType)) {
            if (Conversion.decayed(index).type().resolved() instanceof PointerType) {
                return element(index, array);
            }
            throw new ExpressionException("a value of type " + array.type() + " has no elements");
        }
        return dereference(moved(pointer, whole(index)));
    }

    private static long whole(Value value) {
        Type type = value.type().resolved();
        if (!Arithmetic.isNumber(type) || Arithmetic.isReal(type)) {
            throw new ExpressionException("a whole number is needed, not " + value.type());
        }
        return value.asLong();
    }

    private Value moved(Value pointer, long count) {
        long size = ((PointerType) pointer.type().resolved()).target().sizeBytes();
        return Value.of(pointer.type(), pointer.asLong() + count * Math.max(1, size), context);
    }

    private Value member(Node.MemberOf node) {
        Value whole = referenced(value(node.whole()));
        Type type = whole.type().resolved();
        if (type instanceof PointerType
                || (type instanceof ArrayType && node.arrow())
                || (node.arrow() && LibraryCalls.target(whole).isPresent())) {
            // A dot on a pointer is taken as an arrow: the meaning is plain.
            whole = dereference(whole);
            type = whole.type().resolved();
        }
        if (!(type instanceof CompositeType)) {
            throw new ExpressionException("a value of type " + whole.type() + " has no members");
        }
        CompositeType composite = (CompositeType) type;
        if (composite.isComplete() && composite.member(node.name()).isEmpty()) {
            // A member of the class that the object really is.
            whole = names.actual(whole);
            composite = (CompositeType) whole.type().resolved();
        }
        return member(whole, composite, node.name());
    }

    private static Value member(Value whole, CompositeType composite, String name) {
        if (!composite.isComplete()) {
            throw new ExpressionException(
                    "the program does not say what is in " + composite + ": it is only declared");
        }
        Member member =
                composite
                        .member(name)
                        .orElseThrow(
                                () ->
                                        new ExpressionException(
                                                composite + " has no member '" + name + "'"));
        return whole.member(member);
    }

    private static void needNumber(Value value, String operator) {
        if (!Arithmetic.isNumber(value.type().resolved())) {
            throw new ExpressionException(
                    "'" + operator + "' does not work on a value of type " + value.type());
        }
    }

    private boolean isTrue(Node node) {
        return isTrue(value(node));
    }

    private static boolean isTrue(Value operand) {
        Value value = Conversion.decayed(operand);
        Type type = value.type().resolved();
        if (type instanceof PointerType) {
            return value.asLong() != 0;
        }
        if (!Arithmetic.isNumber(type)) {
            throw new ExpressionException("a value of type " + value.type() + " is no condition");
        }
        return Arithmetic.isReal(type) ? value.asDouble() != 0 : value.asLong() != 0;
    }

    private Value binary(Node.Binary node) {
        String operator = node.operator();
        if (operator.equals("&&")) {
            return Arithmetic.truth(isTrue(node.left()) && isTrue(node.right()), context);
        }
        if (operator.equals("||")) {
            return Arithmetic.truth(isTrue(node.left()) || isTrue(node.right()), context);
        }
        if (operator.equals("@")) {
            return repeated(value(node.left()), whole(value(node.right())));
        }
        Value left = Conversion.decayed(value(node.left()));
        Value right = Conversion.decayed(value(node.right()));
        boolean leftPointer = left.type().resolved() instanceof PointerType;
        boolean rightPointer = right.type().resolved() instanceof PointerType;
        if (!leftPointer && !rightPointer) {
            needNumber(left, operator);
            needNumber(right, operator);
            return Arithmetic.binary(operator, left, right);
        }
        return pointers(operator, left, right);
    }

    /** gdb's {@code first@count}: an array that begins with a value. */
    private static Value repeated(Value first, long count) {
        if (first.address().isEmpty() || count < 1 || count > Integer.MAX_VALUE) {
            throw new ExpressionException("'@' needs a value in memory and a count from 1 on");
        }
        return first.as(ArrayType.of(first.type(), count));
    }

    private Value pointers(String operator, Value left, Value right) {
        boolean leftPointer = left.type().resolved() instanceof PointerType;
        boolean rightPointer = right.type().resolved() instanceof PointerType;
        if (operator.equals("+") && leftPointer != rightPointer) {
            return leftPointer ? moved(left, whole(right)) : moved(right, whole(left));
        }
        if (operator.equals("-") && leftPointer && !rightPointer) {
            return moved(left, -whole(right));
        }
        if (operator.equals("-") && leftPointer) {
            long size = ((PointerType) left.type().resolved()).target().sizeBytes();
            long distance = (int) (left.asLong() - right.asLong());
            return Value.of(BaseType.INT, distance / Math.max(1, size), context);
        }
        if ((operator.length() == 2 && operator.charAt(1) == '=')
                || operator.equals("<")
                || operator.equals(">")) {
            int order = Long.compare(left.asLong() & 0xFFFF_FFFFL, right.asLong() & 0xFFFF_FFFFL);
            return Arithmetic.truth(Arithmetic.compare(operator, order), context);
        }
        if (left.type().resolved() instanceof FunctionType) {
            throw new ExpressionException("'" + operator + "' does not work on functions");
        }
        throw new ExpressionException("'" + operator + "' does not work on pointers");
    }
}
