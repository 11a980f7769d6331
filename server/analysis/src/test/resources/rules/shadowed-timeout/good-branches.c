#include "mv_syscalls.h"

extern void tell(const char *text);

/* Two variables of one name, each in a branch of its own: neither hides the other. */
void serve(MvChannelHandle channel) {
    enum MvMqttReadableDataType kind = MV_MQTTREADABLEDATATYPE_NONE;
    while (mvMqttGetNextReadableDataType(channel, &kind) == MV_STATUS_OKAY
           && kind != MV_MQTTREADABLEDATATYPE_NONE) {
        if (kind == MV_MQTTREADABLEDATATYPE_CONNECTRESPONSE) {
            struct MvMqttConnectResponse answer = {0};
            if (mvMqttReadConnectResponse(channel, &answer) != MV_STATUS_OKAY
                || answer.request_state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED
                || answer.reason_code != 0) {
                return;
            }
        } else if (kind == MV_MQTTREADABLEDATATYPE_PUBLISHRESPONSE) {
            struct MvMqttPublishResponse answer;
            if (mvMqttReadPublishResponse(channel, &answer) != MV_STATUS_OKAY
                || answer.request_state != MV_MQTTREQUESTSTATE_REQUESTCOMPLETED
                || answer.reason_code != 0) {
                tell("not published");
            }
        } else {
            return;
        }
    }
}
