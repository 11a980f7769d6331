#pragma once
#define _VOID void
#define _PTR void *
