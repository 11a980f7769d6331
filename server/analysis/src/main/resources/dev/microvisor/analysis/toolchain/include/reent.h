#pragma once
#include <sys/reent.h>
#include <sys/types.h>
#include <sys/stat.h>
