package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control-flow graph of one function while it is being built. */
final class Graph {
    private final List<Block> blocks = new ArrayList<>();
    private final List<Function.Loop> loops = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final Map<String, Block> labels = new HashMap<>();
    private final Deque<Block> breaks = new ArrayDeque<>();
    private final Deque<Block> continues = new ArrayDeque<>();
    private final Deque<List<Block.Exit.Case>> switches = new ArrayDeque<>();
    private final Deque<Block[]> defaults = new ArrayDeque<>();
    private Block current;
    private int calls;
    private int temps;

    Graph() {
        current = newBlock();
    }

    List<Block> blocks() {
        return blocks;
    }

    List<Function.Loop> loops() {
        return loops;
    }

    List<Variable> variables() {
        return variables;
    }

    Block newBlock() {
        Block block = new Block(blocks.size());
        blocks.add(block);
        return block;
    }

    Block current() {
        return current;
    }

    /** Goes on in another block; the current one must have its exit. */
    void enter(Block block) {
        current = block;
    }

    void emit(Instr instr) {
        current.instructions().add(instr);
    }

    /** Ends the current block; what follows without a label is unreachable. */
    void end(Block.Exit exit) {
        current.exit(exit);
        current = newBlock();
    }

    /** Ends the current block with a jump and goes on there. */
    void fallInto(Block next) {
        current.exit(new Block.Exit.Goto(next));
        current = next;
    }

    int nextCall() {
        return calls++;
    }

    Expr.Temp newTemp(SourceRange range, CType type) {
        return new Expr.Temp(range, type, temps++);
    }

    Block label(String name) {
        return labels.computeIfAbsent(name, n -> newBlock());
    }

    void pushLoop(Block breakTo, Block continueTo) {
        breaks.push(breakTo);
        continues.push(continueTo);
    }

    void popLoop() {
        breaks.pop();
        continues.pop();
    }

    void loop(SourceRange range, Block head, Block exit, int firstId) {
        List<Integer> inside = new ArrayList<>();
        inside.add(head.id());
        for (int id = firstId; id < blocks.size(); id++) {
            if (id != exit.id() && id != head.id()) {
                inside.add(id);
            }
        }
        loops.add(new Function.Loop(range, head, exit, List.copyOf(inside)));
    }

    Block breakTarget() {
        return breaks.peek();
    }

    Block continueTarget() {
        return continues.peek();
    }

    void pushSwitch(Block breakTo) {
        breaks.push(breakTo);
        switches.push(new ArrayList<>());
        defaults.push(new Block[1]);
    }

    List<Block.Exit.Case> cases() {
        return switches.peek();
    }

    void setDefault(Block block) {
        if (!defaults.isEmpty()) {
            defaults.peek()[0] = block;
        }
    }

    /** The default block of the switch that ends, or null. */
    Block popSwitch() {
        breaks.pop();
        switches.pop();
        return defaults.pop()[0];
    }
}
