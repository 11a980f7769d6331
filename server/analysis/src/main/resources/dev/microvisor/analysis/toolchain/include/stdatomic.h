#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
typedef volatile bool atomic_bool;
typedef volatile char atomic_char;
typedef volatile signed char atomic_schar;
typedef volatile unsigned char atomic_uchar;
typedef volatile short atomic_short;
typedef volatile unsigned short atomic_ushort;
typedef volatile int atomic_int;
typedef volatile unsigned atomic_uint;
typedef volatile long atomic_long;
typedef volatile unsigned long atomic_ulong;
typedef volatile long long atomic_llong;
typedef volatile unsigned long long atomic_ullong;
typedef volatile int8_t atomic_int8_t;
typedef volatile uint8_t atomic_uint8_t;
typedef volatile int16_t atomic_int16_t;
typedef volatile uint16_t atomic_uint16_t;
typedef volatile int32_t atomic_int32_t;
typedef volatile uint32_t atomic_uint32_t;
typedef volatile int64_t atomic_int64_t;
typedef volatile uint64_t atomic_uint64_t;
typedef volatile size_t atomic_size_t;
typedef volatile uintptr_t atomic_uintptr_t;
typedef volatile intptr_t atomic_intptr_t;
typedef struct {
    volatile bool set;
} atomic_flag;
typedef enum {
    memory_order_relaxed,
    memory_order_consume,
    memory_order_acquire,
    memory_order_release,
    memory_order_acq_rel,
    memory_order_seq_cst
} memory_order;
#define ATOMIC_VAR_INIT(value) (value)
#define ATOMIC_FLAG_INIT {0}
#define atomic_init(object, value) (*(object) = (value))
#define atomic_store(object, value) (*(object) = (value))
#define atomic_store_explicit(object, value, order) (*(object) = (value))
#define atomic_load(object) (*(object))
#define atomic_load_explicit(object, order) (*(object))
#define atomic_exchange(object, value) __atomic_exchange_n(object, value, 5)
#define atomic_exchange_explicit(object, value, order) __atomic_exchange_n(object, value, order)
#define atomic_fetch_add(object, value) __atomic_fetch_add(object, value, 5)
#define atomic_fetch_add_explicit(object, value, order) __atomic_fetch_add(object, value, order)
#define atomic_fetch_sub(object, value) __atomic_fetch_sub(object, value, 5)
#define atomic_fetch_or(object, value) __atomic_fetch_or(object, value, 5)
#define atomic_fetch_and(object, value) __atomic_fetch_and(object, value, 5)
#define atomic_compare_exchange_strong(object, expected, value) __atomic_compare_exchange_n(object, expected, value, 0, 5, 5)
#define atomic_compare_exchange_weak(object, expected, value) __atomic_compare_exchange_n(object, expected, value, 1, 5, 5)
#define atomic_flag_test_and_set(flag) __atomic_exchange_n(&(flag)->set, 1, 5)
#define atomic_flag_clear(flag) ((flag)->set = 0)
#define atomic_thread_fence(order) __atomic_thread_fence(order)
#define atomic_signal_fence(order) __atomic_signal_fence(order)
