#pragma once
#include <stddef.h>
typedef struct { const char *name; const unsigned char *bytes; size_t count; } Asset;
extern const Asset assets[];
extern const size_t assets_count;
/// The asset of that name (`packs/cn-base.yaml`), or NULL.
const Asset *asset_named(const char *name);
/// The asset at an index below assets_count.
const Asset *asset_at(size_t index);
