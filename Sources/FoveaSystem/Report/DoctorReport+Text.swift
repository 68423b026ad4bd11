import FoveaCore

extension DoctorReport {
    /// The report as a page for a terminal: what is wrong or usable in full,
    /// what is not there in one line. Lines are at most 100 characters wide.
    ///
    /// - Parameter colour: whether the terminal shows colours.
    public func text(colour: Bool) -> String {
        let ink = Ink(isOn: colour)
        var lines = system.flatMap { ink.fact($0, indent: 0) }
        for section in sections where section.state != .absent {
            lines.append("")
            lines += text(of: section, ink)
        }
        let absent = sections.filter { $0.state == .absent && $0.accelerator != .vulkan }.map(
            \.accelerator.title)
        if !absent.isEmpty { lines += ["", ink.dim("not here: \(absent.joined(separator: ", "))")] }
        lines += ["", ink.bold("devices")] + devices.flatMap { line(for: $0, ink) }
        if !wanted.isEmpty {
            let names = wanted.map { isUsable($0) ? "\($0)" : "\($0) (not usable)" }
            lines += ["", "asked for: \(names.joined(separator: ", "))"]
        }
        if !placements.isEmpty {
            lines += ["", ink.bold("models")]
            lines += placements.map { "  \($0.model) on \($0.device)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(of section: DoctorSection, _ ink: Ink) -> [String] {
        let state = section.state == .usable ? ink.green("usable") : ink.yellow("needs attention")
        let names = section.devices.map(\.description).joined(separator: ", ")
        var lines = ["\(ink.bold(section.accelerator.title)): \(state) (\(names))"]
        lines += section.hardware.flatMap { Ink.wrap($0, first: "  ", rest: "    ") }
        lines += section.facts.filter { !$0.value.isEmpty }.flatMap { ink.fact($0, indent: 2) }
        for problem in section.problems {
            let mark = problem.isBlocking ? ink.red("!") : ink.yellow("*")
            let names = problem.devices.map(\.description).joined(separator: ", ")
            let isPart = !names.isEmpty && problem.devices.count < section.devices.count
            let text = (isPart ? "\(names): " : "") + problem.message
            lines += Ink.wrap(text, first: "  \(mark) ", rest: "    ", hidden: ink.width)
            lines += Ink.wrap(problem.nextStep, first: "    -> ", rest: "       ")
        }
        return lines
    }

    private func line(for device: DiscoveredDevice, _ ink: Ink) -> [String] {
        let name = device.device.description
        let padding = String(repeating: " ", count: max(1, 18 - name.count))
        var details = [device.name]
        if let bytes = device.memoryBytes {
            details.append(ByteCount.text(bytes) + (device.sharesMainMemory ? " of main memory" : ""))
        }
        if let busy = device.busyPercent { details.append("\(busy) % busy") }
        if !isUsable(device.device) { details.append("not usable yet") }
        return Ink.wrap(
            details.joined(separator: ", "), first: "  " + name + padding,
            rest: String(repeating: " ", count: 20))
    }
}

/// Colours of a terminal, and lines that fit it.
struct Ink {
    let isOn: Bool

    /// How many characters of a coloured mark do not show.
    var width: Int { isOn ? 9 : 0 }

    func bold(_ text: String) -> String { code("1", text) }
    func dim(_ text: String) -> String { code("2", text) }
    func red(_ text: String) -> String { code("31", text) }
    func green(_ text: String) -> String { code("32", text) }
    func yellow(_ text: String) -> String { code("33", text) }

    /// A fact as `name: value`.
    func fact(_ fact: DoctorSection.Fact, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        return Self.wrap("\(fact.name): \(fact.value)", first: space, rest: space + "  ")
    }

    /// Breaks a text at spaces. A word that is longer than a line stays whole,
    /// so that paths can be copied.
    static func wrap(_ text: String, first: String, rest: String, hidden: Int = 0) -> [String] {
        let columns = 100
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ") {
            let limit = columns + (lines.isEmpty ? hidden : 0)
            if !isEmpty, line.count + 1 + word.count > limit {
                lines.append(line)
                line = rest
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }

    private func code(_ code: String, _ text: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
