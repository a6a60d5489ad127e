internal import Hosting

/// The facility's own settings beside those every daemon has.
enum HouseSettings {
  static let facility = Setting<String>.text(
    "facility", default: "疗养中心", Wording("院名，写在每一页上", "the house's name, shown on every page"))
  static let organizerURL = Setting<String?>(
    "organizer_url", default: nil, written: "",
    Wording("组织单位接收报告的 https 地址", "the organizer's https address for reports")
  ) { text throws(SettingFault) in
    guard text.hasPrefix("https://"), text.utf8.count < 500 else {
      throw SettingFault("要填 https:// 开头的地址", "an address beginning with https:// is needed")
    }
    return text
  }
  static let organizerCA = Setting<String?>.path(
    "organizer_ca", Wording("组织单位的根证书 PEM 文件", "PEM file of the organizer's authority"))
  static let organizerSecret = Setting<String?>.secret(
    "organizer_secret", Wording("和组织单位约定的签名密钥（whsec_…）", "the secret shared with the organizer (whsec_…)"))
  static let organizerKey = Setting<String>.text(
    "organizer_key", default: "", Wording("组织单位回执的公钥", "the organizer's public key for receipts"))
  static let emergencyFolder = Setting<String?>.path(
    "emergency_folder", Wording("每天早上和每次报到后写应急名册的文件夹", "folder for the emergency list, each morning and after each arrival"))
  static let packsFolder = Setting<String?>.path(
    "packs_folder", Wording("本院规则包（YAML）的文件夹", "folder of the facility's own regulation packs (YAML)"))

  static let all: [any AnySetting] =
    HostSettings.all + [facility, organizerURL, organizerCA, organizerSecret, organizerKey, emergencyFolder, packsFolder]
}
