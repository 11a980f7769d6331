package dev.microvisor.emulator.kernel.status;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.guest.ResetCause;
import dev.microvisor.emulator.kernel.FakeGuest;
import dev.microvisor.emulator.kernel.KernelFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Clocks, registers, interrupts, logging, power, flash, Wi-Fi and test mode. */
final class DeviceCases {
    private static final int RCC_CFGR1 = 0x4602_0C1C;
    private static final int IRQ = 20;
    private static final int VECTORS = FakeGuest.FLASH + 64;
    private static final String TESTING = "[device]\ntest_mode = true";

    private DeviceCases() {}

    static List<CallCase> all() {
        List<CallCase> all = new ArrayList<>();
        all.addAll(system());
        all.addAll(interrupts());
        all.addAll(logging());
        all.addAll(power());
        all.addAll(flash());
        all.addAll(wifi());
        return all;
    }

    private static List<CallCase> system() {
        List<CallCase> all = new ArrayList<>();
        all.add(CallCase.of("mvNoOp", s -> {}));
        for (String call :
                List.of(
                        "mvGetMicroseconds",
                        "mvGetSysClk",
                        "mvGetHClk",
                        "mvGetPClk1",
                        "mvGetPClk2")) {
            all.add(
                    CallCase.of(call, s -> s.arguments(s.k.room(8)))
                            .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0)));
        }
        all.add(
                CallCase.of("mvGetWallTime", s -> s.arguments(s.k.room(8)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(
                                Status.TIMENOTSET,
                                s -> s.otherMachine("[network]\ntime_set = false")));
        all.add(
                CallCase.of("mvGetDeviceId", s -> s.arguments(s.k.room(34), 34))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.argument(1, 33)));
        all.add(
                CallCase.of("mvPeriphPeek32", s -> s.arguments(RCC_CFGR1, s.k.variable(0)))
                        .gives(Status.PERIPHERALACCESSFAULT, s -> s.argument(0, RCC_CFGR1 + 2))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1)));
        all.add(
                CallCase.of("mvPeriphPoke32", s -> s.arguments(RCC_CFGR1, 0, 0))
                        .gives(Status.PERIPHERALACCESSFAULT, s -> s.argument(0, 0x5000_0000)));
        all.add(
                CallCase.of("mvTemporaryStructTest", s -> s.arguments(s.k.variable(1)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(
                                Status.UNSUPPORTEDSTRUCTUREVERSION,
                                s -> s.argument(0, s.k.variable(2)))
                        .exclusive(Status.PARAMETERFAULT, Status.UNSUPPORTEDSTRUCTUREVERSION));
        return all;
    }

    private static List<CallCase> interrupts() {
        List<CallCase> all = new ArrayList<>();
        all.add(
                CallCase.of(
                                "mvSetFastInterrupt",
                                s -> {
                                    s.k.guest.flashWord(VECTORS + IRQ * 4, FakeGuest.FLASH + 1);
                                    s.arguments(IRQ);
                                })
                        .gives(Status.INVALIDINTERRUPT, s -> s.argument(0, 200))
                        .gives(
                                Status.INVALIDVECTOR,
                                s -> s.k.guest.flashWord(VECTORS + IRQ * 4, 0x5000_0001)));
        for (String call :
                List.of(
                        "mvClearFastInterrupt",
                        "mvEnableFastInterrupt",
                        "mvDisableFastInterrupt")) {
            all.add(
                    CallCase.of(
                                    call,
                                    s -> {
                                        s.k.guest.flashWord(VECTORS + IRQ * 4, FakeGuest.FLASH + 1);
                                        s.arguments(IRQ);
                                        s.call("mvSetFastInterrupt");
                                    })
                            .gives(Status.INVALIDINTERRUPT, s -> s.argument(0, IRQ + 1)));
        }
        all.add(CallCase.of("mvDisableAllFastInterrupts", s -> {}));
        all.add(CallCase.of("mvEnableAllFastInterrupts", s -> {}));
        return all;
    }

    private static List<CallCase> logging() {
        return List.of(
                CallCase.of("mvServerLoggingInit", s -> s.arguments(KernelFixture.LOG, 1024))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(
                                Status.INVALIDBUFFERALIGNMENT,
                                s -> s.argument(0, KernelFixture.LOG + 4))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.argument(1, 100))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDBUFFERALIGNMENT),
                CallCase.of(
                                "mvServerLog",
                                s -> {
                                    s.arguments(KernelFixture.LOG, 4096);
                                    s.call("mvServerLoggingInit");
                                    s.arguments(s.k.text("hello"), 5);
                                })
                        .gives(
                                Status.UNAVAILABLE,
                                s -> s.k.kernel.applicationReset(ResetCause.SOFTWARE))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDBUFFERSIZE, DeviceCases::fillLog)
                        .gives(Status.LOGMESSAGETOOLONG, s -> s.arguments(KernelFixture.SEND, 1025))
                        .gives(Status.LOGGINGDISABLEDBYSERVER, s -> s.k.loggingOff())
                        // A buffer that is gone, or a server that takes nothing, cannot be filled.
                        .exclusive(Status.UNAVAILABLE, Status.INVALIDBUFFERSIZE)
                        .exclusive(Status.PARAMETERFAULT, Status.LOGMESSAGETOOLONG)
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.LOGGINGDISABLEDBYSERVER),
                CallCase.of("mvTestingComplete", s -> s.arguments(0))
                        .with(TESTING)
                        .gives(Status.UNAVAILABLE, s -> s.otherMachine("")),
                CallCase.of("mvTestLoggingInit", s -> s.arguments(KernelFixture.LOG, 1024))
                        .with(TESTING)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(
                                Status.INVALIDBUFFERALIGNMENT,
                                s -> s.argument(0, KernelFixture.LOG + 4))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.argument(1, 100))
                        .gives(Status.UNAVAILABLE, s -> s.otherMachine(""))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDBUFFERALIGNMENT),
                CallCase.of(
                                "mvTestLog",
                                s -> {
                                    s.arguments(KernelFixture.LOG, 4096);
                                    s.call("mvTestLoggingInit");
                                    s.arguments(s.k.text("hello"), 5);
                                })
                        .with(TESTING)
                        .gives(Status.UNAVAILABLE, s -> s.otherMachine(""))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDBUFFERSIZE, s -> s.arguments(KernelFixture.SEND, 5000))
                        .gives(Status.LOGMESSAGETOOLONG, s -> s.arguments(KernelFixture.SEND, 1025))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDBUFFERSIZE)
                        .exclusive(Status.PARAMETERFAULT, Status.LOGMESSAGETOOLONG)
                        .exclusive(Status.INVALIDBUFFERSIZE, Status.LOGMESSAGETOOLONG));
    }

    /** Logs until there is no more room. */
    private static void fillLog(Setup s) {
        Setup filler = new Setup(s.k);
        Status status = Status.OKAY;
        for (int i = 0; i < 1000 && status == Status.OKAY; i++) {
            filler.arguments(KernelFixture.SEND, 8);
            status = filler.call("mvServerLog");
        }
    }

    private static List<CallCase> power() {
        return List.of(
                CallCase.of("mvPowerSave", s -> offline(s, 1))
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.argument(0, 9))
                        .gives(Status.MICROVISORBUSY, DeviceCases::connecting),
                CallCase.of("mvDeepSleep", s -> offline(s, 0))
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.argument(0, 9))
                        .gives(Status.MICROVISORBUSY, DeviceCases::connecting),
                CallCase.of("mvRestart", s -> offline(s, 0))
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.argument(0, 9))
                        .gives(Status.MICROVISORBUSY, DeviceCases::connecting),
                CallCase.of("mvSystemLedEnable", s -> s.arguments(1))
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt),
                CallCase.of("mvGetWakeReason", s -> s.arguments(s.k.variable(0)))
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0)));
    }

    /** Nobody wants the network any more. */
    private static void offline(Setup s, int mode) {
        s.handle = s.k.centre();
        s.k.call("mvReleaseNetwork", s.k.variable(s.k.network(s.handle)));
        s.k.pass(200);
        s.arguments(mode);
    }

    /** The network is wanted again, and is not there yet. */
    private static void connecting(Setup s) {
        s.k.network(s.handle);
    }

    private static List<CallCase> flash() {
        return List.of(
                CallCase.of("mvExternalFlashOpen", s -> s.arguments(s.k.variable(0)))
                        .gives(Status.UNAVAILABLE, Setup::inInterrupt)
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.TOOMANYCHANNELS, DeviceCases::openAllFlashHandles)
                        .exclusive(Status.UNAVAILABLE, Status.TOOMANYCHANNELS),
                withFlash("mvExternalFlashClose", s -> s.arguments(s.k.variable(s.handle)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, s.k.variable(1)))
                        .exclusive(Status.PARAMETERFAULT, Status.INVALIDHANDLE),
                withFlash(
                                "mvExternalFlashReadBlocking",
                                s -> s.arguments(s.handle, 0, 16, s.k.room(16)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(3))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.ADDRESSOUTOFRANGE, s -> s.argument(1, 4 << 20)),
                withFlash(
                                "mvExternalFlashWriteBlocking",
                                s -> s.arguments(s.handle, 0, 16, s.k.room(16)))
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(3))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.ADDRESSOUTOFRANGE, s -> s.argument(1, 4 << 20)),
                withFlash("mvExternalFlashEraseBlocking", s -> s.arguments(s.handle, 0, 4096))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(Status.ADDRESSOUTOFRANGE, s -> s.argument(1, 4 << 20))
                        .gives(Status.INVALIDBUFFERALIGNMENT, s -> s.argument(2, 100)),
                withFlash(
                                "mvExternalFlashGetInfo",
                                s -> {
                                    s.struct = s.k.struct("MvExternalFlashInfo").set("version", 1);
                                    s.arguments(s.handle, s.struct.at);
                                })
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(1))
                        .gives(Status.INVALIDHANDLE, s -> s.argument(0, 1))
                        .gives(
                                Status.UNSUPPORTEDSTRUCTUREVERSION,
                                s -> s.struct.set("version", 2)));
    }

    private static CallCase withFlash(String call, Consumer<Setup> arguments) {
        return CallCase.of(
                        call,
                        s -> {
                            int handle = s.k.variable(0);
                            s.k.call("mvExternalFlashOpen", handle);
                            s.handle = s.k.word(handle);
                            arguments.accept(s);
                        })
                .gives(Status.UNAVAILABLE, Setup::inInterrupt);
    }

    private static void openAllFlashHandles(Setup s) {
        for (int i = 0; i < 32; i++) {
            s.k.call("mvExternalFlashOpen", s.k.variable(0));
        }
    }

    private static List<CallCase> wifi() {
        return List.of(
                CallCase.of(
                                "mvSetWifiConfig",
                                s -> {
                                    s.struct =
                                            s.k.struct("MvWifiConfig")
                                                    .set("version", 1)
                                                    .set("v1.wifi_ssid", "home")
                                                    .set("v1.wifi_password", "secret");
                                    s.arguments(s.struct.at);
                                })
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(Status.UNSUPPORTEDSTRUCTUREVERSION, s -> s.struct.set("version", 2))
                        .gives(
                                Status.INPUTTOOLONG,
                                s -> s.struct.set("v1.wifi_ssid", "x".repeat(33))),
                CallCase.of(
                                "mvGetWifiConfig",
                                s -> {
                                    s.struct =
                                            s.k.struct("MvWifiConfigOut")
                                                    .set("version", 1)
                                                    .set("v1.ssid.data", s.k.room(32))
                                                    .set("v1.ssid.size", 32)
                                                    .set("v1.ssid.length", s.k.variable(0))
                                                    .set("v1.has_encryption", s.k.variable(0));
                                    s.arguments(s.struct.at);
                                })
                        .gives(Status.PARAMETERFAULT, s -> s.breakPointer(0))
                        .gives(
                                Status.UNSUPPORTEDSTRUCTUREVERSION,
                                s -> s.struct.set("version", 2)));
    }
}
