#include "pool.h"
#include "stm32u5xx_hal.h"

static const char *const urls[] = {
    "https://a.example/", "https://b.example/", "https://c.example/"};

int main(void) {
    unsigned next = 0;
    uint32_t asked = 0;
    if (!pool_start()) {
        return 1;
    }
    for (;;) {
        const uint32_t now = HAL_GetTick();
        if (now - asked >= 20000) {
            asked = now;
            slot_t *slot = pool_take();
            if (slot != NULL && !pool_ask(slot, urls[next++ % 3])) {
                pool_give(slot);
            }
        }
        for (slot_t *slot = slots; slot < slots + SLOTS; slot++) {
            uint32_t code = 0;
            if (!slot->busy) {
                continue;
            }
            if (slot->done) {
                slot->done = false;
                if (pool_read(slot, &code) && code == 200) {
                    HAL_GPIO_TogglePin(GPIOA, GPIO_PIN_5);
                }
                pool_give(slot);
            } else if (slot->broken || now - slot->since > 15000) {
                slot->broken = false;
                pool_give(slot);
            }
        }
        __WFI();
    }
}
