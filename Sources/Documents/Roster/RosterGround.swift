import Sanatorium

/// What a cell of 入选条件 names, by the codes of `FactCatalogue.groundOptions`.
enum RosterGround {
  /// The codes found, in their order, each once; words that no code fits stay as typed. Empty for a blank cell, `无` and
  /// `/`.
  static func read(_ text: String) -> [String] {
    var result: [String] = []
    for part in RosterText.parts(text) where !["无", "-", "没有", "—"].contains(part.folded) {
      let ground = code(part) ?? part
      if !result.contains(ground) { result.append(ground) }
    }
    return result
  }

  private static func code(_ text: String) -> String? {
    let text = text.folded
    let has = { (words: [String]) in words.contains(where: text.contains) }
    // A merit in war stands above one in peace: first, second and third of it all count as 三等战功（含）以上.
    if has(["战功"]), has(["一等", "二等", "三等", "特等", "1等", "2等", "3等"]) { return "war_merit_3" }
    if has(["一等功", "特等功", "1等功"]) { return "merit_1" }
    if has(["二等功", "2等功"]) { return "merit_2" }
    if has(["三等功", "3等功"]) { return "merit_3" }
    if has(["英雄", "勋章", "荣誉称号", "模范称号"]) { return "honor_title" }
    if has(["因战因公", "因战致残", "因公致残", "战残"]) { return "duty_disability" }
    if has(["参战"]) { return "war_service" }
    if has(["县", "区", "旗"]), has(["先进军休", "优秀军休", "先进(优秀)军休"]), !has(["市", "省", "自治区"]) {
      return "county_model_cadre"
    }
    if has(["先进军休", "优秀军休", "先进(优秀)军休", "模范军休"]) { return "model_cadre" }
    if has(["10年", "十年"]), has(["高原", "边", "海", "艰苦", "连续", "岛", "特殊岗位"]) { return "hardship_10y" }
    if has(["副大军区", "副战区"]) { return "deputy_theater_award" }
    if has(["大军区", "战区级", "军区级"]) { return "theater_award" }
    if has(["党中央", "国务院", "中央军委", "中央表彰"]) { return "central_award" }
    if has(["表彰", "奖励", "嘉奖"]), has(["市委", "市政府", "省委", "省政府", "设区的市", "省级", "市级", "省部级", "自治区", "盟委"]) {
      return "city_award"
    }
    if has(["表彰", "奖励", "嘉奖"]), has(["县委", "县政府", "区委", "区政府", "旗委", "县级"]) { return "county_award" }
    if has(["突出贡献"]) { return "post_contribution" }
    return nil
  }
}
