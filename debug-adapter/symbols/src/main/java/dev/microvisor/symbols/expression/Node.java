package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.type.Type;
import java.util.List;

/** An expression as a tree. */
sealed interface Node {
    /** A whole number, with the type that its suffix and size give it. */
    record Whole(long bits, Type type) implements Node {}

    record Real(double number, Type type) implements Node {}

    record Text(String content) implements Node {}

    record Name(String name) implements Node {}

    /** {@code $name}. */
    record Register(String name) implements Node {}

    /** One of {@code - + ! ~ * &}. */
    record Unary(String operator, Node operand) implements Node {}

    record Binary(String operator, Node left, Node right) implements Node {}

    record Conditional(Node condition, Node yes, Node no) implements Node {}

    record Cast(Type type, Node operand) implements Node {}

    record SizeOfType(Type type) implements Node {}

    record SizeOf(Node operand) implements Node {}

    /** {@code whole.name} or {@code whole->name}. */
    record MemberOf(Node whole, String name, boolean arrow) implements Node {}

    record Element(Node array, Node index) implements Node {}

    /** {@code target = value}; for {@code +=} and the like the value is already the sum. */
    record Assignment(Node target, Node value) implements Node {}

    record Call(Node function, List<Node> arguments) implements Node {}
}
