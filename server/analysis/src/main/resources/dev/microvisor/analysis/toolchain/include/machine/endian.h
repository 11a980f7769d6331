#pragma once
#include <stdint.h>
#define _LITTLE_ENDIAN 1234
#define _BIG_ENDIAN 4321
#define _BYTE_ORDER _LITTLE_ENDIAN
#define LITTLE_ENDIAN _LITTLE_ENDIAN
#define BIG_ENDIAN _BIG_ENDIAN
#define BYTE_ORDER _BYTE_ORDER
#define __htonl(x) __builtin_bswap32(x)
#define __htons(x) __builtin_bswap16(x)
#define __ntohl(x) __builtin_bswap32(x)
#define __ntohs(x) __builtin_bswap16(x)
