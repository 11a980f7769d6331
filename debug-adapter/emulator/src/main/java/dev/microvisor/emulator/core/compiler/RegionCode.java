package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits a region's method: prologue, blocks, and the two ways out.
 *
 * <p>Every edge that leads back first looks whether enough instructions are left for the way to the
 * next such look, so none is executed too many; the interpreter executes the last ones.
 */
final class RegionCode implements Opcodes {
    private static final int PC_REGISTER = 15;
    private static final int LR = GuestCode.LR;

    private final GuestCode code;
    private final FlagCode flags;
    private final DataCode data;
    private final AccessCode accesses;
    private final CallCode calls;
    private final SubroutineCode subroutines;
    private final RegionPlan plan;
    private final int writtenRegisters;
    private final List<Label> labels = new ArrayList<>();

    /** What is known about the flags on all edges to a block that were emitted so far. */
    private final Map<Integer, FlagCode.Knowledge> forward = new HashMap<>();

    /** What was known, in an earlier run, on the edges that lead back to a block. */
    private final Map<Integer, FlagCode.Knowledge> loops;

    private final Map<Integer, FlagCode.Knowledge> newLoops = new HashMap<>();
    private final List<Integer> leaveAddresses = new ArrayList<>();
    private final List<Integer> leaveNotes = new ArrayList<>();
    private final Label exit = new Label();
    private final Label leave = new Label();

    /** Where everything is in the CPU already. */
    private final Label away = new Label();

    /** Index of the block being emitted. */
    private int position;

    /** How many instructions of it are executed before the present one, and not yet counted. */
    private int executed;

    /**
     * @param dryRun one for the same plan whose {@link #isConclusive} is true, or null
     */
    RegionCode(MethodVisitor mv, RegionPlan plan, RegionCode dryRun) {
        this.writtenRegisters = dryRun == null ? 0 : dryRun.code.writtenRegisters();
        this.loops = dryRun == null ? Map.of() : Map.copyOf(dryRun.newLoops);
        this.code = new GuestCode(mv, plan.localRegisters());
        this.flags = new FlagCode(code);
        this.data = new DataCode(code, flags);
        this.accesses = new AccessCode(code);
        this.calls = new CallCode(code, flags);
        this.subroutines = new SubroutineCode(code, flags, writtenRegisters);
        this.plan = plan;
        for (int i = 0; i < plan.blocks().size(); i++) {
            labels.add(new Label());
        }
        forward.put(0, FlagCode.Knowledge.NOTHING);
    }

    /** A run that emits nothing but finds out which registers and flags there are where. */
    static RegionCode dryRun(RegionPlan plan) {
        RegionCode run = null;
        while (run == null || !run.isConclusive()) {
            run = new RegionCode(new MethodVisitor(ASM9) {}, plan, run);
            run.emit();
        }
        return run;
    }

    /** True when what was supposed about the edges that lead back was found, too. */
    private boolean isConclusive() {
        return newLoops.equals(loops);
    }

    int[] leaveAddresses() {
        return leaveAddresses.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] leaveNotes() {
        return leaveNotes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What the links of the class lead to. */
    List<Integer> callTargets() {
        return subroutines.targets();
    }

    /** Emits everything; returns the label at the end. */
    Label emit() {
        Label begin = new Label();
        Label end = new Label();
        Label handler = new Label();
        code.mv().visitTryCatchBlock(begin, end, handler, "java/lang/RuntimeException");
        prologue();
        code.mv().visitLabel(begin);
        for (position = 0; position < labels.size(); position++) {
            block(plan.blocks().get(position));
        }
        code.mv().visitLabel(end);
        code.placeHandler(handler, "java/lang/RuntimeException");
        // Both a slow access and a fault have had no effect: the interpreter does it again.
        code.guestOp("requireExpected", "(Ljava/lang/RuntimeException;)V");
        code.place(leave);
        code.load(GuestCode.LEFT);
        code.pushThis();
        code.push(Constant.CPU);
        code.load(GuestCode.POINT);
        code.mv()
                .visitMethodInsn(
                        INVOKEVIRTUAL,
                        GuestCode.REGION,
                        "leave",
                        "(L" + GuestCode.CPU + ";I)I",
                        false);
        code.op(ISUB);
        code.store(GuestCode.LEFT);
        code.getCpu("pc");
        code.store(GuestCode.PC);
        code.place(exit);
        epilogue();
        Label last = new Label();
        code.mv().visitLabel(last);
        return last;
    }

    // ---------------------------------------------------------------- in and out

    private void prologue() {
        Label enough = new Label();
        code.load(GuestCode.LEFT);
        code.constant(plan.longestFrom(0));
        code.jump(IF_ICMPGE, enough);
        code.load(GuestCode.LEFT);
        code.op(IRETURN);
        code.placeBegin(enough);
        subroutines.takeOver(plan.localRegisters());
        code.op(ACONST_NULL);
        code.storeObject(GuestCode.NEXT);
        code.constant(0);
        code.store(GuestCode.POINT);
        code.getCpu("pc");
        code.store(GuestCode.PC);
    }

    private void epilogue() {
        subroutines.handOver();
        code.putCpu("pc", GuestCode.PC);
        code.loadObject(GuestCode.NEXT);
        code.jump(IFNULL, away);
        code.load(GuestCode.DEPTH);
        code.constant(Entrances.MAX_DEPTH);
        code.jump(IF_ICMPGE, away);
        code.loadObject(GuestCode.NEXT);
        code.load(GuestCode.LEFT);
        subroutines.pushDepth();
        code.mv().visitMethodInsn(INVOKEVIRTUAL, GuestCode.REGION, "run", "(II)I", false);
        code.op(IRETURN);
        code.place(away);
        code.load(GuestCode.LEFT);
        code.op(IRETURN);
    }

    // ---------------------------------------------------------------- blocks

    private void block(Block block) {
        code.place(labels.get(position));
        FlagCode.Knowledge known = forward.get(position);
        FlagCode.Knowledge looped = loops.get(position);
        flags.begin(
                known == null
                        ? FlagCode.Knowledge.NOTHING
                        : looped == null ? known : known.or(looped));
        executed = 0;
        List<Step> steps = block.steps();
        for (int i = 0; i < steps.size() - 1; i++) {
            conditional(block, steps.get(i), null);
            executed++;
        }
        Step last = block.last();
        Flow flow = Flow.of(last);
        if (flow == Flow.ON) {
            conditional(block, last, null);
            executed++;
            count();
            go(block.place().at(block.next()));
        } else if (flow == Flow.OUTSIDE) {
            leavePoint(last);
            code.jump(GOTO, leave);
        } else {
            executed++;
            count();
            executed = -1;
            conditional(block, last, flow);
            if (flow == Flow.BRANCH || last.isConditional()) {
                go(block.place().at(block.next()));
            }
        }
    }

    private void count() {
        code.mv().visitIincInsn(GuestCode.LEFT, -executed);
        executed = 0;
    }

    /** A step under its condition; {@code flow} is null for one that does not branch. */
    private void conditional(Block block, Step step, Flow flow) {
        Label skip = new Label();
        boolean conditional = step.isConditional();
        if (conditional) {
            flags.jumpIf(step.condition() ^ 1, skip);
        }
        FlagCode.Knowledge before = flags.knowledge();
        if (flow == null) {
            step(step);
        } else {
            branch(block, step, flow);
        }
        if (conditional) {
            code.place(skip);
            flags.begin(flow == null ? before.or(flags.knowledge()) : before);
        }
    }

    private void step(Step step) {
        if (step.setsStackPointer()) {
            leavePoint(step);
        }
        if (data.emit(step)) {
            return;
        }
        leavePoint(step);
        switch (step.op()) {
            case Op.UDIV, Op.SDIV -> {
                code.push(Constant.CPU);
                code.get(step.rn());
                code.get(step.rm());
                String function = step.op() == Op.UDIV ? "divideUnsigned" : "divideSigned";
                code.guestOp(function, "(L" + GuestCode.CPU + ";II)I");
                code.set(step.rd());
            }
            case Op.ADD_SP_IMM -> {
                code.push(Constant.CPU);
                code.get(GuestCode.SP);
                code.plus(step.imm());
                code.constant(~3);
                code.op(IAND);
                code.guestOp("stackPointer", "(L" + GuestCode.CPU + ";I)I");
                code.set(GuestCode.SP);
            }
            default -> {
                if (!accesses.emit(step, executed)) {
                    other(step);
                }
            }
        }
    }

    private void other(Step step) {
        int op = step.op();
        if ((op >= Op.VLDR && op <= Op.VMRS) || op >= Op.VLDR_D) {
            code.push(Constant.CPU);
            code.guestOp("requireFloats", "(L" + GuestCode.CPU + ";)V");
            if (accesses.emitFloat(step)) {
                return;
            }
        }
        calls.emit(step);
    }

    /** Notes where the region would be left if the instruction cannot be executed here. */
    private void leavePoint(Step step) {
        code.constant(leaveAddresses.size());
        code.store(GuestCode.POINT);
        leaveAddresses.add(step.address());
        leaveNotes.add(CompiledRegion.leaveNote(executed, step.it()));
    }

    // ---------------------------------------------------------------- branches

    private void branch(Block block, Step step, Flow flow) {
        Place target = block.place().at(step.imm());
        switch (flow) {
            case JUMP -> go(target);
            case BRANCH -> branchIf(step, target);
            case CALL -> {
                code.constant(step.next() | 1);
                code.set(LR);
                if (plan.callAt(block).isPresent()) {
                    go(plan.callAt(block).get());
                } else {
                    subroutine(block, step.imm());
                }
            }
            case DYNAMIC -> dynamic(block, step);
            default -> throw new IllegalStateException("not a branch: " + step);
        }
    }

    private void branchIf(Step step, Place target) {
        int to = plan.position(target);
        Label taken = to > position ? labels.get(to) : new Label();
        if (step.op() == Op.CBZ || step.op() == Op.CBNZ) {
            code.get(step.rn());
            code.jump(step.op() == Op.CBZ ? IFEQ : IFNE, taken);
        } else {
            flags.jumpIf(step.op() - Op.BEQ, taken);
        }
        if (to > position) {
            know(to);
        } else {
            // The other way first; this one gets its look at the number left.
            Label other = new Label();
            code.jump(GOTO, other);
            code.place(taken);
            go(target);
            code.place(other);
        }
    }

    private void know(int target) {
        Map<Integer, FlagCode.Knowledge> edges = target > position ? forward : newLoops;
        edges.merge(target, flags.knowledge(), FlagCode.Knowledge::or);
    }

    private void go(Place target) {
        go(target, target.address());
    }

    /** Goes to a place in the region, or out of it when the place is null or not in it. */
    private void go(Place target, int address) {
        int to = target == null ? -1 : plan.position(target);
        if (to >= 0) {
            know(to);
            if (to > position) {
                code.jump(GOTO, labels.get(to));
                return;
            }
            code.load(GuestCode.LEFT);
            code.constant(plan.longestFrom(to));
            code.jump(IF_ICMPGE, labels.get(to));
        }
        code.constant(address);
        code.store(GuestCode.PC);
        subroutines.pushTarget(address);
        code.storeObject(GuestCode.NEXT);
        code.jump(GOTO, exit);
    }

    /** Calls what is at an address, or in the PC variable, and goes on behind the call. */
    private void subroutine(Block block, Integer address) {
        subroutines.call(address, block.next(), plan.localRegisters(), away);
        FlagCode.Knowledge before = flags.knowledge();
        flags.begin(FlagCode.Knowledge.NOTHING);
        Place back = block.place().at(block.next());
        int to = plan.position(back);
        if (to >= 0) {
            know(to);
            code.load(GuestCode.LEFT);
            code.constant(plan.longestFrom(to));
            code.jump(IF_ICMPGE, labels.get(to));
        }
        code.jump(GOTO, away);
        flags.begin(before);
    }

    private void dynamic(Block block, Step step) {
        leavePoint(step);
        switch (step.op()) {
            case Op.TBB, Op.TBH -> {
                accesses.tableTarget(step);
                dispatch(block);
            }
            case Op.POP_PC -> {
                accesses.pop(step.imm());
                leaveTo(
                        block,
                        () -> accesses.pushLast(step.imm()),
                        () -> accesses.commitPop(step.imm()));
            }
            case Op.LDM_PC -> {
                accesses.loadMultiple(step);
                leaveTo(
                        block,
                        () -> accesses.pushLast(step.imm()),
                        () -> accesses.commitMultiple(step));
            }
            case Op.LDR_ANY -> {
                accesses.branchTarget(step);
                leaveTo(block, () -> accesses.pushTarget(), () -> accesses.commitTarget(step));
            }
            case Op.MOV_PC, Op.ADD_PC ->
                    leaveTo(
                            block,
                            () -> {
                                code.get(step.rm());
                                if (step.op() == Op.ADD_PC) {
                                    code.plus(step.imm());
                                }
                                code.constant(1);
                                code.op(IOR);
                            },
                            () -> {});
            case Op.BLX -> {
                code.get(step.rm());
                code.guestOp("target", "(I)I");
                code.store(GuestCode.PC);
                code.constant(step.next() | 1);
                code.set(LR);
                subroutine(block, null);
            }
            default ->
                    leaveTo(
                            block,
                            () -> {
                                if (step.rm() == PC_REGISTER) {
                                    code.constant(step.imm());
                                } else {
                                    code.get(step.rm());
                                }
                            },
                            () -> {});
        }
    }

    /**
     * Goes to an address from a register or from memory: where the frame returns to, or out of the
     * region.
     *
     * @param push pushes the address, with its Thumb bit
     * @param commit what else the instruction does
     */
    private void leaveTo(Block block, Runnable push, Runnable commit) {
        push.run();
        code.guestOp("target", "(I)I");
        code.store(GuestCode.PC);
        commit.run();
        Frame frame = plan.frame(block.place().frame());
        if (!frame.isStart()) {
            code.load(GuestCode.PC);
            code.constant(frame.returnAddress());
            code.jump(IF_ICMPNE, exit);
            go(frame.returnPlace());
        } else {
            code.jump(GOTO, exit);
        }
    }

    /** Jumps to where a table leads, or out, with the address in the PC variable. */
    private void dispatch(Block block) {
        TreeMap<Integer, Integer> places = new TreeMap<>();
        boolean back = false;
        int needed = 0;
        for (int target : plan.tableAt(block)) {
            int to = plan.position(block.place().at(target));
            if (to >= 0) {
                places.put(target, to);
                know(to);
                back |= to <= position;
                needed = Math.max(needed, plan.longestFrom(to));
            }
        }
        if (places.isEmpty()) {
            code.jump(GOTO, exit);
            return;
        }
        if (back) {
            code.load(GuestCode.LEFT);
            code.constant(needed);
            code.jump(IF_ICMPLT, exit);
        }
        code.load(GuestCode.PC);
        code.mv()
                .visitLookupSwitchInsn(
                        exit,
                        places.keySet().stream().mapToInt(Integer::intValue).toArray(),
                        places.values().stream().map(labels::get).toArray(Label[]::new));
    }
}
