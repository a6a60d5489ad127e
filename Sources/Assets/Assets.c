#include "Assets.h"
#include <string.h>
static const unsigned char app_css[] = {
#embed "files/app.css"
};
const Asset assets[] = {
  {"app.css", app_css, sizeof app_css},
};
const size_t assets_count = sizeof assets / sizeof assets[0];

const Asset *asset_named(const char *name) {
  for (size_t index = 0; index < assets_count; index++)
    if (strcmp(assets[index].name, name) == 0) return &assets[index];
  return NULL;
}

const Asset *asset_at(size_t index) { return index < assets_count ? &assets[index] : NULL; }
