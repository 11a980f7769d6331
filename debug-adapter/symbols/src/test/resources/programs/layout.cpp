// How things lie in memory: bit-fields, unions, arrays of several dimensions, several bases, pointers to functions
// and members, narrow and negative enumerations.
#include <stdint.h>

namespace device {
enum class Level : int8_t { low = -2, off = 0, high = 100 };
enum Flags : uint16_t { ready = 1, busy = 2, both = ready | busy };

struct Control {
    unsigned enabled : 1;
    int trim : 5;
    Level level : 8;
    volatile unsigned count : 12;
    bool last : 1;
    uint64_t wide : 40;
};

union Value {
    uint32_t word;
    float number;
    uint8_t bytes[4];
    struct {
        uint16_t low, high;
    };
};

struct Named {
    const char *name;
};

struct Counted {
    long long counted;
};

class Port : public Named, public Counted {
  public:
    Port(const char *text, int8_t gain) : Named{text}, Counted{-5}, gain_(gain) {}
    int scaled(int amount) const { return amount * gain_; }
    int raw(int amount) const { return amount; }
    static constexpr int limit = 12;

  private:
    int8_t gain_;
    Control control_ = {1, -7, Level::low, 1000, true, 0x1234567890};
};

template <typename First, typename Second> struct Pair {
    First first;
    Second second;
};
} // namespace device

namespace dev = device;

int matrix[3][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
const int16_t cube[2][2][2] = {{{1, -2}, {3, -4}}, {{5, -6}, {7, -8}}};
dev::Value values[2] = {{0x3f800000}, {0x41200000}};
dev::Pair<dev::Level, dev::Pair<char, double>> nested = {dev::Level::high, {'x', 2.5}};
dev::Flags flags = dev::both;
char16_t letter = u'\u00e4';
int *const volatile place = &matrix[1][1];

static int twice(int amount) { return 2 * amount; }
static int half(int amount) { return amount / 2; }
int (*operations[2])(int) = {twice, half};

using Measure = int (dev::Port::*)(int) const;

__attribute__((noinline)) int sum(const int (&row)[4], int (*operation)(int))
{
    int total = 0;
    for (int cell : row)
        total += operation(cell);
    return total;
}

__attribute__((noinline)) int measured(const dev::Port &port, Measure measure, dev::Value value)
{
    int amount = static_cast<int>(value.high);
    int result = (port.*measure)(amount & 0xff);
    return result + static_cast<int>(value.bytes[3]);
}

__attribute__((noinline)) dev::Pair<int, dev::Level> both_of(dev::Control control)
{
    dev::Pair<int, dev::Level> result = {control.trim, control.level};
    if (control.last)
        result.first += static_cast<int>(control.count);
    return result;
}

int main()
{
    dev::Port port("first", -3);
    dev::Control control = {0, 15, dev::Level::high, 7, false, 1};
    int total = sum(matrix[1], operations[0]);
    total += sum(matrix[2], operations[1]);
    total += measured(port, &dev::Port::scaled, values[0]);
    control.last = true;
    total += measured(port, &dev::Port::raw, values[1]);
    auto pair = both_of(control);
    total += pair.first + cube[1][0][1];
    return total;
}

extern "C" {
void *__dso_handle;
void __aeabi_atexit() {}
}
