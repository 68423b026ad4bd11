import Foundation
import FoveaBackends
import FoveaInstaller
import Testing

@Suite struct CatalogueTests {
    private let wheels = RuntimeCatalogue.builtIn.entries.flatMap(\.wheels)

    @Test func hashesAndFoldersHaveTheirForm() {
        for wheel in wheels {
            #expect(wheel.sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil, "\(wheel.name)")
            #expect(
                wheel.folder.wholeMatch(of: /[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{60}/) != nil, "\(wheel.name)")
            #expect(wheel.name.hasSuffix(".whl") && !wheel.kept.isEmpty, "\(wheel.name)")
        }
        // One file has one hash, and packages may share files.
        let names = Set(wheels.map(\.name))
        #expect(names.count == Set(wheels.map(\.sha256)).count)
        #expect(names.count == Set(wheels.map(\.folder)).count)
    }

    @Test func wheelsAreForTheirArchitecture() {
        for entry in RuntimeCatalogue.builtIn.entries {
            for wheel in entry.wheels {
                #expect(wheel.name.contains("_\(entry.architecture.rawValue).whl"), "\(wheel.name)")
            }
        }
    }

    @Test func everyPackageIsThereOncePerArchitecture() {
        let keys = RuntimeCatalogue.builtIn.entries.map { "\($0.package) \($0.architecture)" }
        #expect(keys.count == Set(keys).count)
        for package in RuntimePackage.allCases {
            #expect(RuntimeCatalogue.builtIn.wheels(of: package, on: .x86_64) != nil, "\(package)")
        }
        let forArm = RuntimePackage.allCases.filter {
            RuntimeCatalogue.builtIn.wheels(of: $0, on: .aarch64) != nil
        }
        #expect(forArm == [.onnxruntime, .webgpu, .cuda13, .tensorRTRTX])
    }

    @Test func theFirstWheelHasThePackagesVersion() {
        for entry in RuntimeCatalogue.builtIn.entries {
            #expect(
                entry.wheels.first?.name.contains("-\(entry.package.version)-") == true, "\(entry.package)")
        }
    }

    /// Hashes that were read from the index independently of the catalogue.
    @Test(arguments: [
        ("onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl", "5752bd508126ae7c", 23_753_652),
        ("onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_aarch64.whl", "da05378364c44d44", 21_413_526),
        ("onnxruntime_gpu-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl", "e26c475fe361b201", 255_560_985),
        ("onnxruntime_ep_openvino-1.8.1-py3-none-manylinux_2_28_x86_64.whl", "3832643158c8c187", 52_587_628),
        ("onnxruntime_openvino-1.24.1-cp311-cp311-manylinux_2_28_x86_64.whl", "3007c803634cc69c", 84_430_935),
        ("onnxruntime_ep_webgpu-0.4.0-py3-none-manylinux_2_28_x86_64.whl", "5d8c961eda91a889", 6_892_120),
        ("onnxruntime_migraphx-1.27.1-cp311-cp311-manylinux_2_34_x86_64.whl", "4a178713a67dbcd1", 21_462_548),
    ])
    func hashesAndSizesAreThoseOfTheIndex(_ name: String, _ hash: String, _ bytes: Int) throws {
        let wheel = try #require(wheels.first { $0.name == name })
        #expect(wheel.sha256.hasPrefix(hash) && wheel.bytes == bytes)
    }

    @Test func whatIsOpenedFirstIsInstalled() {
        for entry in RuntimeCatalogue.builtIn.entries {
            let kept = entry.wheels.flatMap(\.kept).map { member in
                member.installedName ?? member.pattern.split(separator: "/").last.map(String.init) ?? ""
            }
            let package = entry.package
            for name in package.dependencies + [package.mainLibrary, package.baseLibrary].compactMap(\.self) {
                let isKept = kept.contains { pattern in
                    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
                    return parts.count == 1
                        ? pattern == name : name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
                }
                #expect(isKept, "\(package) \(entry.architecture): \(name)")
            }
        }
    }
}
