#include "mv_syscalls.h"
#include <stdint.h>
#include <string.h>

// The handler's flag is not volatile, and yet the code behind its test is no dead code.
static int got_data;
static char body[512];
static char message[64];
extern uint32_t HAL_GetTick(void);

void TIM8_BRK_IRQHandler(void)
{
    got_data = 1;
}

void wait_and_read(MvChannelHandle channel)
{
    uint32_t start = HAL_GetTick();
    got_data = 0;
    while (got_data == 0) {
        if (HAL_GetTick() - start > 12000) {
            break;
        }
    }
    if (got_data) {
        if (mvReadHttpResponseBody(channel, 0, (uint8_t *)body, 511) == MV_STATUS_OKAY) {
            strcpy(message, body); // expect: response-tainted-copy
        }
    }
}
