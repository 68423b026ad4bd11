import FoveaServer

/// Every setting, its value and where it came from, for people to read.
struct SettingsReport {
    let entries: [SettingEntry]

    var text: String {
        var table = TextTable("SETTING", "VALUE", "FROM", "MEANING")
        for entry in entries {
            table.add(
                entry.name, entry.value.isEmpty ? "-" : entry.value, entry.source.rawValue, entry.meaning)
        }
        return table.text
    }
}
