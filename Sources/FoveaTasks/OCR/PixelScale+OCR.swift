extension PixelScale {
    /// What the PP-OCR models were trained on: blue, green, red as
    /// byte / 127.5 − 1, with middle grey where there is no picture.
    package static let paddleOCR: PixelScale = {
        let formula = Formula(divisor: 127.5, offset: 1)
        return PixelScale(
            order: .bgr, formulas: [formula, formula, formula], padding: 0, paddingByte: 127)
    }()
}
