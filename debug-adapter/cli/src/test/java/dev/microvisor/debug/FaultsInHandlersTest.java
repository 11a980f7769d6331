package dev.microvisor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler that faults itself: both faults are told, unless another handler mends both. */
class FaultsInHandlersTest {
    private static final int HARD_FAULT = 3;
    private static final int USAGE_FAULT = 6;
    private static final int UDF = 0xDE00;
    private static final int[] READ_FROM_NOWHERE = {
        0x20FF, // movs r0, #255
        0x0600, // lsls r0, r0, #24
        0x6801 // ldr r1, [r0]
    };
    private static final int[] SKIP_THE_INSTRUCTION = {
        0x9906, // ldr r1, [sp, #24]
        0x3102, // adds r1, #2
        0x9106, // str r1, [sp, #24]
        0x4770 // bx lr
    };

    @TempDir Path folder;

    private JsonRun run(TinyElf firmware) throws IOException {
        return JsonRun.of("", firmware.write(folder.resolve("tiny.elf")).toString());
    }

    /** UsageFault is enabled, then an undefined instruction, then sleep without an end. */
    private static TinyElf faulting() {
        return new TinyElf()
                .code(
                        0xF64E, 0x5024, // movw r0, #0xed24
                        0xF2CE, 0x0000, // movt r0, #0xe000
                        0x6801, // ldr r1, [r0]
                        0xF441, 0x2180, // orr r1, r1, #0x40000
                        0x6001, // str r1, [r0]
                        UDF, 0xBF30, // wfi
                        0xE7FD); // b to it
    }

    @Test
    void bothAreTold() throws IOException {
        TinyElf firmware =
                faulting()
                        .handler(USAGE_FAULT, READ_FROM_NOWHERE)
                        .handler(HARD_FAULT, 0xE7FE); // b .
        JsonRun run = run(firmware);
        assertThat(run.code()).isEqualTo(ExitCodes.CRASHED);
        JsonObject crash = run.event("crash");
        assertThat(crash.get("kind").getAsString()).isEqualTo("UsageFault");
        assertThat(crash.get("instruction").getAsLong()).isEqualTo(5);
        assertThat(crash.get("detail").getAsString()).contains("UNDEFINSTR");
        assertThat(crash.getAsJsonArray("inHandlers")).hasSize(1);
        JsonObject second = crash.getAsJsonArray("inHandlers").get(0).getAsJsonObject();
        assertThat(second.get("kind").getAsString()).isEqualTo("HardFault");
        assertThat(second.get("detail").getAsString()).contains("read of 0xff000000");
        assertThat(second.getAsJsonArray("backtrace").toString()).contains("<UsageFault>");
    }

    @Test
    void oneThatLocksUpIsTold() throws IOException {
        TinyElf firmware = new TinyElf().code(UDF).handler(HARD_FAULT, READ_FROM_NOWHERE);
        JsonObject crash = run(firmware).event("crash");
        assertThat(crash.get("kind").getAsString()).isEqualTo("HardFault");
        JsonObject second = crash.getAsJsonArray("inHandlers").get(0).getAsJsonObject();
        assertThat(second.get("kind").getAsString()).isEqualTo("Lockup");
    }

    @Test
    void aHandlerThatOnlyLoopsHasNoFaultOfItsOwn() throws IOException {
        TinyElf firmware = new TinyElf().code(UDF).handler(HARD_FAULT, 0xE7FE);
        assertThat(run(firmware).event("crash").has("inHandlers")).isFalse();
    }

    @Test
    void whatAHandlerOfHigherPriorityMendsIsNoCrash() throws IOException {
        TinyElf firmware =
                faulting()
                        .handler(USAGE_FAULT, READ_FROM_NOWHERE)
                        .code(SKIP_THE_INSTRUCTION)
                        .handler(HARD_FAULT, SKIP_THE_INSTRUCTION);
        JsonRun run = run(firmware);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.DONE);
        assertThat(run.event("end").get("reason").getAsString()).isEqualTo("idle");
    }
}
