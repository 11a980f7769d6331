// silent: channel-leak, uninit-out-param, handle-zeroed-without-close, status-never-read
// Results with a tag: the handle leaves its function inside of a structure, also in a union.
#include "mv_syscalls.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool is_ok;
    union {
        MvChannelHandle ok;
        enum MvStatus error;
    };
} Opened;

typedef struct {
    enum MvStatus status;
    MvChannelHandle channel;
} Plain;

static inline Opened opened_ok(MvChannelHandle channel)
{
    return (Opened){.is_ok = true, .ok = channel};
}

static inline Opened opened_error(enum MvStatus why)
{
    return (Opened){.is_ok = false, .error = why};
}

Opened open_by_helpers(const struct MvOpenChannelParams *params)
{
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(params, &channel);
    return status == MV_STATUS_OKAY ? opened_ok(channel) : opened_error(status);
}

Opened open_in_place(const struct MvOpenChannelParams *params)
{
    Opened result = {0};
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(params, &channel);
    if (status == MV_STATUS_OKAY) {
        result.is_ok = true;
        result.ok = channel;
    } else {
        result.error = status;
    }
    return result;
}

Plain open_plain(const struct MvOpenChannelParams *params)
{
    MvChannelHandle channel = 0;
    enum MvStatus status = mvOpenChannel(params, &channel);
    return (Plain){status, channel};
}

// Judged by code that nobody has shown us.
extern bool is_fine(enum MvStatus status);
extern Opened judged(enum MvStatus status);

uint32_t length_if_fine(MvChannelHandle channel)
{
    struct MvHttpResponseData answer;
    if (!is_fine(mvReadHttpResponseData(channel, &answer))) {
        return 0;
    }
    return answer.result == MV_HTTPRESULT_OK ? answer.body_length : 0;
}

uint32_t length_if_judged_fine(MvChannelHandle channel)
{
    struct MvHttpResponseData answer;
    Opened judgement = judged(mvReadHttpResponseData(channel, &answer));
    if (!judgement.is_ok) {
        return 0;
    }
    if (answer.result != MV_HTTPRESULT_OK || answer.body_length > 100) {
        return 0;
    }
    return answer.body_length;
}

// A channel whose closing has failed was not forgotten.
static MvChannelHandle settings;
extern void trouble(const char *what);

bool fetch(const struct MvOpenChannelParams *params, const struct MvConfigKeyFetchParams *keys)
{
    if (mvOpenChannel(params, &settings) != MV_STATUS_OKAY) {
        return false;
    }
    bool sent = mvSendConfigFetchRequest(settings, keys) == MV_STATUS_OKAY;
    if (mvCloseChannel(&settings) != MV_STATUS_OKAY) {
        trouble("close");
    }
    return sent;
}
