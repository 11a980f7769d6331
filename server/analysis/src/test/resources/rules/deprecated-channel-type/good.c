#include "mv_syscalls.h"

enum MvStatus open(MvChannelHandle *out, enum MvChannelType type) {
    struct MvOpenChannelParams params = {.version = 1};
    params.v1.channel_type = type;
    if (type == MV_CHANNELTYPE_OPAQUEBYTES) {
        params.v1.channel_type = MV_CHANNELTYPE_MQTT;
    }
    return mvOpenChannel(&params, out);
}
