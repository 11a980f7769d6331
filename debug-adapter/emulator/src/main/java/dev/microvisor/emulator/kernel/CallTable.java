package dev.microvisor.emulator.kernel;

import static java.util.Map.entry;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.channels.CloseChannel;
import dev.microvisor.emulator.kernel.channels.GetChannelClosureReason;
import dev.microvisor.emulator.kernel.channels.OpenChannel;
import dev.microvisor.emulator.kernel.channels.ReadChannel;
import dev.microvisor.emulator.kernel.channels.ReadChannelComplete;
import dev.microvisor.emulator.kernel.channels.WriteChannel;
import dev.microvisor.emulator.kernel.configfetch.ReadConfigFetchResponseData;
import dev.microvisor.emulator.kernel.configfetch.ReadConfigResponseItem;
import dev.microvisor.emulator.kernel.configfetch.SendConfigFetchRequest;
import dev.microvisor.emulator.kernel.flash.ExternalFlashClose;
import dev.microvisor.emulator.kernel.flash.ExternalFlashEraseBlocking;
import dev.microvisor.emulator.kernel.flash.ExternalFlashGetInfo;
import dev.microvisor.emulator.kernel.flash.ExternalFlashOpen;
import dev.microvisor.emulator.kernel.flash.ExternalFlashReadBlocking;
import dev.microvisor.emulator.kernel.flash.ExternalFlashWriteBlocking;
import dev.microvisor.emulator.kernel.http.ReadHttpResponseBody;
import dev.microvisor.emulator.kernel.http.ReadHttpResponseData;
import dev.microvisor.emulator.kernel.http.ReadHttpResponseHeader;
import dev.microvisor.emulator.kernel.http.SendHttpRequest;
import dev.microvisor.emulator.kernel.interrupts.ClearFastInterrupt;
import dev.microvisor.emulator.kernel.interrupts.DisableAllFastInterrupts;
import dev.microvisor.emulator.kernel.interrupts.DisableFastInterrupt;
import dev.microvisor.emulator.kernel.interrupts.EnableAllFastInterrupts;
import dev.microvisor.emulator.kernel.interrupts.EnableFastInterrupt;
import dev.microvisor.emulator.kernel.interrupts.SetFastInterrupt;
import dev.microvisor.emulator.kernel.logging.ServerLog;
import dev.microvisor.emulator.kernel.logging.ServerLoggingInit;
import dev.microvisor.emulator.kernel.mqtt.MqttAcknowledgeMessage;
import dev.microvisor.emulator.kernel.mqtt.MqttGetNextReadableDataType;
import dev.microvisor.emulator.kernel.mqtt.MqttReadOutcome;
import dev.microvisor.emulator.kernel.mqtt.MqttReadTopicCodes;
import dev.microvisor.emulator.kernel.mqtt.MqttReceiveLostMessageInfo;
import dev.microvisor.emulator.kernel.mqtt.MqttReceiveMessage;
import dev.microvisor.emulator.kernel.mqtt.MqttRequestConnect;
import dev.microvisor.emulator.kernel.mqtt.MqttRequestDisconnect;
import dev.microvisor.emulator.kernel.mqtt.MqttRequestPublish;
import dev.microvisor.emulator.kernel.mqtt.MqttRequestTopics;
import dev.microvisor.emulator.kernel.network.GetNetworkReasons;
import dev.microvisor.emulator.kernel.network.GetNetworkStatus;
import dev.microvisor.emulator.kernel.network.ReleaseNetwork;
import dev.microvisor.emulator.kernel.network.RequestNetwork;
import dev.microvisor.emulator.kernel.notifications.CloseNotifications;
import dev.microvisor.emulator.kernel.notifications.CloseSystemNotification;
import dev.microvisor.emulator.kernel.notifications.OpenSystemNotification;
import dev.microvisor.emulator.kernel.notifications.SetupNotifications;
import dev.microvisor.emulator.kernel.notifications.TempTriggerNotification;
import dev.microvisor.emulator.kernel.power.DeepSleep;
import dev.microvisor.emulator.kernel.power.GetWakeReason;
import dev.microvisor.emulator.kernel.power.PowerSave;
import dev.microvisor.emulator.kernel.power.Restart;
import dev.microvisor.emulator.kernel.power.SystemLedEnable;
import dev.microvisor.emulator.kernel.system.GetClock;
import dev.microvisor.emulator.kernel.system.GetDeviceId;
import dev.microvisor.emulator.kernel.system.GetMicroseconds;
import dev.microvisor.emulator.kernel.system.GetWallTime;
import dev.microvisor.emulator.kernel.system.NoOp;
import dev.microvisor.emulator.kernel.system.PeriphPeek32;
import dev.microvisor.emulator.kernel.system.PeriphPoke32;
import dev.microvisor.emulator.kernel.system.TemporaryStructTest;
import dev.microvisor.emulator.kernel.testmode.TestLog;
import dev.microvisor.emulator.kernel.testmode.TestLoggingInit;
import dev.microvisor.emulator.kernel.testmode.TestingComplete;
import dev.microvisor.emulator.kernel.wifi.GetWifiConfig;
import dev.microvisor.emulator.kernel.wifi.SetWifiConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The handler of each system call. A handler has no state, so one serves all machines. */
public final class CallTable {
    private static final Map<String, HostCall<?>> HANDLERS =
            Map.ofEntries(
                    entry("mvClearFastInterrupt", new ClearFastInterrupt()),
                    entry("mvCloseChannel", new CloseChannel()),
                    entry("mvCloseNotifications", new CloseNotifications()),
                    entry("mvCloseSystemNotification", new CloseSystemNotification()),
                    entry("mvDeepSleep", new DeepSleep()),
                    entry("mvDisableAllFastInterrupts", new DisableAllFastInterrupts()),
                    entry("mvDisableFastInterrupt", new DisableFastInterrupt()),
                    entry("mvEnableAllFastInterrupts", new EnableAllFastInterrupts()),
                    entry("mvEnableFastInterrupt", new EnableFastInterrupt()),
                    entry("mvExternalFlashClose", new ExternalFlashClose()),
                    entry("mvExternalFlashEraseBlocking", new ExternalFlashEraseBlocking()),
                    entry("mvExternalFlashGetInfo", new ExternalFlashGetInfo()),
                    entry("mvExternalFlashOpen", new ExternalFlashOpen()),
                    entry("mvExternalFlashReadBlocking", new ExternalFlashReadBlocking()),
                    entry("mvExternalFlashWriteBlocking", new ExternalFlashWriteBlocking()),
                    entry("mvGetChannelClosureReason", new GetChannelClosureReason()),
                    entry("mvGetDeviceId", new GetDeviceId()),
                    entry("mvGetHClk", new GetClock()),
                    entry("mvGetMicroseconds", new GetMicroseconds()),
                    entry("mvGetNetworkReasons", new GetNetworkReasons()),
                    entry("mvGetNetworkStatus", new GetNetworkStatus()),
                    entry("mvGetPClk1", new GetClock()),
                    entry("mvGetPClk2", new GetClock()),
                    entry("mvGetSysClk", new GetClock()),
                    entry("mvGetWakeReason", new GetWakeReason()),
                    entry("mvGetWallTime", new GetWallTime()),
                    entry("mvGetWifiConfig", new GetWifiConfig()),
                    entry("mvMqttAcknowledgeMessage", new MqttAcknowledgeMessage()),
                    entry("mvMqttGetNextReadableDataType", new MqttGetNextReadableDataType()),
                    entry("mvMqttReadConnectResponse", MqttReadOutcome.ofConnect()),
                    entry("mvMqttReadDisconnectResponse", MqttReadOutcome.ofDisconnect()),
                    entry("mvMqttReadPublishResponse", MqttReadOutcome.ofPublish()),
                    entry("mvMqttReadSubscribeResponse", MqttReadTopicCodes.ofSubscribe()),
                    entry("mvMqttReadUnsubscribeResponse", MqttReadTopicCodes.ofUnsubscribe()),
                    entry("mvMqttReceiveLostMessageInfo", new MqttReceiveLostMessageInfo()),
                    entry("mvMqttReceiveMessage", new MqttReceiveMessage()),
                    entry("mvMqttRequestConnect", new MqttRequestConnect()),
                    entry("mvMqttRequestDisconnect", new MqttRequestDisconnect()),
                    entry("mvMqttRequestPublish", new MqttRequestPublish()),
                    entry("mvMqttRequestSubscribe", MqttRequestTopics.subscribing()),
                    entry("mvMqttRequestUnsubscribe", MqttRequestTopics.unsubscribing()),
                    entry("mvNoOp", new NoOp()),
                    entry("mvOpenChannel", new OpenChannel()),
                    entry("mvOpenSystemNotification", new OpenSystemNotification()),
                    entry("mvPeriphPeek32", new PeriphPeek32()),
                    entry("mvPeriphPoke32", new PeriphPoke32()),
                    entry("mvPowerSave", new PowerSave()),
                    entry("mvReadChannel", new ReadChannel()),
                    entry("mvReadChannelComplete", new ReadChannelComplete()),
                    entry("mvReadConfigFetchResponseData", new ReadConfigFetchResponseData()),
                    entry("mvReadConfigResponseItem", new ReadConfigResponseItem()),
                    entry("mvReadHttpResponseBody", new ReadHttpResponseBody()),
                    entry("mvReadHttpResponseData", new ReadHttpResponseData()),
                    entry("mvReadHttpResponseHeader", new ReadHttpResponseHeader()),
                    entry("mvReleaseNetwork", new ReleaseNetwork()),
                    entry("mvRequestNetwork", new RequestNetwork()),
                    entry("mvRestart", new Restart()),
                    entry("mvSendConfigFetchRequest", new SendConfigFetchRequest()),
                    entry("mvSendHttpRequest", new SendHttpRequest()),
                    entry("mvServerLog", new ServerLog()),
                    entry("mvServerLoggingInit", new ServerLoggingInit()),
                    entry("mvSetFastInterrupt", new SetFastInterrupt()),
                    entry("mvSetWifiConfig", new SetWifiConfig()),
                    entry("mvSetupNotifications", new SetupNotifications()),
                    entry("mvSystemLedEnable", new SystemLedEnable()),
                    entry("mvTempTriggerNotification", new TempTriggerNotification()),
                    entry("mvTemporaryStructTest", new TemporaryStructTest()),
                    entry("mvTestLog", new TestLog()),
                    entry("mvTestLoggingInit", new TestLoggingInit()),
                    entry("mvTestingComplete", new TestingComplete()),
                    entry("mvWriteChannel", WriteChannel.allOrNothing()),
                    entry("mvWriteChannelStream", WriteChannel.whatFits()));

    private final Row[] rows;

    CallTable(Catalog catalog) {
        int last = catalog.calls().stream().mapToInt(SystemCall::slot).max().orElse(-1);
        rows = new Row[last + 1];
        for (SystemCall call : catalog.calls()) {
            rows[call.slot()] =
                    new Row(
                            call,
                            Optional.ofNullable(HANDLERS.get(call.name())),
                            CallDecoder.pointsAtStructures(call),
                            CallDecoder.numberOut(call, catalog));
        }
    }

    /**
     * A call of the catalog and what handles it.
     *
     * @param out the one number that it gives out, of those not decoded early
     * @param decodedEarly true when its arguments must be decoded while it is made
     */
    record Row(
            SystemCall call,
            Optional<HostCall<?>> handler,
            boolean decodedEarly,
            Optional<CallDecoder.Out> out) {}

    /** What is in a slot; empty when no function is. */
    Optional<Row> at(int slot) {
        return slot < 0 || slot >= rows.length ? Optional.empty() : Optional.ofNullable(rows[slot]);
    }

    /** True for {@code mvGetMicroseconds}. */
    boolean tellsTime(int slot) {
        return at(slot).flatMap(Row::handler).filter(h -> h instanceof GetMicroseconds).isPresent();
    }

    /** Names of all calls that have a handler. */
    static Set<String> handled() {
        return HANDLERS.keySet();
    }
}
