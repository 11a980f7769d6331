#include "http.h"

#include "clock.h"
#include "events.h"
#include "freestanding.h"
#include "log.h"
#include "network.h"

#define REQUEST_TIMEOUT_MS 10000u
/* Longer than the request may take, so that the cloud gives up first. */
#define ANSWER_TIMEOUT_MS 15000u
#define OPEN_ATTEMPTS 5
#define OPEN_PAUSE_MS 1000u
#define HEADER_BYTES 64
#define PIECE_BYTES 32
#define STATUS_OK 200u

/* Microvisor's while the channel is open; the send buffer is even write-protected. */
static uint8_t receive_buffer[1024] __attribute__((aligned(512)));
static uint8_t send_buffer[512] __attribute__((aligned(512)));

static const char METHOD[] = "GET";
static const char ACCEPT[] = "Accept: text/csv";
static const char AGENT[] = "User-Agent: http-request/1";

/** Text without its terminator, which is not part of it. */
static struct MvSizedString sized(const char *text) {
    const struct MvSizedString string = {.data = (const uint8_t *)text, .length = strlen(text)};
    return string;
}

static bool is_passing(enum MvStatus status) {
    return status == MV_STATUS_RATELIMITED || status == MV_STATUS_NETWORKNOTCONNECTED;
}

static enum MvStatus open_channel(MvChannelHandle *channel) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {
            .notification_handle = events_centre(),
            .notification_tag = TAG_HTTP,
            .network_handle = network_handle(),
            .receive_buffer = receive_buffer,
            .receive_buffer_len = sizeof receive_buffer,
            .send_buffer = send_buffer,
            .send_buffer_len = sizeof send_buffer,
            .channel_type = MV_CHANNELTYPE_HTTP,
            .endpoint = {.data = (const uint8_t *)"", .length = 0},
        },
    };
    enum MvStatus status = MV_STATUS_UNAVAILABLE;
    for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
        status = mvOpenChannel(&params, channel);
        if (!is_passing(status)) {
            break;
        }
        log_line("  no channel yet (%d), trying again", (int)status);
        clock_pause(OPEN_PAUSE_MS);
    }
    return status;
}

static enum MvStatus send_request(MvChannelHandle channel, const char *url) {
    const struct MvHttpHeader headers[] = {
        {.length = sizeof ACCEPT - 1, .data = (const uint8_t *)ACCEPT},
        {.length = sizeof AGENT - 1, .data = (const uint8_t *)AGENT},
    };
    const struct MvHttpRequest request = {
        .method = sized(METHOD),
        .url = sized(url),
        .num_headers = sizeof headers / sizeof headers[0],
        .headers = headers,
        .body = {.data = NULL, .length = 0},
        .timeout_ms = REQUEST_TIMEOUT_MS,
    };
    /* Before the request: its answer may be quicker than the next line. */
    http_settled = false;
    http_answered = false;
    return mvSendHttpRequest(channel, &request);
}

static bool log_headers(MvChannelHandle channel, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        /* The call adds no terminator and tells no length: zeros do, and one byte is kept back. */
        char header[HEADER_BYTES + 1] = {0};
        enum MvStatus status =
                mvReadHttpResponseHeader(channel, i, (uint8_t *)header, HEADER_BYTES);
        if (status != MV_STATUS_OKAY) {
            log_line("  header %u not read (%d)", (unsigned)i, (int)status);
            return false;
        }
        log_line("  %s", header);
    }
    return true;
}

static bool read_body(MvChannelHandle channel, uint32_t length, struct average *average) {
    uint8_t piece[PIECE_BYTES];
    for (uint32_t offset = 0; offset < length; offset += PIECE_BYTES) {
        uint32_t left = length - offset;
        uint32_t size = left < PIECE_BYTES ? left : PIECE_BYTES;
        enum MvStatus status = mvReadHttpResponseBody(channel, offset, piece, size);
        if (status != MV_STATUS_OKAY) {
            log_line("  body not read at %u (%d)", (unsigned)offset, (int)status);
            return false;
        }
        average_add(average, piece, size);
    }
    return true;
}

static enum http_outcome read_answer(MvChannelHandle channel, struct average *average) {
    struct MvHttpResponseData answer = {.result = MV_HTTPRESULT_REQUESTFAILED};
    enum MvStatus status = mvReadHttpResponseData(channel, &answer);
    if (status != MV_STATUS_OKAY) {
        log_line("  no answer to read (%d)", (int)status);
        return HTTP_UNREADABLE;
    }
    /* First whether the request got through at all, then what the far end said. */
    if (answer.result == MV_HTTPRESULT_RESPONSETOOLARGE) {
        log_line("  more than the %u bytes of the receive buffer",
                (unsigned)sizeof receive_buffer);
        return HTTP_TOO_LARGE;
    }
    if (answer.result != MV_HTTPRESULT_OK) {
        log_line("  failed with result %d", (int)answer.result);
        return HTTP_FAILED;
    }
    log_line("  status %u, %u headers, %u bytes", (unsigned)answer.status_code,
            (unsigned)answer.num_headers, (unsigned)answer.body_length);
    if (answer.status_code != STATUS_OK) {
        return HTTP_BAD_STATUS;
    }
    bool complete = log_headers(channel, answer.num_headers)
            && read_body(channel, answer.body_length, average);
    return complete ? HTTP_DONE : HTTP_UNREADABLE;
}

static void log_closure(MvChannelHandle channel) {
    /* Must come before the close, which ends the handle. */
    enum MvClosureReason reason = MV_CLOSUREREASON_NONE;
    enum MvStatus status = mvGetChannelClosureReason(channel, &reason);
    if (status == MV_STATUS_OKAY) {
        log_line("  connection lost, reason %d", (int)reason);
    } else {
        log_line("  connection lost, reason unknown (%d)", (int)status);
    }
}

static enum http_outcome exchange(
        MvChannelHandle channel, const char *url, struct average *average) {
    enum MvStatus status = send_request(channel, url);
    if (status != MV_STATUS_OKAY) {
        log_line("  request refused (%d)", (int)status);
        return HTTP_REFUSED;
    }
    if (!clock_wait_for(&http_settled, ANSWER_TIMEOUT_MS)) {
        log_line("  no answer within %u ms", ANSWER_TIMEOUT_MS);
        return HTTP_TIMED_OUT;
    }
    if (!http_answered) {
        log_closure(channel);
        return HTTP_DISCONNECTED;
    }
    return read_answer(channel, average);
}

enum http_outcome http_get_average(const char *url, struct average *average) {
    MvChannelHandle channel = 0;
    enum MvStatus status = open_channel(&channel);
    if (status != MV_STATUS_OKAY) {
        log_line("  no channel (%d)", (int)status);
        return HTTP_NO_CHANNEL;
    }
    enum http_outcome outcome = exchange(channel, url, average);
    /* A channel carries one request, so it is closed whatever came of it. */
    status = mvCloseChannel(&channel);
    if (status != MV_STATUS_OKAY && status != MV_STATUS_CHANNELCLOSED) {
        log_line("  channel not closed (%d)", (int)status);
    }
    return outcome;
}
