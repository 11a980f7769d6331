/* Calls within calls, arrays and numbers: something to look at, to step in and to go back to. */
#include <stdint.h>

struct point {
    int16_t x;
    int16_t y;
    unsigned flags : 3;
};

uint8_t table[200];
struct point points[3];
volatile uint32_t total;
int (*operation)(int, int);

int add(int a, int b) {
    return a + b;
}

int twice(int a) {
    total += (uint32_t)a;
    return 2 * a;
}

int mix(int a, int b) {
    int left = twice(a);
    int right = twice(b);
    return add(left, right);
}

int main(void) {
    operation = add;
    for (int i = 0; i < 200; i++) {
        table[i] = (uint8_t)i;
    }
    points[1].x = -5;
    int sum = add(twice(3), mix(4, 5));
    sum = operation(sum, 1);
    total = (uint32_t)sum;
    for (volatile uint32_t i = 0; i < 100000; i++) {
        total += i;
    }
    sum += (int)total;
    for (;;) {
        total = (uint32_t)sum;
    }
}
