#include <string.h>

#include "types.h"

#define CLD_RX_BYTES (3u * 512u)
#define CLD_TX_BYTES (1024u)
#define CLD_ANSWER_MS (15000u)

static U8 au8Rx[CLD_RX_BYTES] __attribute__((aligned(512)));
static U8 __attribute__((aligned(512))) au8Tx[CLD_TX_BYTES];

typedef enum { CLD_IDLE, CLD_WAIT, CLD_PAUSE } CLD_STATE;

static struct {
    CLD_STATE eState;
    MvChannelHandle hChannel;
    U32 u32Since;
    U32 u32PauseMs;
    char acBody[256];
    U32 u32Length;
} sCloud = {CLD_IDLE, 0, 0, 2000u, "", 0};

RESULT CLD_Queue(const char *pszText, U32 u32Length) {
    if (0 != sCloud.u32Length) {
        return R_BUSY;
    }
    if (u32Length > sizeof(sCloud.acBody)) {
        return R_FAIL;
    }
    memcpy(sCloud.acBody, pszText, u32Length);
    sCloud.u32Length = u32Length;
    return R_OK;
}

static void Shut(CLD_STATE eNext) {
    if (0 != sCloud.hChannel) {
        enum MvStatus eStatus = mvCloseChannel(&sCloud.hChannel);
        if (MV_STATUS_OKAY != eStatus) {
            sCloud.hChannel = 0;
        }
    }
    sCloud.eState = eNext;
    sCloud.u32Since = CLK_Now();
}

static RESULT Open(void) {
    static const struct MvOpenChannelParams *psParams;
    struct MvOpenChannelParams sParams = {0};
    psParams = &sParams;
    sParams.version = 1;
    sParams.v1.notification_handle = EVT_hCentre;
    sParams.v1.notification_tag = 2;
    sParams.v1.network_handle = NET_hNetwork;
    sParams.v1.receive_buffer = au8Rx;
    sParams.v1.receive_buffer_len = CLD_RX_BYTES;
    sParams.v1.send_buffer = au8Tx;
    sParams.v1.send_buffer_len = sizeof(au8Tx);
    sParams.v1.channel_type = MV_CHANNELTYPE_HTTP;
    sParams.v1.endpoint.data = (const U8 *)"";
    enum MvStatus eStatus = mvOpenChannel(psParams, &sCloud.hChannel);
    switch (eStatus) {
        case MV_STATUS_OKAY:
            return R_OK;
        case MV_STATUS_RATELIMITED:
        case MV_STATUS_NETWORKNOTCONNECTED:
            return R_BUSY;
        default:
            DBG_Number("CLD: open", eStatus);
            return R_FAIL;
    }
}

static RESULT Send(void) {
    static const char acUrl[] = "https://meters.example.com/v2/readings";
    struct MvHttpRequest sRequest;
    memset(&sRequest, 0, sizeof(sRequest));
    sRequest.method.data = (const U8 *)"PUT";
    sRequest.method.length = 3;
    sRequest.url.data = (const U8 *)acUrl;
    sRequest.url.length = sizeof(acUrl) - 1u;
    sRequest.body.data = (const U8 *)sCloud.acBody;
    sRequest.body.length = sCloud.u32Length;
    sRequest.timeout_ms = 10u * 1000u;
    enum MvStatus eStatus = mvSendHttpRequest(sCloud.hChannel, &sRequest);
    if (MV_STATUS_OKAY != eStatus) {
        DBG_Number("CLD: send", eStatus);
        return R_FAIL;
    }
    return R_OK;
}

static void Answer(void) {
    struct MvHttpResponseData sData;
    enum MvStatus eStatus = mvReadHttpResponseData(sCloud.hChannel, &sData);
    if (MV_STATUS_OKAY != eStatus) {
        DBG_Number("CLD: answer", eStatus);
        return;
    }
    if (MV_HTTPRESULT_OK != sData.result) {
        DBG_Number("CLD: result", sData.result);
        return;
    }
    DBG_Number("CLD: status", sData.status_code);
    sCloud.u32Length = 0;
    sCloud.u32PauseMs = 2000u;
}

void CLD_Run(void) {
    switch (sCloud.eState) {
        case CLD_IDLE:
            if ((0 == sCloud.u32Length) || !NET_IsUp()) {
                break;
            }
            (void)EVT_Take(EVT_RESPONSE | EVT_GONE);
            if (R_OK != Open()) {
                Shut(CLD_PAUSE);
            } else if (R_OK != Send()) {
                Shut(CLD_PAUSE);
            } else {
                sCloud.u32Since = CLK_Now();
                sCloud.eState = CLD_WAIT;
            }
            break;
        case CLD_WAIT: {
            U32 u32Got = EVT_Take(EVT_RESPONSE | EVT_GONE);
            if (u32Got & EVT_RESPONSE) {
                Answer();
                Shut(CLD_PAUSE);
            } else if ((u32Got & EVT_GONE) || (CLK_Now() - sCloud.u32Since > CLD_ANSWER_MS)) {
                sCloud.u32PauseMs = (sCloud.u32PauseMs < 64000u) ? sCloud.u32PauseMs * 2u : 64000u;
                Shut(CLD_PAUSE);
            }
            break;
        }
        case CLD_PAUSE:
            if (CLK_Now() - sCloud.u32Since > sCloud.u32PauseMs) {
                sCloud.eState = CLD_IDLE;
            }
            break;
        default:
            sCloud.eState = CLD_IDLE;
            break;
    }
}
