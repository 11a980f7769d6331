// C++ of a firmware's kind: templates, nested namespaces, references, members of all sorts.
#include <stdint.h>

volatile int sink;

namespace app {
namespace v1 {
inline namespace current {
enum class Mode : uint16_t { idle, busy = 100, failed = 0xFFFF };

template <typename T> struct Point {
    T x, y;
    Point operator+(const Point &other) const { return {static_cast<T>(x + other.x), static_cast<T>(y + other.y)}; }
};

template <typename T, unsigned Size> class Ring {
  public:
    bool push(const T &item)
    {
        if (count_ == Size)
            return false;
        items_[(first_ + count_) % Size] = item;
        count_++;
        return true;
    }
    T pop()
    {
        T item = items_[first_];
        first_ = (first_ + 1) % Size;
        count_--;
        return item;
    }
    unsigned size() const { return count_; }
    static const unsigned capacity = Size;
    static int pushes;

  private:
    T items_[Size] = {};
    unsigned first_ = 0, count_ = 0;
};
template <typename T, unsigned Size> int Ring<T, Size>::pushes = 3;

class Sensor {
  public:
    constexpr Sensor() {}
    virtual int read(int scale) = 0;
    int calls = 0;
};

class Counter final : public Sensor {
  public:
    // Nobody runs constructors here: the compiler has to.
    constexpr explicit Counter(int start) : value_(start), mode_(Mode::idle), word(0) {}
    int read(int scale) override;

  private:
    int value_;
    Mode mode_;
    union {
        uint32_t word;
        uint8_t bytes[4];
    };
    struct {
        unsigned ready : 1, kind : 3;
        int delta : 6;
    } flags_ = {1, 5, -9};
};

int Counter::read(int scale)
{
    static int total = 10;
    calls++;
    word = static_cast<uint32_t>(value_ * scale);
    total += bytes[0];
    mode_ = scale > 2 ? Mode::busy : Mode::failed;
    sink = total;
    return static_cast<int>(word) + flags_.delta;
}
} // namespace current
} // namespace v1
} // namespace app

namespace {
app::v1::Ring<app::v1::Point<short>, 4> ring;
const int limit = 3;
} // namespace

app::v1::Counter counter(21);
int numbers[3] = {7, 8, 9};

__attribute__((noinline)) int change(int (&all)[3], app::v1::Sensor &sensor, const app::v1::Point<short> &by)
{
    int before = all[0];
    all[0] += sensor.read(by.x);
    sink = all[0];
    return all[0] - before;
}

template <typename F> __attribute__((noinline)) int twice(F function, int argument)
{
    int once = function(argument);
    sink = once;
    return function(once);
}

template <int N> int power(int base)
{
    int rest = power<N - 1>(base);
    sink = rest;
    return base * rest;
}
template <> int power<0>(int) { return 1; }

int main()
{
    int value = 0;
    for (short i = 0; i < limit; i++) {
        app::v1::Point<short> point = {static_cast<short>(i + 1), static_cast<short>(-i)};
        bool pushed = ring.push(point + point);
        auto &oldest = point;
        value += change(numbers, counter, oldest) + pushed;
        int kept = value;
        value += twice([kept, &value](int more) { return kept + more + (value & 1); }, i);
        value += power<3>(i);
    }
    while (ring.size() > 0) {
        app::v1::Point<short> taken = ring.pop();
        value += taken.x * taken.y;
        sink = value;
    }
    int *pointer = numbers;
    return value + *pointer;
}

extern "C" {
void __cxa_pure_virtual() {}
void __cxa_atexit() {}
void *__dso_handle;
void __aeabi_atexit() {}
}
