#pragma once
#include <stddef.h>
#include <stdint.h>
typedef int wint_t;
#define WEOF ((wint_t)-1)
#ifdef __cplusplus
extern "C" {
#endif
size_t wcslen(const wchar_t *text);
wchar_t *wcscpy(wchar_t *to, const wchar_t *from);
wchar_t *wcsncpy(wchar_t *to, const wchar_t *from, size_t count);
int wcscmp(const wchar_t *a, const wchar_t *b);
size_t wcstombs(char *to, const wchar_t *from, size_t size);
size_t mbstowcs(wchar_t *to, const char *from, size_t count);
#ifdef __cplusplus
}
#endif
