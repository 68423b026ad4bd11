/// What the bytes of a picture become in a graph on floats.
package struct PixelScale: Sendable, Hashable {
    /// The order in which a graph wants the channels.
    package enum ChannelOrder: Sendable {
        case rgb, bgr

        /// Where in a pixel the first, second and third channel are.
        package var offsets: [Int] { self == .rgb ? [0, 1, 2] : [2, 1, 0] }
    }

    package let order: ChannelOrder
    /// What each byte becomes, for the first, second and third channel.
    package let tables: [[Float]]
    /// What stands where there is no picture.
    package let padding: Float
    /// The same for graphs on bytes.
    package let paddingByte: UInt8

    /// (byte − `mean`) / `deviation`, the same for all channels.
    package init(
        order: ChannelOrder = .rgb, mean: Float, deviation: Float, padding: Float = 0, paddingByte: UInt8 = 0
    ) {
        let table = (0...255).map { (Float($0) - mean) / deviation }
        self.init(order: order, tables: [table, table, table], padding: padding, paddingByte: paddingByte)
    }

    package init(order: ChannelOrder, tables: [[Float]], padding: Float, paddingByte: UInt8) {
        self.order = order
        self.tables = tables
        self.padding = padding
        self.paddingByte = paddingByte
    }
}
