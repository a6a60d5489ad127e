#pragma once
#include <stddef.h>
typedef struct { const char *name; const unsigned char *bytes; size_t count; } Asset;
extern const Asset assets[];
extern const size_t assets_count;
