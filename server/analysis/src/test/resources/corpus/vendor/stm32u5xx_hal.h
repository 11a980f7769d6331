/* What the projects of this corpus need of a device header and a HAL; written for the corpus. */
#ifndef STM32U5XX_HAL_H
#define STM32U5XX_HAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    EXTI3_IRQn = 14,
    TIM1_BRK_IRQn = 41,
    TIM2_IRQn = 45,
    TIM6_IRQn = 49,
    TIM8_BRK_IRQn = 51,
    TIM8_UP_IRQn = 52
} IRQn_Type;

typedef enum { HAL_OK, HAL_ERROR, HAL_BUSY, HAL_TIMEOUT } HAL_StatusTypeDef;

typedef struct {
    uint32_t Instance;
} I2C_HandleTypeDef;

typedef struct {
    volatile uint32_t ODR;
    volatile uint32_t BSRR;
} GPIO_TypeDef;

#define GPIOA ((GPIO_TypeDef *)0x42020000u)
#define GPIO_PIN_5 0x20u

void NVIC_EnableIRQ(IRQn_Type irq);
void NVIC_DisableIRQ(IRQn_Type irq);
void NVIC_ClearPendingIRQ(IRQn_Type irq);
void NVIC_SetPriority(IRQn_Type irq, uint32_t priority);
void HAL_NVIC_EnableIRQ(IRQn_Type irq);
void HAL_NVIC_SetPriority(IRQn_Type irq, uint32_t preempt, uint32_t sub);

HAL_StatusTypeDef HAL_Init(void);
uint32_t HAL_GetTick(void);
void HAL_Delay(uint32_t ms);
void HAL_GPIO_TogglePin(GPIO_TypeDef *port, uint16_t pin);
HAL_StatusTypeDef HAL_I2C_Master_Transmit(
        I2C_HandleTypeDef *bus, uint16_t address, uint8_t *data, uint16_t size, uint32_t timeout);
HAL_StatusTypeDef HAL_I2C_Master_Receive(
        I2C_HandleTypeDef *bus, uint16_t address, uint8_t *data, uint16_t size, uint32_t timeout);

static inline void __WFI(void) { __asm volatile("wfi"); }
static inline void __disable_irq(void) { __asm volatile("cpsid i" ::: "memory"); }
static inline void __enable_irq(void) { __asm volatile("cpsie i" ::: "memory"); }

#ifdef __cplusplus
}
#endif

#endif
