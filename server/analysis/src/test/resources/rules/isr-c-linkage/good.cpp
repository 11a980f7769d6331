#include "mv_syscalls.h"

static volatile bool ready;

extern "C" void TIM1_BRK_IRQHandler(void);
extern "C" {
void TIM2_IRQHandler(void) {
    ready = true;
}
}
extern "C" void TIM8_BRK_IRQHandler(void) {
    ready = true;
}
void TIM1_BRK_IRQHandler(void) {
    ready = true;
}
void TIM8_handler() {
    ready = false;
}
bool is_ready() {
    return ready;
}
