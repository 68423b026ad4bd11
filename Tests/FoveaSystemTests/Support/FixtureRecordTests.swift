import FoveaSystem
import Foundation
import Testing

/// The recorded systems themselves.
struct FixtureRecordTests {
    @Test func thereAreEnough() {
        #expect(FixtureSystem.all.count >= 13)
    }

    @Test(arguments: FixtureSystem.all)
    func saysWhereItComesFrom(name: String) throws {
        let record = try FixtureSystem(name).record
        #expect(!record.sources.isEmpty)
        #expect(record.sources.allSatisfy { $0.hasPrefix("https://") })
        #expect(!record.title.isEmpty && !record.reported.isEmpty && !record.filledIn.isEmpty)
    }

    @Test(arguments: FixtureSystem.all)
    func aSnapshotSurvivesBeingSent(name: String) throws {
        let snapshot = SystemSnapshot(reading: try FixtureSystem(name))
        let sent = try JSONEncoder().encode(snapshot)
        #expect(try JSONDecoder().decode(SystemSnapshot.self, from: sent) == snapshot)
    }
}
