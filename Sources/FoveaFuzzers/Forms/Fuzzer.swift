import FoveaFuzz

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.forms.checkOrTrap(UnsafeBufferPointer(start: bytes, count: count))
    return 0
}
