// One block and one line of the table for each file under `files`; the compiler tracks them as dependencies.
#include "Assets.h"
#include <string.h>

static const unsigned char app_css[] = {
#embed "files/app.css"
};
static const unsigned char base_js[] = {
#embed "files/base.js"
};
static const unsigned char queue_js[] = {
#embed "files/queue.js"
};
static const unsigned char strip_js[] = {
#embed "files/strip.js"
};
static const unsigned char unsent_js[] = {
#embed "files/unsent.js"
};
static const unsigned char draft_js[] = {
#embed "files/draft.js"
};
static const unsigned char visit_js[] = {
#embed "files/visit.js"
};
static const unsigned char offline_js[] = {
#embed "files/offline.js"
};
static const unsigned char worker_js[] = {
#embed "files/worker.js"
};
static const unsigned char live_js[] = {
#embed "files/live.js"
};
static const unsigned char clocks_js[] = {
#embed "files/clocks.js"
};
static const unsigned char form_js[] = {
#embed "files/form.js"
};
static const unsigned char assessment_js[] = {
#embed "files/assessment.js"
};
static const unsigned char alarm_js[] = {
#embed "files/alarm.js"
};
static const unsigned char scan_js[] = {
#embed "files/scan.js"
};
static const unsigned char find_js[] = {
#embed "files/find.js"
};
static const unsigned char icon_svg[] = {
#embed "files/icon.svg"
};
static const unsigned char icon_192_png[] = {
#embed "files/icon-192.png"
};
static const unsigned char icon_512_png[] = {
#embed "files/icon-512.png"
};
static const unsigned char icon_maskable_png[] = {
#embed "files/icon-maskable.png"
};
static const unsigned char icon_apple_png[] = {
#embed "files/icon-apple.png"
};
static const unsigned char app_webmanifest[] = {
#embed "files/app.webmanifest"
};
static const unsigned char cn_elder_2026_yaml[] = {
#embed "files/packs/cn-elder-2026.yaml"
};
static const unsigned char acute_illness_yaml[] = {
#embed "files/packs/acute-illness.yaml"
};
static const unsigned char regulation_cn_base[] = {
#embed "files/packs/regulations/cn-base.yaml"
};
static const unsigned char regulation_nm_2023[] = {
#embed "files/packs/regulations/nm-2023.yaml"
};
static const unsigned char regulation_jn_2026_draft[] = {
#embed "files/packs/regulations/jn-2026-draft.yaml"
};
static const unsigned char regulation_wh_2023[] = {
#embed "files/packs/regulations/wh-2023.yaml"
};

static const unsigned char demo_roster[] = {
#embed "files/demo/roster.csv"
};
const Asset assets[] = {
    {"demo/roster.csv", demo_roster, sizeof demo_roster},
    {"app.css", app_css, sizeof app_css},
    {"base.js", base_js, sizeof base_js},
    {"queue.js", queue_js, sizeof queue_js},
    {"strip.js", strip_js, sizeof strip_js},
    {"unsent.js", unsent_js, sizeof unsent_js},
    {"draft.js", draft_js, sizeof draft_js},
    {"visit.js", visit_js, sizeof visit_js},
    {"offline.js", offline_js, sizeof offline_js},
    {"worker.js", worker_js, sizeof worker_js},
    {"live.js", live_js, sizeof live_js},
    {"clocks.js", clocks_js, sizeof clocks_js},
    {"form.js", form_js, sizeof form_js},
    {"assessment.js", assessment_js, sizeof assessment_js},
    {"alarm.js", alarm_js, sizeof alarm_js},
    {"scan.js", scan_js, sizeof scan_js},
    {"find.js", find_js, sizeof find_js},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"icon-192.png", icon_192_png, sizeof icon_192_png},
    {"icon-512.png", icon_512_png, sizeof icon_512_png},
    {"icon-maskable.png", icon_maskable_png, sizeof icon_maskable_png},
    {"icon-apple.png", icon_apple_png, sizeof icon_apple_png},
    {"app.webmanifest", app_webmanifest, sizeof app_webmanifest},
    {"packs/cn-elder-2026.yaml", cn_elder_2026_yaml, sizeof cn_elder_2026_yaml},
    {"packs/acute-illness.yaml", acute_illness_yaml, sizeof acute_illness_yaml},
    {"packs/regulations/cn-base.yaml", regulation_cn_base, sizeof regulation_cn_base},
    {"packs/regulations/nm-2023.yaml", regulation_nm_2023, sizeof regulation_nm_2023},
    {"packs/regulations/jn-2026-draft.yaml", regulation_jn_2026_draft, sizeof regulation_jn_2026_draft},
    {"packs/regulations/wh-2023.yaml", regulation_wh_2023, sizeof regulation_wh_2023},
};
const size_t assets_count = sizeof assets / sizeof assets[0];

const Asset *asset_at(size_t index) { return index < assets_count ? &assets[index] : NULL; }

const Asset *asset_named(const char *name) {
  for (size_t index = 0; index < assets_count; index++)
    if (strcmp(assets[index].name, name) == 0) return &assets[index];
  return NULL;
}
