/* What optimised code does to variables: in pieces, in registers of the caller, gone but for what they pointed to. */
#include <stdint.h>

volatile int sink;
volatile unsigned source = 7;

struct inner {
    short low, high;
    float weight;
};

struct wide {
    int first;
    struct inner nested[2];
    long long large;
};

union view {
    struct {
        uint32_t a : 5, b : 11, c : 16;
    } fields;
    int32_t whole;
    float real;
};

typedef int (*operation)(int, int);

static struct inner defaults = {-1, 2, 0.5f};
static volatile const char *label = "pieces";
static int cube[2][3][4];
enum level { LEVEL_NONE, LEVEL_SOME = 10, LEVEL_ALL = 0x7FFFFFFF };
static enum level threshold = LEVEL_SOME;

__attribute__((noinline)) static int plus(int a, int b)
{
    return a + b + sink;
}

__attribute__((noinline)) static int minus(int a, int b)
{
    return a - b - sink;
}

static operation const operations[] = {plus, minus, 0};

/* A structure that never is in memory as a whole. */
__attribute__((noinline)) int in_pieces(int seed)
{
    struct inner parts = {(short)seed, (short)(seed * 3), (float)seed};
    struct wide whole = {.first = seed, .large = (long long)seed << 33};
    whole.nested[1] = parts;
    sink = parts.low;
    whole.nested[1].high = (short)(whole.nested[1].high + sink);
    sink = whole.nested[1].high;
    return whole.first + (int)(whole.large >> 32) + parts.high;
}

/* The pointer is gone after inlining; what it points to is known. */
static inline int through(const struct inner *from, int *into)
{
    int read = from->low + from->high;
    *into += read;
    sink = *into;
    return read;
}

__attribute__((noinline)) int implicit(int start)
{
    struct inner local = {(short)start, 5, 1.0f};
    int total = start;
    int got = through(&local, &total);
    sink = got;
    local.low = (short)total;
    got += through(&local, &total);
    return total + got;
}

/* The argument is overwritten: only its value at entry tells. */
__attribute__((noinline)) int entry_value(int given, unsigned other)
{
    sink = given;
    given = plus((int)other, 1);
    sink = given;
    other = (unsigned)minus(given, 2);
    sink = (int)other;
    return given;
}

__attribute__((noinline)) long long sixty_four(long long a, unsigned long long b, double c)
{
    long long product = a * 3;
    unsigned long long shifted = b >> 3;
    double scaled = c * 0.5;
    sink = (int)product;
    sink = (int)shifted;
    return product + (long long)shifted + (long long)scaled;
}

__attribute__((noinline)) struct wide by_value(struct wide given, union view view, enum level level)
{
    struct wide result = given;
    result.first += view.fields.b;
    result.nested[0].weight += view.real;
    if (level > threshold)
        result.large = -result.large;
    sink = result.first;
    return result;
}

__attribute__((noinline)) int fill(int (*table)[3][4], int step)
{
    int total = 0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 4; k++) {
                int value = i * 100 + j * 10 + k * step;
                table[i][j][k] = value;
                total += value;
            }
    return total;
}

__attribute__((noinline)) int even(unsigned n);

__attribute__((noinline)) int odd(unsigned n)
{
    if (n == 0)
        return 0;
    return even(n - 1);
}

__attribute__((noinline)) int even(unsigned n)
{
    unsigned before = n;
    if (before == 0)
        return 1;
    return odd(before - 1);
}

int main(void)
{
    int result = 0;
    for (volatile int round = 0; round < 2; round++) {
        struct wide made = {.first = round, .nested = {defaults, {1, 2, 3.5f}}, .large = -5};
        union view view = {.fields = {.a = 3, .b = 77, .c = 4321}};
        result += in_pieces((int)source + round);
        result += implicit((int)source);
        result += entry_value(result, source);
        result += (int)sixty_four(result, source, 2.5);
        made = by_value(made, view, round ? LEVEL_ALL : LEVEL_NONE);
        result += made.first + fill(cube, round + 1);
        result += operations[round](result, 3) + even(source);
        label = result > 0 ? "positive" : "negative";
    }
    sink = result;
    return result;
}
