#pragma once
#ifndef __cplusplus
#define noreturn __attribute__((noreturn))
#endif
