/* House types. The compiler of the old product had no stdint.h. */
#ifndef TYPES_H
#define TYPES_H

#include "mv_syscalls.h"

typedef unsigned char U8;
typedef unsigned short U16;
typedef unsigned int U32;
typedef signed int S32;
typedef U8 BOOL;

#define TRUE ((BOOL)1)
#define FALSE ((BOOL)0)
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

typedef enum { R_OK = 0, R_BUSY, R_FAIL } RESULT;

typedef void (*TASK_FN)(void);
typedef struct {
    TASK_FN pfnRun;
    U32 u32PeriodMs;
    U32 u32LastMs;
} TASK;

/* clk.c */
U32 CLK_Now(void);

/* evt.c */
#define EVT_NET 0x01u
#define EVT_RESPONSE 0x02u
#define EVT_GONE 0x04u
#define EVT_UPDATE 0x08u
void EVT_Init(void);
U32 EVT_Take(U32 u32Mask);
extern MvNotificationHandle EVT_hCentre;

/* net.c */
RESULT NET_Init(void);
BOOL NET_IsUp(void);
extern MvNetworkHandle NET_hNetwork;

/* cld.c */
void CLD_Run(void);
RESULT CLD_Queue(const char *pszText, U32 u32Length);

/* sto.c */
RESULT STO_Write(U32 u32Slot, const U8 *pu8Data, U32 u32Length);
RESULT STO_Read(U32 u32Slot, U8 *pu8Data, U32 u32Length);

/* dbg.c */
void DBG_Init(void);
void DBG_Print(const char *pszText);
void DBG_Number(const char *pszText, U32 u32Value);

#endif
