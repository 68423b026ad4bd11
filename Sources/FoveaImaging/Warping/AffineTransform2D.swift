/// A map of the plane that keeps lines straight and parallel:
/// `x' = a x + b y + tx`, `y' = c x + d y + ty`.
public struct AffineTransform2D: Sendable, Hashable {
    public var a, b, tx, c, d, ty: Double

    public init(a: Double, b: Double, tx: Double, c: Double, d: Double, ty: Double) {
        self.a = a
        self.b = b
        self.tx = tx
        self.c = c
        self.d = d
        self.ty = ty
    }

    /// The map that undoes this one; all zeros where none does, as in OpenCV.
    var inverse: AffineTransform2D {
        let determinant = a * d - b * c
        let scale = determinant == 0 ? 0 : 1 / determinant
        let a = self.d * scale
        let b = self.b * -scale
        let c = self.c * -scale
        let d = self.a * scale
        return AffineTransform2D(a: a, b: b, tx: -a * tx - b * ty, c: c, d: d, ty: -c * tx - d * ty)
    }
}
