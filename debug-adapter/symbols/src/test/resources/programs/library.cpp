// Objects of the C++ standard library, as a debugger shows them.
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

extern "C" void *_sbrk(int bytes)
{
    static char heap[16384] __attribute__((aligned(8)));
    static int used;
    char *old = heap + used;
    used += bytes;
    return old;
}

struct Point {
    int x, y;
};
struct Idle {};
struct Sending {
    std::string payload;
    int attempt;
};
using State = std::variant<Idle, int, Sending>;

template <int Address, typename Value> struct Port {
    Value value;
    __attribute__((noinline)) int read() { return value + Address; }
};
template <unsigned Count> __attribute__((noinline)) int repeated(int step)
{
    int sum = 0;
    for (unsigned i = 0; i < Count; ++i)
        sum += step;
    return sum;
}

volatile int sink;

__attribute__((noinline)) void looked_at(const std::vector<int> &by_reference, const std::string *by_pointer)
{
    sink = by_reference[0] + by_pointer->size();
}

int main()
{
    std::string shortText = "short";
    std::string longText = "a text that is too long for the object itself \"quoted\"";
    std::string empty;
    std::string_view view = std::string_view(longText).substr(2, 4);
    std::vector<int> numbers{1, 2, 3};
    std::vector<std::string> words{"one", "two"};
    std::vector<double> none;
    std::array<short, 3> fixed{7, 8, 9};
    std::span<int> window(numbers.data() + 1, 2);
    std::span<const short, 3> all(fixed);
    std::deque<long long> queue;
    for (int i = 0; i < 150; ++i)
        queue.push_back(i * 10);
    for (int i = 0; i < 3; ++i)
        queue.pop_front();
    std::list<Point> points{{1, 2}, {3, 4}};
    std::map<std::string, int> ages{{"bob", 7}, {"ada", 36}, {"eve", 1}};
    std::map<int, Point> places{{5, {50, 51}}, {-2, {20, 21}}};
    std::set<double> sorted{2.5, -1.5};
    std::unordered_map<int, char> letters{{65, 'A'}};
    std::optional<int> nothing;
    std::optional<Point> something = Point{8, 9};
    State state = Sending{"hello", 3};
    State number = 42;
    auto tuple = std::make_tuple(1, 'c', 2.5);
    std::unique_ptr<Point> unique = std::make_unique<Point>(Point{5, 6});
    std::unique_ptr<Point> null;
    std::shared_ptr<int> shared = std::make_shared<int>(11);
    std::shared_ptr<int> another = shared;
    std::atomic<int> counter{12};
    std::atomic<bool> ready{true};
    std::function<int(int)> callback;
    std::chrono::milliseconds delay(250);
    Port<72, short> port{5};
    looked_at(numbers, &longText);
    sink = port.read() + repeated<3>(2) + view.size() + words.size() + none.size() + window[0] + all[0] + queue[0];
    sink = points.size() + ages["ada"] + places[5].x + sorted.size() + letters[65] + nothing.value_or(1) + something->x;
    sink = state.index() + number.index() + std::get<0>(tuple) + unique->x + (null ? 1 : 0) + *shared + *another;
    sink = counter + ready + (callback ? 1 : 0) + delay.count() + empty.size() + shortText.size();
    return sink;
}
