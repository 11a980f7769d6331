#include <stdio.h>
#include <string.h>

#include "types.h"

static U8 au8Area[2048] __attribute__((section(".mvlog"), aligned(512)));

void DBG_Init(void) {
    static BOOL bDone = FALSE;
    if (TRUE == bDone) {
        return;
    }
    if (MV_STATUS_OKAY == mvServerLoggingInit(au8Area, sizeof(au8Area))) {
        bDone = TRUE;
    }
}

void DBG_Print(const char *pszText) {
    (void)mvServerLog((const U8 *)pszText, (U16)strlen(pszText));
}

void DBG_Number(const char *pszText, U32 u32Value) {
    char acLine[80];
    (void)snprintf(acLine, sizeof(acLine), "%s %u", pszText, u32Value);
    DBG_Print(acLine);
}
