/// What the bytes of a picture become in a graph on floats.
package struct PixelScale: Sendable, Hashable {
    /// The order in which a graph wants the channels.
    package enum ChannelOrder: Sendable {
        case rgb, bgr

        /// Where in a pixel the first, second and third channel are.
        package var offsets: [Int] { self == .rgb ? [0, 1, 2] : [2, 1, 0] }
    }

    /// byte / `divisor` · `factor` − `offset`, each step rounded to float32.
    package struct Formula: Sendable, Hashable {
        package var divisor, factor, offset: Float

        package init(divisor: Float, factor: Float = 1, offset: Float = 0) {
            self.divisor = divisor
            self.factor = factor
            self.offset = offset
        }

        /// What each byte becomes.
        package var table: [Float] { (0...255).map { Float($0) / divisor * factor - offset } }
    }

    package let order: ChannelOrder
    /// What each byte becomes, for the first, second and third channel.
    package let tables: [[Float]]
    /// How the tables were computed, where that is known: computing is faster
    /// than looking up.
    package let formulas: [Formula]?
    /// What stands where there is no picture.
    package let padding: Float
    /// The same for graphs on bytes.
    package let paddingByte: UInt8

    /// (byte − `mean`) / `deviation`, the same for all channels.
    package init(
        order: ChannelOrder = .rgb, mean: Float, deviation: Float, padding: Float = 0, paddingByte: UInt8 = 0
    ) {
        let table = (0...255).map { (Float($0) - mean) / deviation }
        // Rounds the same where both numbers are short in binary, as they usually are.
        let formula = Formula(divisor: deviation, offset: mean / deviation)
        if formula.table == table {
            self.init(
                order: order, formulas: [formula, formula, formula], padding: padding,
                paddingByte: paddingByte)
        } else {
            self.init(
                order: order, tables: [table, table, table], padding: padding, paddingByte: paddingByte)
        }
    }

    /// - Parameter formulas: of the first, second and third channel.
    package init(order: ChannelOrder, formulas: [Formula], padding: Float, paddingByte: UInt8) {
        self.order = order
        tables = formulas.map(\.table)
        self.formulas = formulas
        self.padding = padding
        self.paddingByte = paddingByte
    }

    package init(order: ChannelOrder, tables: [[Float]], padding: Float, paddingByte: UInt8) {
        self.order = order
        self.tables = tables
        formulas = nil
        self.padding = padding
        self.paddingByte = paddingByte
    }
}
