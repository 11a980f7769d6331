package dev.microvisor.emulator.kernel.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import dev.microvisor.emulator.kernel.KernelFixture.Struct;
import org.junit.jupiter.api.Test;

class FlashCallsTest {
    private static final int SIZE = 65_536;
    private final KernelFixture k = KernelFixture.with("[flash]\nsize_bytes = 65536");

    private int open() {
        int handle = k.variable(0);
        assertThat(k.call("mvExternalFlashOpen", handle)).isEqualTo(Status.OKAY);
        return k.word(handle);
    }

    private Status write(int flash, int address, String text) {
        return k.call("mvExternalFlashWriteBlocking", flash, address, text.length(), k.text(text));
    }

    private String read(int flash, int address, int length) {
        int buffer = k.room(length);
        assertThat(k.call("mvExternalFlashReadBlocking", flash, address, length, buffer))
                .isEqualTo(Status.OKAY);
        return k.textAt(buffer, length);
    }

    @Test
    void whatIsWrittenAcrossSectorsCanBeRead() {
        int flash = open();
        assertThat(write(flash, 4094, "hello")).isEqualTo(Status.OKAY);
        assertThat(read(flash, 4094, 5)).isEqualTo("hello");
    }

    @Test
    void writingOnlyClearsBitsAndErasingSetsThem() {
        int flash = open();
        write(flash, 0, "\u007f");
        write(flash, 0, "@");
        assertThat(read(flash, 0, 1)).isEqualTo("@");
        write(flash, 0, "?");
        assertThat(read(flash, 0, 1)).isEqualTo("\0");
        assertThat(k.call("mvExternalFlashEraseBlocking", flash, 0, 4096)).isEqualTo(Status.OKAY);
        int buffer = k.room(1);
        k.call("mvExternalFlashReadBlocking", flash, 0, 1, buffer);
        assertThat(k.guest.read(buffer, 1)[0]).isEqualTo((byte) 0xFF);
    }

    @Test
    void theContentSurvivesARestart() {
        write(open(), 100, "kept");
        k.call("mvRestart", 0);
        k.pass(20);
        assertThat(read(open(), 100, 4)).isEqualTo("kept");
    }

    @Test
    void infoTellsSizeAndHandles() {
        int flash = open();
        open();
        Struct info = k.struct("MvExternalFlashInfo").set("version", 1);
        assertThat(k.call("mvExternalFlashGetInfo", flash, info.at)).isEqualTo(Status.OKAY);
        assertThat(info.get("v1.size")).isEqualTo(SIZE);
        assertThat(info.get("v1.num_handles")).isEqualTo(2);
        assertThat(info.get("version")).isEqualTo(1);
    }

    @Test
    void infoRefuses() {
        int flash = open();
        Struct info = k.struct("MvExternalFlashInfo");
        assertThat(k.call("mvExternalFlashGetInfo", flash, FakeGuest.FLASH))
                .isEqualTo(Status.PARAMETERFAULT);
        assertThat(k.call("mvExternalFlashGetInfo", 1, info.at)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvExternalFlashGetInfo", flash, info.at))
                .isEqualTo(Status.UNSUPPORTEDSTRUCTUREVERSION);
    }

    @Test
    void thereAreNoMoreThan32Handles() {
        for (int i = 0; i < 32; i++) {
            open();
        }
        assertThat(k.call("mvExternalFlashOpen", k.variable(0))).isEqualTo(Status.TOOMANYCHANNELS);
        assertThat(k.call("mvExternalFlashOpen", 0)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void closeZeroesTheVariable() {
        int variable = k.variable(open());
        assertThat(k.call("mvExternalFlashClose", variable)).isEqualTo(Status.OKAY);
        assertThat(k.word(variable)).isZero();
        assertThat(k.call("mvExternalFlashClose", variable)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call("mvExternalFlashClose", 0)).isEqualTo(Status.PARAMETERFAULT);
    }

    @Test
    void rangesPointersAndHandlesAreChecked() {
        int flash = open();
        int buffer = k.room(16);
        for (String call :
                new String[] {"mvExternalFlashReadBlocking", "mvExternalFlashWriteBlocking"}) {
            assertThat(k.call(call, flash, 0, 16, FakeGuest.NOWHERE))
                    .isEqualTo(Status.PARAMETERFAULT);
            assertThat(k.call(call, 1, 0, 16, buffer)).isEqualTo(Status.INVALIDHANDLE);
            assertThat(k.call(call, flash, SIZE - 8, 16, buffer))
                    .isEqualTo(Status.ADDRESSOUTOFRANGE);
            assertThat(k.call(call, flash, -8, 16, buffer)).isEqualTo(Status.ADDRESSOUTOFRANGE);
            assertThat(k.call(call, flash, SIZE - 16, 16, buffer)).isEqualTo(Status.OKAY);
        }
        String erase = "mvExternalFlashEraseBlocking";
        assertThat(k.call(erase, 1, 0, 4096)).isEqualTo(Status.INVALIDHANDLE);
        assertThat(k.call(erase, flash, SIZE, 4096)).isEqualTo(Status.ADDRESSOUTOFRANGE);
        assertThat(k.call(erase, flash, 0, 100)).isEqualTo(Status.INVALIDBUFFERALIGNMENT);
        assertThat(k.call(erase, flash, 100, 4096)).isEqualTo(Status.INVALIDBUFFERALIGNMENT);
    }

    @Test
    void noneOfTheseCallsIsForInterruptHandlers() {
        k.guest.exception = 20;
        assertThat(k.call("mvExternalFlashOpen", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvExternalFlashClose", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvExternalFlashReadBlocking", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvExternalFlashWriteBlocking", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvExternalFlashEraseBlocking", 0)).isEqualTo(Status.UNAVAILABLE);
        assertThat(k.call("mvExternalFlashGetInfo", 0)).isEqualTo(Status.UNAVAILABLE);
    }
}
