#pragma once
#include <sys/types.h>
#include <sys/time.h>
