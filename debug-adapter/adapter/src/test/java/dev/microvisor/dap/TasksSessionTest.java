package dev.microvisor.dap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.FunctionBreakpoint;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.SetFunctionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.Thread;
import org.eclipse.lsp4j.debug.Variable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of a kernel that has FreeRTOS's names, but another layout than any FreeRTOS. */
class TasksSessionTest {
    @TempDir Path folder;
    private DapClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path elf = Firmware.build("tasks", folder, "-mfloat-abi=hard", "-mfpu=fpv5-sp-d16");
        client = new DapClient();
        client.launch(Map.of("program", elf.toString()));
        client.configurationDone();
        client.awaitStop();
    }

    @AfterEach
    void end() {
        client.close();
    }

    private StoppedEventArguments runTo(String function, String condition) {
        FunctionBreakpoint breakpoint = new FunctionBreakpoint();
        breakpoint.setName(function);
        breakpoint.setCondition(condition);
        SetFunctionBreakpointsArguments set = new SetFunctionBreakpointsArguments();
        set.setBreakpoints(new FunctionBreakpoint[] {breakpoint});
        DapClient.get(client.server().setFunctionBreakpoints(set));
        return client.resume();
    }

    private List<Thread> threads() {
        return Arrays.asList(DapClient.get(client.server().threads()).getThreads());
    }

    private Thread task(String name) {
        return threads().stream()
                .filter(t -> t.getName().startsWith(name + " ["))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + threads()));
    }

    private List<StackFrame> stackOf(String task) {
        StackTraceArguments ask = new StackTraceArguments();
        ask.setThreadId(task(task).getId());
        return Arrays.asList(DapClient.get(client.server().stackTrace(ask)).getStackFrames());
    }

    private static List<String> names(List<StackFrame> frames) {
        return frames.stream().map(StackFrame::getName).toList();
    }

    private int scope(StackFrame frame, String name) {
        ScopesArguments ask = new ScopesArguments();
        ask.setFrameId(frame.getId());
        return Arrays.stream(DapClient.get(client.server().scopes(ask)).getScopes())
                .filter(s -> s.getName().equals(name))
                .findFirst()
                .map(Scope::getVariablesReference)
                .orElseThrow();
    }

    private Variable variable(StackFrame frame, String scope, String name) {
        return DapClient.named(client.children(scope(frame, scope)), name);
    }

    @Test
    void beforeTheSchedulerStartsTheCoreIsTheThreadThatRuns() {
        assertThat(threads()).extracting(Thread::getName).containsExactly("Cortex-M33");
        StoppedEventArguments stop = runTo("task_make", "number == 4");
        assertThat(stop.getThreadId()).isEqualTo(1);
        assertThat(threads())
                .extracting(Thread::getName)
                .contains("Cortex-M33 [no task runs yet]", "idle [ready, priority 0]");
    }

    @Test
    void everyTaskHasStateAndPriorityInItsNameAndTheRunningOneIsTheStoppedThread() {
        StoppedEventArguments stop = runTo("count_down", "xTickCount >= 3");
        assertThat(threads().stream().map(Thread::getName).map(n -> n.replaceAll("tick \\d+", "")))
                .containsExactlyInAnyOrder(
                        "worker [running, priority 1]",
                        "idle [ready, priority 0]",
                        "blinker [blocked until , priority 3]",
                        "listener [blocked on button_pressed, priority 2]",
                        "sleeper [suspended, priority 2 (its own: 1)]");
        assertThat(stop.getThreadId()).isEqualTo(task("worker").getId());
        assertThat(names(client.stack())).startsWith("count_down", "worker");
    }

    @Test
    void aWaitingTaskHasItsOwnStackAndVariables() {
        runTo("count_down", "xTickCount >= 3");
        List<StackFrame> frames = stackOf("blinker");
        assertThat(names(frames)).startsWith("task_yield", "vTaskDelay", "blink", "blinker");
        assertThat(variable(frames.get(1), "Arguments", "ticks").getValue()).isEqualTo("2");
        StackFrame blink = frames.get(2);
        int on = Integer.parseInt(variable(blink, "Arguments", "on").getValue());
        assertThat(variable(blink, "Locals", "shown").getValue()).isEqualTo("" + 100 * on);
        assertThat(variable(frames.get(0), "Registers", "pc").getValue())
                .isEqualTo(frames.get(0).getInstructionPointerReference());
        // The scopes of the running task are not mixed up with it.
        assertThat(client.evaluate("from", "watch").getResult()).isEqualTo("7");
    }

    @Test
    void aTaskThatWasInterruptedWhileItUsedFloatsIsRead() {
        runTo("blink", "xTickCount >= 5");
        assertThat(names(client.stack())).startsWith("blink", "blinker");
        List<StackFrame> frames = stackOf("worker");
        assertThat(names(frames)).startsWith("count_down", "worker");
        assertThat(variable(frames.get(0), "Locals", "kept").getValue()).isEqualTo("3.75");
        assertThat(variable(frames.get(1), "Locals", "start").getValue()).isEqualTo("7");
    }

    @Test
    void aTaskThatHasNotRunYetWaitsAtItsFirstInstruction() {
        runTo("task_suspend", "");
        assertThat(names(stackOf("worker"))).startsWith("worker");
    }

    @Test
    void aVariableOfAWaitingTaskIsChangedWhereItIs() {
        runTo("count_down", "xTickCount >= 3");
        StackFrame blink = stackOf("blinker").get(2);
        SetVariableArguments set = new SetVariableArguments();
        set.setVariablesReference(scope(blink, "Locals"));
        set.setName("shown");
        set.setValue("5000");
        DapClient.get(client.server().setVariable(set));
        assertThat(variable(stackOf("blinker").get(2), "Locals", "shown").getValue())
                .isEqualTo("5000");
        assertThat(client.evaluate("rounds", "watch").getResult()).isNotEqualTo("5000");
    }

    @Test
    void aStepOfATaskThatWaitsIsRefusedWithTheReason() {
        runTo("count_down", "xTickCount >= 3");
        NextArguments next = new NextArguments();
        next.setThreadId(task("blinker").getId());
        assertThat(DapClient.failure(client.server().next(next)))
                .contains("blinker")
                .contains("does not run");
    }

    @Test
    void numbersOfTasksStayTheSameBackInTime() {
        runTo("count_down", "xTickCount >= 3");
        int worker = task("worker").getId();
        int blinker = task("blinker").getId();
        client.stepBack();
        assertThat(task("worker").getId()).isEqualTo(worker);
        assertThat(task("blinker").getId()).isEqualTo(blinker);
    }

    @Test
    void theTasksCommandMarksTheOneThatRuns() {
        runTo("count_down", "xTickCount >= 3");
        assertThat(client.evaluate("tasks", "repl").getResult())
                .contains("* worker [running, priority 1] in count_down")
                .contains("  sleeper [suspended, priority 2 (its own: 1)] in task_yield");
    }
}
