/* Calls of all kinds: inlined, recursive, tail calls, through exceptions, variable arrays. */
#include <stdint.h>

#define TWICE(x) ((x) * 2)

volatile int sink;
static volatile uint32_t ticks;
struct pair {
    int first, second;
};

static inline __attribute__((always_inline)) int clamp(int value, int limit)
{
    int clamped = value;
    if (clamped > limit)
        clamped = limit;
    return clamped;
}

static inline __attribute__((always_inline)) int scale(int value)
{
    int scaled = TWICE(value) + 1;
    sink = scaled;
    return clamp(scaled, 50);
}

__attribute__((noinline)) int factorial(int n)
{
    if (n <= 1)
        return 1;
    int rest = factorial(n - 1);
    return n * rest;
}

__attribute__((noinline)) int last(int value)
{
    sink = value;
    return value + sink;
}

__attribute__((noinline)) int middle(int value)
{
    sink += value;
    return last(value * 3);
}

__attribute__((noinline)) int jump(int value)
{
    return middle(value + 1);
}

__attribute__((noinline)) struct pair make_pair(int a, int b)
{
    struct pair made = {a, b};
    sink = a;
    return made;
}

__attribute__((noinline)) int sum(const int *values, int count)
{
    int total = 0;
    for (int i = 0; i < count; i++)
        total += scale(values[i]);
    return total;
}

__attribute__((noinline)) int variable_array(int count)
{
    int values[count];
    for (int i = 0; i < count; i++)
        values[i] = i * count;
    return sum(values, count);
}

__attribute__((noinline)) float blend(float a, float b, double weight)
{
    float part = a * (float)weight;
    float rest = b * (float)(1.0 - weight);
    sink = (int)part;
    return part + rest;
}

__attribute__((noinline)) void in_exception(uint32_t number)
{
    uint32_t copy = number + ticks;
    ticks = copy + 1;
    sink = (int)blend((float)copy, 2.0f, 0.5);
}

void SVC_Handler(void)
{
    uint32_t before = ticks;
    in_exception(before + 1);
    sink = (int)before;
}

__attribute__((noinline)) static int interrupted(int depth)
{
    int kept = depth * 7;
    __asm volatile("svc #0" ::: "memory");
    if (depth > 0)
        kept += interrupted(depth - 1);
    return kept + sink;
}

__attribute__((noinline)) int many(int a, int b, int c, int d, int e, int f, struct pair g)
{
    int all = a + b + c + d + e + f;
    sink = all;
    return all + g.first - g.second;
}

int main(void)
{
    int values[5] = {1, 20, 3, 40, 5};
    int result = 0;
    for (int i = 0; i < 2; i++) {
        result += sum(values, 5);
        result += factorial(4 + i);
        result += jump(i + 10);
        struct pair two = make_pair(i, result);
        result += many(1, 2, 3, 4, two.first, two.second, two);
        result += variable_array(3 + i);
        result += (int)blend(1.5f, (float)result, 0.25);
        result += interrupted(2);
    }
    sink = result;
    return result;
}
