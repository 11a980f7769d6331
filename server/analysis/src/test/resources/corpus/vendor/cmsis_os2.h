/* The part of CMSIS-RTOS that the projects of this corpus use; written for the corpus. */
#ifndef CMSIS_OS2_H
#define CMSIS_OS2_H

#include <stdint.h>

typedef void *osThreadId_t;
typedef void *osMutexId_t;
typedef void *osMessageQueueId_t;
typedef void *osEventFlagsId_t;
typedef void (*osThreadFunc_t)(void *argument);
typedef enum { osOK = 0, osError = -1, osErrorTimeout = -2 } osStatus_t;
typedef struct {
    const char *name;
    uint32_t stack_size;
    int priority;
} osThreadAttr_t;

#define osWaitForever 0xFFFFFFFFu
#define osFlagsWaitAny 0u
#define osFlagsError 0x80000000u

osStatus_t osKernelInitialize(void);
osStatus_t osKernelStart(void);
uint32_t osKernelGetTickCount(void);
osThreadId_t osThreadNew(osThreadFunc_t function, void *argument, const osThreadAttr_t *attr);
osStatus_t osDelay(uint32_t ticks);
osMutexId_t osMutexNew(const void *attr);
osStatus_t osMutexAcquire(osMutexId_t mutex, uint32_t timeout);
osStatus_t osMutexRelease(osMutexId_t mutex);
osMessageQueueId_t osMessageQueueNew(uint32_t count, uint32_t size, const void *attr);
osStatus_t osMessageQueuePut(
        osMessageQueueId_t queue, const void *message, uint8_t priority, uint32_t timeout);
osStatus_t osMessageQueueGet(
        osMessageQueueId_t queue, void *message, uint8_t *priority, uint32_t timeout);
osEventFlagsId_t osEventFlagsNew(const void *attr);
uint32_t osEventFlagsSet(osEventFlagsId_t group, uint32_t flags);
uint32_t osEventFlagsClear(osEventFlagsId_t group, uint32_t flags);
uint32_t osEventFlagsWait(osEventFlagsId_t group, uint32_t flags, uint32_t options, uint32_t timeout);

#endif
