package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A basic block: instructions, then one way out. Mutable while a function is being built. */
public final class Block {
    private final int id;
    private final List<Instr> instructions = new ArrayList<>();
    private Exit exit = new Exit.Stop();

    public Block(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }

    public List<Instr> instructions() {
        return instructions;
    }

    public Exit exit() {
        return exit;
    }

    public void exit(Exit way) {
        this.exit = way;
    }

    /** How a block ends. */
    public sealed interface Exit {
        default List<Block> successors() {
            return List.of();
        }

        /** What is evaluated to leave: a condition, the value of a switch, a result. */
        default List<Expr> expressions() {
            return List.of();
        }

        /** Control goes to one place. */
        record Goto(Block target) implements Exit {
            @Override
            public List<Block> successors() {
                return List.of(target);
            }
        }

        /** Control depends on a condition. */
        record Branch(Expr condition, Block yes, Block no) implements Exit {
            @Override
            public List<Block> successors() {
                return List.of(yes, no);
            }

            @Override
            public List<Expr> expressions() {
                return List.of(condition);
            }
        }

        /** A switch; every case has its own constant. */
        record Switch(Expr value, List<Case> cases, Block otherwise, boolean hasDefault)
                implements Exit {
            public Switch {
                cases = List.copyOf(cases);
            }

            @Override
            public List<Block> successors() {
                List<Block> all = new ArrayList<>();
                cases.forEach(c -> all.add(c.target()));
                all.add(otherwise);
                return all;
            }

            @Override
            public List<Expr> expressions() {
                return List.of(value);
            }
        }

        /** One or more constants (gcc ranges) of a switch. */
        record Case(long low, long high, Block target, SourceRange range) {}

        /** Control leaves the function. */
        record Return(SourceRange range, Optional<Expr> value) implements Exit {
            @Override
            public List<Expr> expressions() {
                return value.stream().toList();
            }
        }

        /** Control never gets here, or never goes on. */
        record Stop() implements Exit {}
    }
}
