#include "types.h"

#define SLOT_BYTES (4096u)

RESULT STO_Write(U32 u32Slot, const U8 *pu8Data, U32 u32Length) {
    MvExternalFlashHandle hFlash = 0;
    RESULT eResult = R_FAIL;
    if (MV_STATUS_OKAY != mvExternalFlashOpen(&hFlash)) {
        return R_FAIL;
    }
    struct MvExternalFlashInfo sInfo = {.version = 1};
    if (MV_STATUS_OKAY == mvExternalFlashGetInfo(hFlash, &sInfo) &&
        (u32Slot + 1u) * SLOT_BYTES <= sInfo.v1.size && u32Length <= SLOT_BYTES) {
        if (MV_STATUS_OKAY == mvExternalFlashEraseBlocking(hFlash, u32Slot * SLOT_BYTES, SLOT_BYTES) &&
            MV_STATUS_OKAY == mvExternalFlashWriteBlocking(hFlash, u32Slot * SLOT_BYTES, u32Length, pu8Data)) {
            eResult = R_OK;
        }
    }
    if (MV_STATUS_OKAY != mvExternalFlashClose(&hFlash)) {
        DBG_Print("STO: close");
    }
    return eResult;
}

RESULT STO_Read(U32 u32Slot, U8 *pu8Data, U32 u32Length) {
    MvExternalFlashHandle hFlash = 0;
    RESULT eResult = R_FAIL;
    if (MV_STATUS_OKAY != mvExternalFlashOpen(&hFlash)) {
        return R_FAIL;
    }
    if (MV_STATUS_OKAY == mvExternalFlashReadBlocking(hFlash, u32Slot * SLOT_BYTES, u32Length, pu8Data)) {
        eResult = R_OK;
    }
    if (MV_STATUS_OKAY != mvExternalFlashClose(&hFlash)) {
        eResult = R_FAIL;
    }
    return eResult;
}
