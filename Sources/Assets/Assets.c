#include "Assets.h"
static const unsigned char app_css[] = {
#embed "files/app.css"
};
const Asset assets[] = {{"app.css", app_css, sizeof app_css}};
const size_t assets_count = sizeof assets / sizeof assets[0];
