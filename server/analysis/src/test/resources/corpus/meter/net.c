#include "types.h"

MvNetworkHandle NET_hNetwork = 0;

RESULT NET_Init(void) {
    struct MvRequestNetworkParams sParams;
    sParams.version = 1;
    sParams.v1.notification_handle = EVT_hCentre;
    sParams.v1.notification_tag = 1;
    enum MvStatus eStatus = mvRequestNetwork(&sParams, &NET_hNetwork);
    DBG_Number("NET: request", eStatus);
    return (MV_STATUS_OKAY == eStatus) ? R_OK : R_FAIL;
}

BOOL NET_IsUp(void) {
    enum MvNetworkStatus eNow;
    if (0 == NET_hNetwork) {
        return FALSE;
    }
    if (MV_STATUS_OKAY != mvGetNetworkStatus(NET_hNetwork, &eNow)) {
        return FALSE;
    }
    return (MV_NETWORKSTATUS_CONNECTED == eNow) ? TRUE : FALSE;
}
