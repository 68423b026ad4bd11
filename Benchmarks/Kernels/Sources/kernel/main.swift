import Foundation
import FoveaKernels

/// Runs one kernel, for tools that count instructions or allocations.
///
///     kernel                   names of all
///     kernel NAME              three times, of which the first two warm up
///
/// The last two calls go through the function `fovea_measured_kernel`, so that callgrind can count them alone. Where a
/// library that counts allocations is loaded beforehand, their numbers during that call are printed.

@_silgen_name("fovea_measured_kernel")
@inline(never)
func measured(_ call: Kernel.Call) -> Int { (try? call()) ?? -1 }

/// Looks a counter up in the libraries that were loaded.
func counter(_ name: String) -> (@convention(c) () -> UInt64)? {
    // No handle: all of them.
    dlsym(nil, name)
        .map { unsafeBitCast($0, to: (@convention(c) () -> UInt64).self) }
}

func run() throws -> Int32 {
    let arguments = CommandLine.arguments.dropFirst()
    guard let name = arguments.first else {
        for kernel in Kernel.all { print(kernel.name) }
        return 0
    }
    guard let kernel = Kernel.named(name), arguments.count == 1 else {
        print("There is no kernel '\(arguments.joined(separator: " "))': 'kernel' alone lists them.")
        return 2
    }
    let call = try kernel.call(KernelFiles(environment: ProcessInfo.processInfo.environment))
    let expected = try call()
    _ = measured(call)
    let (allocations, bytes) = (counter("fovea_allocation_count"), counter("fovea_allocated_bytes"))
    let (allocationsBefore, bytesBefore) = (allocations?() ?? 0, bytes?() ?? 0)
    let result = measured(call)
    let (allocationsAfter, bytesAfter) = (allocations?() ?? 0, bytes?() ?? 0)
    guard result == expected else {
        print("\(name) gave \(result), not \(expected) as before")
        return 1
    }
    print("results \(result)")
    if allocations != nil {
        print("allocations \(allocationsAfter - allocationsBefore)")
        print("bytes \(bytesAfter - bytesBefore)")
    }
    return 0
}

do {
    exit(try run())
} catch {
    print("The kernel failed: \(error)")
    exit(1)
}
