package dev.microvisor.analysis.corpus;

import java.util.List;

/** What a hurried hand does to firmware. */
final class Mutators {
    /** An alignment of 512 in any of its spellings, with the blank before it. */
    private static final String ALIGN_512 =
            " ?(?:__attribute__ ?\\(\\(aligned\\(512\\)\\)\\)|alignas\\(512\\)|_Alignas\\(512\\)|ALIGN512)";

    /** A receive buffer that only a config fetch channel uses may lie anywhere. */
    private static final String LOOSE_RECEIVE =
            "(?s)receive\\w*\\[\\w+\\](?! ?__attribute__\\(\\(aligned\\(512)[^;]*;.*CONFIGFETCH";

    /** What follows 2560 aligned bytes is aligned as well. */
    private static final String STILL_ALIGNED =
            "uint8_t receive\\[2560\\] __attribute__\\(\\(aligned\\(512";

    static final List<Mutator> ALL =
            List.of(
                    Mutator.of("alignment dropped", "buffer-alignment", ALIGN_512, "", ".")
                            .unless(LOOSE_RECEIVE)
                            .unless(STILL_ALIGNED)
                            .unless("block_t\\[512\\](?! __attribute__\\(\\(aligned\\(512)")
                            .unless(
                                    "receive_blocks\\[SLOTS\\]\\[1536\\](?! __attribute__\\(\\(aligned\\(512|;\n\n?extern|;\nextern)")
                            .unless("broker_rx\\[7168\\](?! __attribute__\\(\\(aligned\\(512)")
                            .unless(
                                    "rx_space\\[7168\\](?! __attribute__\\(\\(section\\(\"\\.channel\"\\), aligned\\(512)"),
                    Mutator.of(
                                    "alignment halved",
                                    "buffer-alignment",
                                    "(aligned\\(|alignas\\()512\\)",
                                    "$1256)",
                                    ".")
                            .unless(LOOSE_RECEIVE)
                            .unless(STILL_ALIGNED)
                            .unless("block_t\\[512\\](?! __attribute__\\(\\(aligned\\(512)")
                            .unless(
                                    "receive_blocks\\[SLOTS\\]\\[1536\\](?! __attribute__\\(\\(aligned\\(512|;\n\n?extern|;\nextern)")
                            .unless("broker_rx\\[7168\\](?! __attribute__\\(\\(aligned\\(512)")
                            .unless(
                                    "rx_space\\[7168\\](?! __attribute__\\(\\(section\\(\"\\.channel\"\\), aligned\\(512)"),
                    Mutator.of(
                                    "size 2560 to 2000",
                                    "buffer-size",
                                    "\\b2560\\b|5 \\* 512",
                                    "2000",
                                    ".")
                            .unless("(?s)receive\\[2000\\].*CONFIGFETCH"),
                    Mutator.of(
                                    "size 1536 to 1500",
                                    "buffer-size",
                                    "\\b1536\\b|3 \\* 512",
                                    "1500",
                                    ".")
                            .unless("receive_blocks\\[SLOTS\\]\\[1500"),
                    Mutator.of(
                            "size 1024 to 1000",
                            "buffer-size",
                            "(_t|Buffer|BYTES|_area|log\\w*|Area)(\\[| )(1024|2048|4096)\\b",
                            "$1$21000",
                            "."),
                    Mutator.of(
                            "size 512 to 500",
                            "buffer-size",
                            "((?:send|tx|TX|Send|out)\\w*(?:\\[| = | )(?:2 \\* )?)512\\b",
                            "$1500",
                            "."),
                    Mutator.of(
                            "timeout too long",
                            "timeout-range",
                            "(REQUEST_TIMEOUT_MS |timeout_ms = )(?:\\d+ \\* )?\\d+",
                            "$115000",
                            "."),
                    Mutator.of(
                            "timeout too short",
                            "timeout-range",
                            "(REQUEST_TIMEOUT_MS |timeout_ms = )(?:\\d+ \\* )?\\d+",
                            "$12000",
                            "."),
                    Mutator.of(
                            "timeout zero",
                            "timeout-range",
                            "(request\\.timeout_ms|\\.timeout_ms) = [^,;}\\n]+",
                            "$1 = 0",
                            ""),
                    Mutator.of(
                            "timeout dropped",
                            "timeout-range",
                            "\\.timeout_ms = [^,;}\\n]+,?",
                            "",
                            "SendHttpRequest|request"),
                    Mutator.of(
                            "version dropped",
                            "params-version",
                            "\\.version = 1,\\s*",
                            "",
                            "arams|network|mv"),
                    Mutator.of(
                            "version statement dropped",
                            "params-version",
                            "\\n *\\w+\\.version = 1;",
                            "",
                            "arams|mv"),
                    Mutator.of(
                            "version of the future",
                            "params-version",
                            "\\.version = 1\\b",
                            ".version = 2",
                            ""),
                    Mutator.of(
                                    "volatile dropped from ring",
                                    "notification-buffer-not-volatile",
                                    "volatile ((?:struct )?MvNotification \\w+\\[)",
                                    "$1",
                                    "")
                            .unless("volatile (struct )?MvNotification ?\\*")
                            .unless("vTaskNotifyGiveFromISR"),
                    Mutator.of(
                            "count instead of bytes",
                            "notification-buffer-size",
                            "(buffer_size = )sizeof ?\\(?(\\w+)\\)?",
                            "$1sizeof($2) / sizeof($2[0])",
                            ""),
                    Mutator.of(
                            "ring of one record",
                            "notification-buffer-size",
                            "(buffer_size = )sizeof ?\\(?(\\w+)\\)?",
                            "$116",
                            ""),
                    Mutator.of(
                            "ring size no multiple",
                            "notification-buffer-size",
                            "(buffer_size = )sizeof ?\\(?(\\w+)\\)?",
                            "$1sizeof($2) - 4",
                            ""),
                    Mutator.of(
                            "handler renamed",
                            "isr-irq-mismatch",
                            "(void )TIM(\\w+)_IRQHandler\\(void\\) \\{",
                            "$1TIM$2_Handler(void) {",
                            "irq|Irq|IRQ|mvSetupNotifications|setup"),
                    Mutator.of(
                            "handler of another interrupt",
                            "isr-irq-mismatch",
                            "(void )(?:TIM|EXTI)\\w+_IRQHandler\\(void\\) \\{",
                            "$1TIM5_IRQHandler(void) {",
                            "irq|Irq|IRQ|mvSetupNotifications|setup"),
                    Mutator.of(
                                    "interrupt not enabled",
                                    "irq-not-enabled",
                                    "\\n *(?:HAL_NVIC_EnableIRQ|NVIC_EnableIRQ|nvic_enable)\\(\\w+\\);",
                                    "",
                                    "irq|Irq|IRQ|mvSetupNotifications|setup")
                            // Its body is in a header outside of the copied folder: out of sight
                            // it gets the number, and may enable the interrupt.
                            .unless("nvic_clear"),
                    Mutator.of(
                            "notification never cleared",
                            "notification-not-cleared",
                            "\\n *[\\w\\[\\].>-]+event_type = MV_EVENTTYPE_NOEVENT;",
                            "",
                            "."),
                    Mutator.of(
                            "modulo too large",
                            "notification-index-bound",
                            "% (?:NOTE_COUNT\\b|RING\\b|RECORDS\\b|kRecords|ARRAY_COUNT\\(records\\)|\\(sizeof\\(ring\\) / sizeof\\(ring\\[0\\]\\)\\))",
                            "% 32",
                            "."),
                    Mutator.of(
                                    "closure case gone",
                                    "channel-closure-unhandled",
                                    "MV_EVENTTYPE_CHANNELNOTCONNECTED",
                                    "MV_EVENTTYPE_UPDATEDOWNLOADED",
                                    ".")
                            .unless("vTaskNotifyGiveFromISR"),
                    Mutator.of(
                            "wrong channel type",
                            "channel-type-mismatch",
                            "MV_CHANNELTYPE_(?:HTTP|CONFIGFETCH)\\b",
                            "MV_CHANNELTYPE_MQTT",
                            "mvSend|mvRead|channel_type|TYPE|wrap_get"),
                    Mutator.of(
                            "deprecated channel type",
                            "deprecated-channel-type,channel-type-mismatch",
                            "MV_CHANNELTYPE_(?:HTTP|CONFIGFETCH)\\b",
                            "MV_CHANNELTYPE_OPAQUEBYTES",
                            "."),
                    Mutator.of(
                            "header count one more",
                            "headers-count-mismatch",
                            "(num_headers = )([12])\\b",
                            "$18",
                            ""),
                    Mutator.of(
                            "key count one more",
                            "headers-count-mismatch",
                            "\\{ARRAY_COUNT\\(keys\\), keys\\}",
                            "{3, keys}",
                            ""),
                    Mutator.of(
                            "close dropped",
                            "channel-leak",
                            "\\n[^\\n]*mvCloseChannel\\([^;]*;",
                            "",
                            "[oO]pen|Channel channel|connect\\(|channel_"),
                    Mutator.of(
                            "close after the answer dropped",
                            "channel-leak",
                            "((?:take|take_response|process_response)\\([^;]*;\\s*)"
                                    + "(?:shut|http_close_channel|disconnect)\\([^;]*;",
                            "$1",
                            "[oO]pen"),
                    Mutator.of(
                            "way out of a failure lost",
                            "unchecked-status",
                            "(if \\((?:\\w+ = )?mv(?:Setup|Open|Send|RequestN|Read|Mqtt)\\w*\\([^;{}]*\\)\\s*!= MV_STATUS_OKAY\\)\\s*(?:\\{\\s*)?)(?:return\\b[^;{}]*|goto \\w+);",
                            "$1;",
                            "mv"),
                    Mutator.of(
                            "test of a status inverted",
                            "status-test-inverted,uninit-out-param,invalid-handle-use",
                            "(if \\((\\w+) )!=( MV_STATUS_OKAY\\) \\{\\s*\\w+\\([^;]*, (?:\\(int\\)|\\(unsigned\\))?\\2\\);\\s*(?:return|goto|break)\\b)",
                            "$1==$3",
                            "mv|request|open"));

    private Mutators() {}
}
