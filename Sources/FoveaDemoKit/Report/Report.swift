package import Foundation
import FoveaCore

/// A page that shows what was found: one file without scripts, which loads
/// nothing but the photos.
package struct Report: Sendable {
    let findings: Findings
    /// Empty where nothing was expected.
    let checks: [ExpectationCheck]
    let link: PhotoLink
    /// Face → the number of the person it belongs to, from 1.
    let personNumbers: [Person.Appearance: Int]

    /// - Parameter file: where the page will be.
    package init(_ findings: Findings, checks: [ExpectationCheck], file: URL) {
        self.findings = findings
        self.checks = checks
        link = PhotoLink(from: file)
        var numbers: [Person.Appearance: Int] = [:]
        for (index, person) in findings.people.enumerated() {
            for appearance in person.appearances { numbers[appearance] = index + 1 }
        }
        personNumbers = numbers
    }

    /// Writes the page and the folders above it.
    package func write(to file: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(page.markup.utf8).write(to: file, options: .atomic)
        } catch {
            throw FoveaError(
                .invalidSetting, "\(file.path) cannot be written: name another file with --report.",
                cause: error)
        }
    }

    package var page: HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Fovea: \(findings.folder.lastPathComponent)</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        \(header)
        <main>
        \([search, people, text, photos].filter { $0 != "" })
        </main>
        <footer>Made by Fovea \(Version.current) with its demo models, which know ImageNet’s concepts only.</footer>
        </body>
        </html>

        """
    }
}
