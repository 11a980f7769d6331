// What C++ adds: classes, bases, references, namespaces, templates, enum classes.
#include <stdint.h>

namespace net {
enum class State : uint8_t { closed, open = 3 };

class Base {
  public:
    explicit Base(int id) : id_(id) {}
    virtual ~Base() {}
    virtual int measure(int amount) const { return id_ + amount; }

  protected:
    int id_;
    static int instances;
};
int Base::instances = 1;

struct Tag {
    const char *text;
};

class Derived : public Base, private Tag {
  public:
    Derived(int id, const char *text) : Base(id), Tag{text}, state_(State::open) {}
    int measure(int amount) const override;
    struct Inner {
        int depth;
    } inner_{5};

  private:
    State state_;
};

int Derived::measure(int amount) const
{
    int doubled = amount * 2;
    instances = doubled;
    return doubled + id_ + inner_.depth;
}

template <typename T, int N> struct Buffer {
    T items[N];
    T &at(int index) { return items[index]; }
};

namespace {
int hidden = 77;
}
} // namespace net

net::Buffer<short, 4> buffer = {{1, 2, 3, 4}};
net::State state = net::State::open;

__attribute__((noinline)) int by_reference(int &in_place, const net::Base &object, int &&moved)
{
    in_place += object.measure(moved);
    return in_place;
}

template <typename T> __attribute__((noinline)) T largest(T a, T b)
{
    T result = a > b ? a : b;
    return result;
}

int main()
{
    net::Derived derived(4, "tag");
    int value = net::hidden;
    value += by_reference(value, derived, 6);
    value += largest<int>(value, 3);
    value += largest<short>(4, buffer.at(1));
    auto lambda = [&value](int more) { return value + more; };
    return lambda(2);
}

extern "C" {
void __cxa_pure_virtual() {}
void __cxa_atexit() {}
void *__dso_handle;
void __aeabi_atexit() {}
}
void operator delete(void *, unsigned int) {}
void operator delete(void *) {}
