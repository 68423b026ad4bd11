extension PixelScale {
    /// What the PP-OCR models were trained on: blue, green, red as
    /// byte / 127.5 − 1, with middle grey where there is no picture.
    package static let paddleOCR: PixelScale = {
        let table = (0...255).map { Float($0) / 127.5 - 1 }
        return PixelScale(order: .bgr, tables: [table, table, table], padding: 0, paddingByte: 127)
    }()
}
