/// Names of the tokens that stand for single bytes: `<0x00>` to `<0xFF>`.
enum ByteTokens {
    static func name(of byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]
    }
}
