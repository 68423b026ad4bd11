public import ArgumentParser
public import FoveaCore

extension Device: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Precision: ExpressibleByArgument {}

extension ModelTask: ExpressibleByArgument {}

extension ModelType: ExpressibleByArgument {}
