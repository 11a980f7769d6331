/*
 * A kernel just large enough to look like FreeRTOS to a debugger: the names of its variables and
 * types, lists that are rings with an end marker, tasks switched in PendSV. The control block has
 * other members in another order than any version of FreeRTOS, so that nobody can know offsets.
 */
#include <stddef.h>
#include <stdint.h>

typedef uint32_t TickType_t;
typedef unsigned long UBaseType_t;
typedef long BaseType_t;
typedef uint32_t StackType_t;

struct xLIST;

typedef struct xLIST_ITEM {
    struct xLIST_ITEM *pxNext;
    struct xLIST_ITEM *pxPrevious;
    void *pvOwner;
    struct xLIST *pvContainer;
    TickType_t xItemValue;
} ListItem_t;

typedef struct {
    ListItem_t *pxNext;
    ListItem_t *pxPrevious;
    TickType_t xItemValue;
} MiniListItem_t;

typedef struct xLIST {
    UBaseType_t uxNumberOfItems;
    MiniListItem_t xListEnd;
} List_t;

typedef struct tskTaskControlBlock {
    uint32_t added_by_us[3];
    char pcTaskName[12];
    volatile StackType_t *pxTopOfStack;
    UBaseType_t uxPriority;
    ListItem_t xEventListItem;
    UBaseType_t uxBasePriority;
    ListItem_t xStateListItem;
} TCB_t;

#define STACK_WORDS 160
#define PRIORITIES 4
#define INITIAL_XPSR 0x01000000u
#define THREAD_WITH_PSP 0xFFFFFFBCu
#define ICSR (*(volatile uint32_t *)0xE000ED04)
#define SHPR3 (*(volatile uint32_t *)0xE000ED20)
#define CPACR (*(volatile uint32_t *)0xE000ED88)
#define SYST ((volatile uint32_t *)0xE000E010)

TCB_t *volatile pxCurrentTCB;
static List_t pxReadyTasksLists[PRIORITIES];
static List_t xDelayedTaskList1;
static List_t *volatile pxDelayedTaskList;
static List_t xSuspendedTaskList;
static List_t button_pressed;
static volatile BaseType_t xSchedulerRunning;
static volatile TickType_t xTickCount;

static TCB_t blocks[5];
static StackType_t stacks[5][STACK_WORDS] __attribute__((aligned(8)));
volatile unsigned rounds;
volatile float level;

static void list_empty(List_t *list)
{
    list->uxNumberOfItems = 0;
    list->xListEnd.pxNext = (ListItem_t *)(void *)&list->xListEnd;
    list->xListEnd.pxPrevious = list->xListEnd.pxNext;
}

static void list_append(List_t *list, ListItem_t *item)
{
    ListItem_t *end = (ListItem_t *)(void *)&list->xListEnd;
    item->pxNext = end;
    item->pxPrevious = end->pxPrevious;
    end->pxPrevious->pxNext = item;
    end->pxPrevious = item;
    item->pvContainer = list;
    list->uxNumberOfItems++;
}

static void list_remove(ListItem_t *item)
{
    item->pxNext->pxPrevious = item->pxPrevious;
    item->pxPrevious->pxNext = item->pxNext;
    item->pvContainer->uxNumberOfItems--;
    item->pvContainer = NULL;
}

static void task_ended(void)
{
    for (;;) {
    }
}

static TCB_t *task_make(int number, const char *name, UBaseType_t priority, void (*code)(void))
{
    TCB_t *block = &blocks[number];
    StackType_t *top = &stacks[number][STACK_WORDS - 8];
    top[7] = INITIAL_XPSR;
    top[6] = (StackType_t)code & ~1u;
    top[5] = (StackType_t)task_ended;
    top -= 8;
    *--top = THREAD_WITH_PSP;
    *--top = (StackType_t)&stacks[number][0];
    block->pxTopOfStack = top;
    block->uxPriority = priority;
    block->uxBasePriority = priority;
    for (int i = 0; i < 11 && name[i] != 0; i++)
        block->pcTaskName[i] = name[i];
    block->xStateListItem.pvOwner = block;
    block->xEventListItem.pvOwner = block;
    list_append(&pxReadyTasksLists[priority], &block->xStateListItem);
    if (pxCurrentTCB == NULL || priority > pxCurrentTCB->uxPriority)
        pxCurrentTCB = block;
    return block;
}

void vTaskSwitchContext(void)
{
    for (int i = PRIORITIES - 1; i >= 0; i--) {
        List_t *list = &pxReadyTasksLists[i];
        if (list->uxNumberOfItems > 0) {
            /* The first goes to the end, so that equals take turns. */
            ListItem_t *first = list->xListEnd.pxNext;
            list_remove(first);
            list_append(list, first);
            pxCurrentTCB = first->pvOwner;
            return;
        }
    }
}

static void task_yield(void)
{
    ICSR = 1u << 28;
    __asm volatile("dsb\n isb" ::: "memory");
}

__attribute__((noinline)) void vTaskDelay(TickType_t ticks)
{
    __asm volatile("cpsid i" ::: "memory");
    list_remove(&pxCurrentTCB->xStateListItem);
    pxCurrentTCB->xStateListItem.xItemValue = xTickCount + ticks;
    list_append(pxDelayedTaskList, &pxCurrentTCB->xStateListItem);
    __asm volatile("cpsie i" ::: "memory");
    task_yield();
}

__attribute__((noinline)) static void task_suspend(List_t *waits_on)
{
    __asm volatile("cpsid i" ::: "memory");
    list_remove(&pxCurrentTCB->xStateListItem);
    list_append(&xSuspendedTaskList, &pxCurrentTCB->xStateListItem);
    if (waits_on != NULL)
        list_append(waits_on, &pxCurrentTCB->xEventListItem);
    __asm volatile("cpsie i" ::: "memory");
    task_yield();
}

void SysTick_Handler(void)
{
    xTickCount++;
    ListItem_t *item = pxDelayedTaskList->xListEnd.pxNext;
    while (item != (ListItem_t *)(void *)&pxDelayedTaskList->xListEnd) {
        ListItem_t *next = item->pxNext;
        TCB_t *owner = item->pvOwner;
        if (item->xItemValue <= xTickCount) {
            list_remove(item);
            list_append(&pxReadyTasksLists[owner->uxPriority], item);
        }
        item = next;
    }
    ICSR = 1u << 28;
}

__attribute__((naked)) void PendSV_Handler(void)
{
    __asm volatile(
        "mrs r0, psp\n"
        "tst lr, #0x10\n"
        "it eq\n"
        "vstmdbeq r0!, {s16-s31}\n"
        "mrs r2, psplim\n"
        "mov r3, lr\n"
        "stmdb r0!, {r2-r11}\n"
        "ldr r1, =saved_top\n"
        "str r0, [r1]\n"
        "bl switch_stacks\n"
        "ldmia r0!, {r2-r11}\n"
        "msr psplim, r2\n"
        "mov lr, r3\n"
        "tst lr, #0x10\n"
        "it eq\n"
        "vldmiaeq r0!, {s16-s31}\n"
        "msr psp, r0\n"
        "bx lr\n"
        ".ltorg\n");
}

StackType_t *saved_top;

StackType_t *switch_stacks(void)
{
    pxCurrentTCB->pxTopOfStack = saved_top;
    vTaskSwitchContext();
    return (StackType_t *)pxCurrentTCB->pxTopOfStack;
}

__attribute__((naked)) void SVC_Handler(void)
{
    __asm volatile(
        "ldr r0, =pxCurrentTCB\n"
        "ldr r0, [r0]\n"
        "ldr r0, [r0, %0]\n"
        "ldmia r0!, {r2-r11}\n"
        "msr psplim, r2\n"
        "msr psp, r0\n"
        "mov lr, r3\n"
        "bx lr\n"
        ".ltorg\n" ::"i"(offsetof(TCB_t, pxTopOfStack)));
}

__attribute__((noinline)) static int count_down(int from, float scale)
{
    int left = from * 10;
    float kept = scale * 2.5f;
    while (left > 0) {
        left--;
        level = kept + (float)left;
    }
    return left;
}

static void worker(void)
{
    for (;;) {
        int start = 7;
        rounds += (unsigned)count_down(start, 1.5f) + 1u;
    }
}

__attribute__((noinline)) static void blink(int on)
{
    int shown = on * 100;
    vTaskDelay(2);
    rounds += (unsigned)shown;
}

static void blinker(void)
{
    for (int on = 1;; on = !on)
        blink(on);
}

static void sleeper(void)
{
    task_suspend(NULL);
    task_ended();
}

static void listener(void)
{
    task_suspend(&button_pressed);
    task_ended();
}

static void idle(void)
{
    for (;;)
        __asm volatile("wfi");
}

int main(void)
{
    CPACR |= 0xF00000;
    for (int i = 0; i < PRIORITIES; i++)
        list_empty(&pxReadyTasksLists[i]);
    list_empty(&xDelayedTaskList1);
    list_empty(&xSuspendedTaskList);
    list_empty(&button_pressed);
    pxDelayedTaskList = &xDelayedTaskList1;
    task_make(0, "idle", 0, idle);
    task_make(1, "worker", 1, worker);
    task_make(2, "sleeper", 2, sleeper)->uxBasePriority = 1;
    task_make(3, "listener", 2, listener);
    task_make(4, "blinker", 3, blinker);
    SHPR3 = 0xFFFF0000u;
    SYST[1] = 1599;
    SYST[2] = 0;
    SYST[0] = 7;
    xSchedulerRunning = 1;
    __asm volatile("svc #0");
    return 0;
}
