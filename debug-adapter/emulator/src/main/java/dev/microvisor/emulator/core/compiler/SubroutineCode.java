package dev.microvisor.emulator.core.compiler;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits calls of other regions. All registers and flags are in the CPU meanwhile; afterwards the
 * call may have come back, or the guest may be anywhere.
 */
final class SubroutineCode implements Opcodes {
    private static final String LINK = GuestCode.PACKAGE + "Link";
    private static final String LINK_TYPE = "L" + LINK + ";";
    private static final String LINK_NAME = "LINK";
    private static final String ENTRANCES = GuestCode.PACKAGE + "Entrances";

    private final GuestCode code;
    private final FlagCode flags;
    private final int writtenRegisters;

    /** Addresses that are called; the links are numbered alike. */
    private final List<Integer> targets = new ArrayList<>();

    /**
     * @param writtenRegisters the guest registers whose variables may differ from the CPU's array
     */
    SubroutineCode(GuestCode code, FlagCode flags, int writtenRegisters) {
        this.code = code;
        this.flags = flags;
        this.writtenRegisters = writtenRegisters;
    }

    List<Integer> targets() {
        return targets;
    }

    /** Declares a link of the class. */
    static void declareLink(ClassWriter writer, MethodVisitor initializer, int number) {
        String name = LINK_NAME + number;
        writer.visitField(ACC_STATIC | ACC_FINAL, name, LINK_TYPE, null, null).visitEnd();
        initializer.visitTypeInsn(CHECKCAST, LINK);
        initializer.visitFieldInsn(PUTSTATIC, GuestCode.GENERATED, name, LINK_TYPE);
    }

    /** Puts everything but the PC where other regions expect it. */
    void handOver() {
        for (int left = writtenRegisters; left != 0; left &= left - 1) {
            code.spillRegister(Integer.numberOfTrailingZeros(left));
        }
        flags.leave();
    }

    /** Takes everything but the PC from where other regions leave it. */
    void takeOver(int localRegisters) {
        for (int left = localRegisters; left != 0; left &= left - 1) {
            code.fetchRegister(Integer.numberOfTrailingZeros(left));
        }
        flags.fetchAsLeft();
    }

    /**
     * Calls what is at an address, or in the PC variable.
     *
     * @param address null when it is in the variable
     * @param away where to go, with everything in the CPU, when the guest does not come back here
     */
    void call(Integer address, int returnAddress, int localRegisters, Label away) {
        handOver();
        if (address != null) {
            code.constant(address);
            code.store(GuestCode.PC);
        }
        code.putCpu("pc", GuestCode.PC);
        code.load(GuestCode.DEPTH);
        code.constant(Entrances.MAX_DEPTH);
        code.jump(IF_ICMPGE, away);
        Label back = new Label();
        if (address != null) {
            pushTarget(address);
            code.load(GuestCode.LEFT);
            pushDepth();
            code.mv().visitMethodInsn(INVOKEVIRTUAL, GuestCode.REGION, "run", "(II)I", false);
            code.store(GuestCode.LEFT);
            code.getCpu("pc");
            code.constant(returnAddress);
            code.jump(IF_ICMPEQ, back);
        }
        code.push(Constant.ENTRANCES);
        code.load(GuestCode.LEFT);
        code.constant(returnAddress);
        pushDepth();
        code.mv().visitMethodInsn(INVOKEVIRTUAL, ENTRANCES, "proceed", "(III)I", false);
        code.store(GuestCode.LEFT);
        code.getCpu("pc");
        code.constant(returnAddress);
        code.jump(IF_ICMPNE, away);
        code.place(back);
        code.getCpu("it");
        code.jump(IFNE, away);
        takeOver(localRegisters);
    }

    /** Pushes what is to be entered at an address. */
    void pushTarget(int address) {
        int number = targets.indexOf(address);
        if (number < 0) {
            number = targets.size();
            targets.add(address);
        }
        code.mv().visitFieldInsn(GETSTATIC, GuestCode.GENERATED, LINK_NAME + number, LINK_TYPE);
        code.mv().visitFieldInsn(GETFIELD, LINK, "target", "L" + GuestCode.REGION + ";");
    }

    void pushDepth() {
        code.load(GuestCode.DEPTH);
        code.plus(1);
    }
}
