package dev.microvisor.emulator.core.compiler;

import dev.microvisor.emulator.core.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits a region's method: prologue, blocks, and the two ways out.
 *
 * <p>Every edge that does not lead forward in the order of the blocks first looks whether enough
 * instructions are left for the whole region, so none is executed too many; the interpreter
 * executes the last ones.
 */
final class RegionCode implements Opcodes {
    private static final int PC_REGISTER = 15;
    private static final int LR = GuestCode.LR;

    private final GuestCode code;
    private final FlagCode flags;
    private final DataCode data;
    private final AccessCode accesses;
    private final CallCode calls;
    private final RegionPlan plan;
    private final int usedRegisters;
    private final int writtenRegisters;
    private final int total;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final List<Label> labels = new ArrayList<>();
    private final Map<Integer, Integer> predecessors = new HashMap<>();
    private final Map<Integer, FlagCode.Knowledge> knowledge = new HashMap<>();
    private final List<Integer> leaveAddresses = new ArrayList<>();
    private final List<Integer> leaveNotes = new ArrayList<>();
    private final Label exit = new Label();
    private final Label leave = new Label();

    /** Index of the block being emitted. */
    private int position;

    /** How many instructions of it are executed before the present one, and not yet counted. */
    private int executed;

    RegionCode(MethodVisitor mv, RegionPlan plan, int usedRegisters, int writtenRegisters) {
        this.code = new GuestCode(mv, usedRegisters);
        this.flags = new FlagCode(code);
        this.data = new DataCode(code, flags);
        this.accesses = new AccessCode(code);
        this.calls = new CallCode(code, flags);
        this.plan = plan;
        this.usedRegisters = usedRegisters;
        this.writtenRegisters = writtenRegisters;
        this.total = plan.instructions();
        for (Block block : plan.blocks()) {
            positions.put(block.address(), positions.size());
            labels.add(new Label());
        }
        plan.entries().forEach(entry -> predecessors.merge(entry, 2, Integer::sum));
        plan.tables()
                .values()
                .forEach(t -> t.forEach(at -> predecessors.merge(at, 2, Integer::sum)));
        for (Block block : plan.blocks()) {
            Step last = block.last();
            Flow flow = Flow.of(last);
            if (flow == Flow.JUMP || flow == Flow.BRANCH || flow == Flow.CALL) {
                predecessors.merge(last.imm(), flow == Flow.CALL ? 2 : 1, Integer::sum);
            }
            predecessors.merge(block.next(), 1, Integer::sum);
        }
    }

    int usedRegisters() {
        return code.usedRegisters();
    }

    int writtenRegisters() {
        return code.writtenRegisters();
    }

    int[] leaveAddresses() {
        return leaveAddresses.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] leaveNotes() {
        return leaveNotes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Emits everything; returns the label at the end. */
    Label emit() {
        Label begin = new Label();
        Label end = new Label();
        Label handler = new Label();
        code.mv().visitTryCatchBlock(begin, end, handler, "java/lang/RuntimeException");
        prologue();
        code.mv().visitLabel(begin);
        dispatch(plan.entries());
        for (position = 0; position < labels.size(); position++) {
            block(plan.blocks().get(position));
        }
        code.mv().visitLabel(end);
        code.placeHandler(handler, "java/lang/RuntimeException");
        // Both a slow access and a fault have had no effect: the interpreter does it again.
        code.guestOp("requireExpected", "(Ljava/lang/RuntimeException;)V");
        code.place(leave);
        code.load(GuestCode.LEFT);
        code.loadObject(0);
        code.loadObject(GuestCode.CPU_VARIABLE);
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
        table("readableTable", GuestCode.READABLE);
        table("writableTable", GuestCode.WRITABLE);
        table("words", GuestCode.WORDS);
        array("s", GuestCode.FLOATS);
        array("r", GuestCode.REGISTER_ARRAY);
        for (int left = usedRegisters; left != 0; left &= left - 1) {
            code.fetchRegister(Integer.numberOfTrailingZeros(left));
        }
        String[] fields = {"n", "z", "c", "v"};
        for (int i = 0; i < fields.length; i++) {
            code.getCpu(fields[i]);
            code.store(GuestCode.N + i);
        }
        for (int variable = GuestCode.FLAG_X; variable <= GuestCode.POINT; variable++) {
            code.constant(0);
            code.store(variable);
        }
        code.getCpu("pc");
        code.store(GuestCode.PC);
    }

    private void table(String method, int variable) {
        code.loadObject(GuestCode.MEMORY_VARIABLE);
        code.mv().visitMethodInsn(INVOKEVIRTUAL, GuestCode.MEMORY, method, "()[I", false);
        code.storeObject(variable);
    }

    private void array(String field, int variable) {
        code.loadObject(GuestCode.CPU_VARIABLE);
        code.mv().visitFieldInsn(GETFIELD, GuestCode.CPU, field, "[I");
        code.storeObject(variable);
    }

    private void epilogue() {
        for (int left = writtenRegisters; left != 0; left &= left - 1) {
            code.spillRegister(Integer.numberOfTrailingZeros(left));
        }
        flags.forget();
        flags.spill();
        code.putCpu("pc", GuestCode.PC);
        code.load(GuestCode.LEFT);
        code.op(IRETURN);
    }

    /** Jumps to the block that the PC variable names, or out. */
    private void dispatch(Set<Integer> targets) {
        TreeSet<Integer> known = new TreeSet<>(targets);
        int[] keys = known.stream().mapToInt(Integer::intValue).toArray();
        Label[] places = new Label[keys.length];
        for (int i = 0; i < keys.length; i++) {
            places[i] = labels.get(positions.get(keys[i]));
        }
        code.load(GuestCode.PC);
        code.mv().visitLookupSwitchInsn(exit, keys, places);
    }

    // ---------------------------------------------------------------- blocks

    private void block(Block block) {
        code.place(labels.get(position));
        boolean onePredecessor = predecessors.getOrDefault(block.address(), 0) <= 1;
        FlagCode.Knowledge known = knowledge.get(block.address());
        flags.begin(onePredecessor && known != null ? known : FlagCode.Knowledge.NOTHING);
        executed = 0;
        List<Step> steps = block.steps();
        for (int i = 0; i < steps.size() - 1; i++) {
            conditional(steps.get(i), null);
            executed++;
        }
        Step last = block.last();
        Flow flow = Flow.of(last);
        if (flow == Flow.ON) {
            conditional(last, null);
            executed++;
            count();
            go(block.next());
        } else if (flow == Flow.OUTSIDE) {
            leavePoint(last);
            code.jump(GOTO, leave);
        } else {
            executed++;
            count();
            executed = -1;
            conditional(last, flow);
            if (flow == Flow.BRANCH || last.isConditional()) {
                go(block.next());
            }
        }
    }

    private void count() {
        code.mv().visitIincInsn(GuestCode.LEFT, -executed);
        executed = 0;
    }

    /** A step under its condition; {@code flow} is null for one that does not branch. */
    private void conditional(Step step, Flow flow) {
        Label skip = new Label();
        boolean conditional = step.isConditional();
        if (conditional) {
            flags.jumpIf(step.condition() ^ 1, skip);
        }
        FlagCode.Knowledge before = flags.knowledge();
        if (flow == null) {
            step(step);
        } else {
            branch(step, flow);
        }
        if (conditional) {
            code.place(skip);
            if (!flags.knowledge().equals(before)) {
                flags.forget();
            }
        }
    }

    private void step(Step step) {
        if (data.emit(step)) {
            return;
        }
        leavePoint(step);
        switch (step.op()) {
            case Op.UDIV, Op.SDIV -> {
                code.loadObject(GuestCode.CPU_VARIABLE);
                code.get(step.rn());
                code.get(step.rm());
                String function = step.op() == Op.UDIV ? "divideUnsigned" : "divideSigned";
                code.guestOp(function, "(L" + GuestCode.CPU + ";II)I");
                code.set(step.rd());
            }
            case Op.ADD_SP_IMM -> {
                code.loadObject(GuestCode.CPU_VARIABLE);
                code.get(GuestCode.SP);
                code.plus(step.imm());
                code.constant(~3);
                code.op(IAND);
                code.guestOp("stackPointer", "(L" + GuestCode.CPU + ";I)I");
                code.set(GuestCode.SP);
            }
            default -> {
                if (!accesses.emit(step)) {
                    other(step);
                }
            }
        }
    }

    private void other(Step step) {
        int op = step.op();
        if ((op >= Op.VLDR && op <= Op.VMRS) || op >= Op.VLDR_D) {
            code.loadObject(GuestCode.CPU_VARIABLE);
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

    private void branch(Step step, Flow flow) {
        switch (flow) {
            case JUMP -> go(step.imm());
            case BRANCH -> branchIf(step);
            case CALL -> {
                code.constant(step.next() | 1);
                code.set(LR);
                go(step.imm());
            }
            case DYNAMIC -> dynamic(step);
            default -> throw new IllegalStateException("not a branch: " + step);
        }
    }

    private void branchIf(Step step) {
        Integer target = positions.get(step.imm());
        boolean direct = target != null && target > position && isInner(step.imm());
        Label taken = direct ? labels.get(target) : new Label();
        if (step.op() == Op.CBZ || step.op() == Op.CBNZ) {
            code.get(step.rn());
            code.jump(step.op() == Op.CBZ ? IFEQ : IFNE, taken);
        } else {
            flags.jumpIf(step.op() - Op.BEQ, taken);
        }
        know(step.imm());
        if (!direct) {
            // The other way first; this one gets its look at the number left.
            Label other = new Label();
            code.jump(GOTO, other);
            code.place(taken);
            go(step.imm());
            code.place(other);
        }
    }

    private boolean isInner(int address) {
        return positions.containsKey(address) && !plan.stops().contains(address);
    }

    private void know(int target) {
        knowledge.put(target, flags.knowledge());
    }

    /** Goes to an address: inside the region, or out of it. */
    private void go(int target) {
        know(target);
        if (isInner(target)) {
            int to = positions.get(target);
            if (to > position) {
                code.jump(GOTO, labels.get(to));
                return;
            }
            code.load(GuestCode.LEFT);
            code.constant(total);
            code.jump(IF_ICMPGE, labels.get(to));
        }
        code.constant(target);
        code.store(GuestCode.PC);
        code.jump(GOTO, exit);
    }

    private void dynamic(Step step) {
        leavePoint(step);
        Set<Integer> targets = new HashSet<>();
        switch (step.op()) {
            case Op.TBB, Op.TBH -> {
                table(step);
                targets.addAll(plan.tables().getOrDefault(step.address(), Set.of()));
            }
            case Op.POP_PC -> {
                accesses.pop(step.imm());
                accesses.pushLast(step.imm());
                code.guestOp("target", "(I)I");
                code.store(GuestCode.PC);
                accesses.commitPop(step.imm());
                targets.addAll(returns());
            }
            case Op.LDM_PC -> {
                accesses.loadMultiple(step);
                accesses.pushLast(step.imm());
                code.guestOp("target", "(I)I");
                code.store(GuestCode.PC);
                accesses.commitMultiple(step);
            }
            default -> {
                if (step.rm() == PC_REGISTER) {
                    code.constant(step.imm());
                } else {
                    code.get(step.rm());
                }
                code.guestOp("target", "(I)I");
                code.store(GuestCode.PC);
                if (step.op() == Op.BLX) {
                    code.constant(step.next() | 1);
                    code.set(LR);
                } else {
                    targets.addAll(returns());
                }
            }
        }
        targets.removeIf(target -> !isInner(target));
        if (targets.isEmpty()) {
            code.jump(GOTO, exit);
            return;
        }
        code.load(GuestCode.LEFT);
        code.constant(total);
        code.jump(IF_ICMPLT, exit);
        dispatch(targets);
    }

    /** Where calls inside the region return to. */
    private Set<Integer> returns() {
        Set<Integer> returns = new HashSet<>();
        for (Block block : plan.blocks()) {
            Step last = block.last();
            if (last.op() == Op.BL && isInner(last.imm())) {
                returns.add(last.next());
            }
        }
        return returns;
    }

    private void table(Step step) {
        boolean halves = step.op() == Op.TBH;
        code.constant(step.imm());
        code.loadObject(GuestCode.MEMORY_VARIABLE);
        code.loadObject(GuestCode.WORDS);
        code.loadObject(GuestCode.READABLE);
        if (step.rn() == PC_REGISTER) {
            code.constant(step.imm());
        } else {
            code.get(step.rn());
        }
        code.get(step.rm());
        if (halves) {
            code.constant(1);
            code.op(ISHL);
        }
        code.op(IADD);
        code.call(
                GuestCode.PAGE_ACCESS,
                halves ? "half" : "oneByte",
                "(L" + GuestCode.MEMORY + ";[I[II)I");
        code.constant(1);
        code.op(ISHL);
        code.op(IADD);
        code.store(GuestCode.PC);
    }
}
