/* No include guard: assert follows NDEBUG at each inclusion. */
#undef assert
#ifdef __cplusplus
extern "C" {
#endif
__attribute__((noreturn)) void __assert_func(const char *file, int line, const char *function, const char *what);
#ifdef __cplusplus
}
#endif
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((condition) ? (void)0 : __assert_func(__FILE__, __LINE__, __func__, #condition))
#endif
#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert _Static_assert
#endif
