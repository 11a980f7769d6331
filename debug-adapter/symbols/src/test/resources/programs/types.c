/* One of each kind of type that C has. */
#include <stdbool.h>
#include <stdint.h>

#define ANSWER 40 + 2
#define TWICE(x) ((x) * 2)
#define LARGER(a, b) ((a) > (b) ? (a) : (b))
#define JOIN(a, b) a##b
#define NAME_OF(x) #x
#define POINT_X JOIN(po, int).x
#define LAST(first, ...) LARGER(first, __VA_ARGS__)
#define ITSELF ITSELF + 1
#define IO volatile
#define CALLS_IT(x) add(x, 1)
#define NOTHING

enum colour { RED, GREEN = 5, BLUE = -3 };
enum flags { FLAG_A = 1, FLAG_B = 2, FLAG_C = 4 };
enum __attribute__((packed)) small { SMALL_ONE = 1, SMALL_TWO = 2 };

struct point {
    int16_t x, y;
};

struct bits {
    unsigned int first : 3;
    int second : 5;
    unsigned int : 4;
    enum colour colour : 6;
    unsigned long long wide : 40;
    bool flag : 1;
};

union number {
    uint32_t word;
    float real;
    uint8_t bytes[4];
};

struct node {
    struct node *next;
    const char *name;
    struct point at[2];
    union number value;
    struct {
        int inner;
        union {
            int either;
            float or;
        };
    };
    int (*callback)(struct node *self, int amount);
    int flexible[];
};

typedef struct node node_t;
typedef volatile uint32_t *const register_t32;
typedef int matrix[2][3];
typedef struct {
    int a;
    matrix m;
} unnamed_t;

struct opaque;

static int add(struct node *self, int amount)
{
    return self->inner + amount;
}

uint8_t byte_value = 200;
signed char signed_byte = -100;
char plain_char = 'x';
short short_value = -12345;
unsigned short unsigned_short = 54321;
long long_value = -123456789;
long long long_long = -1234567890123456789LL;
unsigned long long unsigned_long_long = 12345678901234567890ULL;
float single = 1.5f;
double real = -2.25;
bool truth = true;
enum colour colour = BLUE;
enum flags flags = FLAG_A | FLAG_C;
enum small small = SMALL_TWO;
struct point point = {3, -4};
struct bits bits = {5, -7, GREEN, 0x123456789AULL, true};
union number number = {.real = 1.0f};
static node_t second_node = {0, "second", {{1, 2}, {3, 4}}, {0x40490FDB}, {7, {8}}, add};
node_t first_node = {&second_node, "first\n", {{5, 6}, {7, 8}}, {.real = 2.0f}, {-9, {10}}, add};
register_t32 hardware = (register_t32)0xE000ED00;
matrix grid = {{1, 2, 3}, {4, 5, 6}};
unnamed_t unnamed = {11, {{12, 13, 14}, {15, 16, 17}}};
char text[16] = "hello";
char no_terminator[4] = {'a', 'b', 'c', 'd'};
const char *const names[3] = {"one", "two", 0};
int (*handler)(struct node *, int) = add;
int (*table[2])(struct node *, int) = {add, 0};
int (*(*returns_function)(int))[3];
void *nothing;
struct opaque *hidden;
_Atomic int atomic_value = 42;
volatile const int both = 43;
int three[2][3][4] = {{{1, 2, 3, 4}}, {{0}, {0}, {9, 8, 7, 6}}};

__attribute__((noinline)) int use(int a, const char *label, struct point by_value, double scale,
                                  long long wide, struct node *node)
{
    static int calls;
    struct bits local_bits = bits;
    union number local_number = {.word = 0x3F800000};
    int local_array[4] = {a, a + 1, a + 2, a + 3};
    enum flags local_flags = (enum flags)(a & 7);
    int total = 0;
    calls++;
    for (int i = 0; i < 4; i++) {
        int doubled = local_array[i] * 2;
        total += doubled + by_value.x;
        if (doubled > 4) {
            int a = doubled - 4; /* hides the parameter */
            total += a;
        }
    }
    local_bits.second = (int)(total & 7);
    total += node->callback(node, local_bits.second) + (int)(scale * 2) + (int)wide;
    total += label[0] + (int)local_flags + (int)local_number.bytes[3];
    return total;
}

int main(void)
{
    int result = 0;
    volatile float quarter = 0.25f;
    for (int round = 0; round < 3; round++) {
        struct point here = {(short)round, (short)-round};
        quarter = quarter * 2;
        result += use(round, names[round & 1], here, 1.5 * round, 1LL << (round + 33),
                      round ? &first_node : &second_node);
        grid[round & 1][round % 3] = result;
    }
    nothing = &result;
    return result + (int)quarter + both;
}
