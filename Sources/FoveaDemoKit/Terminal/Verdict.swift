/// Whether the findings are what the photos show, for a terminal.
package struct Verdict {
    private let checks: [ExpectationCheck]
    private let style: TextStyle

    package init(_ checks: [ExpectationCheck], style: TextStyle) {
        self.checks = checks
        self.style = style
    }

    package var holds: Bool { checks.allSatisfy(\.holds) }

    package var text: String {
        let wrong = checks.filter { !$0.holds }
        guard !wrong.isEmpty else {
            return style.green("✓ all \(checks.count) checks against what the photos show hold") + "\n"
        }
        let rows = wrong.map { check in
            let found = TextStyle.harmless(check.found ?? "")
            return "  \(TextStyle.harmless(check.expected))\n    found: \(found)\n"
        }
        let title = "✗ \(wrong.count) of \(checks.count) checks against what the photos show do not hold"
        return style.red(title) + "\n" + rows.joined()
    }
}
