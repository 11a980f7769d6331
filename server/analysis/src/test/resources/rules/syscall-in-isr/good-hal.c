#include <stdbool.h>
#include "mv_syscalls.h"

typedef struct { int instance; } UART_HandleTypeDef;
typedef struct { int instance; } SPI_HandleTypeDef;

void HAL_UART_IRQHandler(UART_HandleTypeDef *port);
int HAL_UART_Init(UART_HandleTypeDef *port);

static UART_HandleTypeDef port;
static volatile bool received;

// The interrupt only sets a flag.
void USART2_IRQHandler(void) {
    HAL_UART_IRQHandler(&port);
}

void HAL_UART_RxCpltCallback(UART_HandleTypeDef *handle) {
    received = true;
}

// Called by HAL_UART_Init, in no interrupt.
void HAL_UART_MspInit(UART_HandleTypeDef *handle) {
    (void)mvServerLog((const uint8_t *)"uart", 4);
}

// Nothing in this program serves an interrupt of that driver.
void HAL_SPI_TxCpltCallback(SPI_HandleTypeDef *handle) {
    (void)mvServerLog((const uint8_t *)"sent", 4);
}

bool take(void) {
    bool was = received;
    received = false;
    return was;
}
