/// Gives a graph that was made for one picture or text a batch of any number.
package enum FreeBatch {
    static func rewrite(_ model: inout ModelProto) throws {
        throw Declined("it is not followed yet")
    }
}
