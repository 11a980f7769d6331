#pragma once
#include <wchar.h>
#ifdef __cplusplus
extern "C" {
#endif
int iswspace(wint_t c);
int iswalpha(wint_t c);
int iswdigit(wint_t c);
#ifdef __cplusplus
}
#endif
