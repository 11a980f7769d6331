package dev.microvisor.cli.bench;

/**
 * Firmware that goes on and on: each function opens, uses and closes something, not always rightly.
 */
final class GeneratedSource {
    private static final String HEAD =
            """
            #include <stdint.h>
            #include <stdbool.h>
            #include "mv_syscalls.h"
            static struct { MvNotificationHandle centre; MvNetworkHandle network; MvChannelHandle channel; } handles_%1$d;
            static volatile struct MvNotification ring_%1$d[16] __attribute__((aligned(8)));
            static uint8_t send_%1$d[512] __attribute__((aligned(512)));
            static uint8_t receive_%1$d[2048] __attribute__((aligned(512)));
            """;
    private static final String FUNCTION =
            """

            bool step_%1$d_%2$d(uint32_t tag, const uint8_t *data, uint32_t length) {
                uint32_t written = 0;
                for (uint32_t i = 0; i < length; i++) {
                    if (data[i] == '%3$c') {
                        written += tag;
                    } else if (data[i] > 127 && tag != %2$d) {
                        break;
                    }
                }
                struct MvOpenChannelParams params = {
                    .version = 1,
                    .v1 = {
                        .notification_handle = handles_%1$d.centre,
                        .notification_tag = tag,
                        .network_handle = handles_%1$d.network,
                        .receive_buffer = receive_%1$d,
                        .receive_buffer_len = sizeof(receive_%1$d),
                        .send_buffer = send_%1$d,
                        .send_buffer_len = sizeof(send_%1$d),
                        .channel_type = MV_CHANNELTYPE_HTTP,
                    },
                };
                enum MvStatus status = mvOpenChannel(&params, &handles_%1$d.channel);
                switch (status) {
                    case MV_STATUS_OKAY: break;
                    case MV_STATUS_RATELIMITED: return false;
                    default: return step_%1$d_%4$d(tag + 1, data, written);
                }
                if (written > 100) {
                    status = mvCloseChannel(&handles_%1$d.channel);
                } else {
                    (void)mvCloseChannel(&handles_%1$d.channel);
                }
                return status == MV_STATUS_OKAY;
            }
            """;
    private static final int FUNCTIONS = 12;

    private GeneratedSource() {}

    static String text(int file) {
        StringBuilder text = new StringBuilder(HEAD.formatted(file));
        for (int i = 0; i < FUNCTIONS; i++) {
            text.append("bool step_" + file + "_" + i + "(uint32_t, const uint8_t *, uint32_t);\n");
        }
        for (int i = 0; i < FUNCTIONS; i++) {
            text.append(FUNCTION.formatted(file, i, (char) ('a' + i), Math.max(0, i - 1)));
        }
        return text.toString();
    }
}
