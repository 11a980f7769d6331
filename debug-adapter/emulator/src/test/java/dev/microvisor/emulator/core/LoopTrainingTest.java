package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class LoopTrainingTest {
    @Test
    void comesToItsEnd() {
        assertThatCode(() -> new LoopTraining().run()).doesNotThrowAnyException();
    }

    @Test
    void everyOperationOfTheLoopIsExecuted() throws IOException {
        Set<Integer> operations = operationsOfTheLoop();
        assertThat(operations).hasSizeGreaterThan(100);
        assertThat(operations)
                .allSatisfy(
                        op ->
                                assertThat(op)
                                        .isBetween(LoopTraining.FIRST_OP, LoopTraining.LAST_OP));
    }

    /** The cases of the largest {@code switch} in {@link PlainLoop}. */
    private static Set<Integer> operationsOfTheLoop() throws IOException {
        Set<Integer> operations = new TreeSet<>();
        try (InputStream bytes = PlainLoop.class.getResourceAsStream("PlainLoop.class")) {
            new ClassReader(bytes).accept(new Switches(operations), 0);
        }
        return operations;
    }

    private static final class Switches extends ClassVisitor {
        private final Set<Integer> operations;

        Switches(Set<Integer> operations) {
            super(Opcodes.ASM9);
            this.operations = operations;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
                    for (int i = 0; labels.length > Op.CBNZ && i < labels.length; i++) {
                        if (labels[i] != other) {
                            operations.add(min + i);
                        }
                    }
                }
            };
        }
    }
}
