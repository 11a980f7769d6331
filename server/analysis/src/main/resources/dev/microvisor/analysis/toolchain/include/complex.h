#pragma once
#define complex _Complex
#define I 1.0fi
