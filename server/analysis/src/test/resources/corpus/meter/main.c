#include <stdio.h>
#include <string.h>

#include "stm32u5xx_hal.h"
#include "types.h"

static volatile U32 u32Pulses = 0;
static U32 u32Slot = 0;

/* A pulse of the meter, for each hundredth of a cubic metre. */
void EXTI3_IRQHandler(void) {
    u32Pulses++;
}

static void Measure(void) {
    char acText[64];
    int n = snprintf(acText, sizeof(acText), "{\"pulses\":%u}", u32Pulses);
    if (n > 0 && n < (int)sizeof(acText)) {
        if (R_OK != CLD_Queue(acText, (U32)n)) {
            (void)STO_Write(u32Slot++ % 16u, (const U8 *)acText, (U32)n);
        }
    }
}

static void Update(void) {
    if (EVT_Take(EVT_UPDATE) != 0) {
        U8 au8Last[64];
        if (R_OK == STO_Read(0, au8Last, sizeof(au8Last))) {
            DBG_Print("last words saved");
        }
        enum MvStatus eStatus = mvRestart(MV_RESTARTMODE_AUTOAPPLYUPDATE);
        if (MV_STATUS_MICROVISORBUSY == eStatus) {
            DBG_Print("update is late");
        } else if (MV_STATUS_OKAY != eStatus) {
            DBG_Number("restart", eStatus);
        }
    }
}

static TASK asTasks[] = {
    {Measure, 60000u, 0u},
    {CLD_Run, 20u, 0u},
    {Update, 1000u, 0u},
};

int main(void) {
    HAL_Init();
    DBG_Init();
    EVT_Init();
    NVIC_EnableIRQ(EXTI3_IRQn);
    while (R_OK != NET_Init()) {
        HAL_Delay(10000);
    }
    for (;;) {
        for (U32 i = 0; i < COUNT_OF(asTasks); i++) {
            if (CLK_Now() - asTasks[i].u32LastMs >= asTasks[i].u32PeriodMs) {
                asTasks[i].u32LastMs = CLK_Now();
                asTasks[i].pfnRun();
            }
        }
        __WFI();
    }
}
