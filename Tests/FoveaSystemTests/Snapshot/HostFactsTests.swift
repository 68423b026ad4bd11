import FoveaSystem
import Testing

struct HostFactsTests {
    private func host(_ files: [String: String], _ environment: [String: String] = [:]) -> HostFacts {
        SystemSnapshot(reading: MemorySystem(files: files, environment: environment)).host
    }

    @Test(arguments: [
        (["/.dockerenv": ""], ContainerKind.docker),
        (["/run/.containerenv": ""], .podman),
        (["/run/systemd/container": "lxc\n"], .lxc),
        (["/proc/1/environ": "PATH=/bin\0container=lxc\0"], .lxc),
        (["/proc/1/cgroup": "0::/kubepods.slice/pod1", "/.dockerenv": ""], .kubernetes),
        (["/proc/self/cgroup": "12:devices:/docker/0123"], .docker),
        (["/run/systemd/container": "systemd-nspawn"], .other),
        (["/run/systemd/container": "wsl"], .none),
        ([:], .none),
    ])
    func containersAreToldByTheirMarks(files: [String: String], kind: ContainerKind) {
        #expect(host(files).container == kind)
    }

    @Test func podsAreToldByTheirEnvironment() {
        #expect(host([:], ["KUBERNETES_SERVICE_HOST": "10.0.0.1"]).container == .kubernetes)
    }

    @Test func unprivilegedContainersMapSomeIDsOnly() {
        #expect(!host(["/proc/self/uid_map": "         0          0 4294967295\n"]).isUnprivileged)
        #expect(host(["/proc/self/uid_map": "         0     100000      65536\n"]).isUnprivileged)
        #expect(!host([:]).isUnprivileged)
    }

    @Test func kernelAndDistribution() {
        let facts = host([
            "/proc/sys/kernel/osrelease": "5.15.167.4-microsoft-standard-WSL2\n",
            "/etc/os-release": "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n",
            "/etc/group": "root:x:0:\nvideo:x:44:\nrender:x:104:\n",
        ])
        #expect(facts.isWSL)
        #expect(facts.kernelVersion == KernelVersion(5, 15))
        #expect(facts.distribution == "Debian GNU/Linux 12 (bookworm)")
        #expect(facts.group(named: "render") == 104)
    }

    @Test func versionsOfKernelsCompare() throws {
        #expect(try #require(KernelVersion("6.8.0-51-generic")) < KernelVersion(6, 12))
        #expect(try #require(KernelVersion("6.12.24-Unraid")) >= KernelVersion(6, 12))
        #expect(KernelVersion("unknown") == nil)
    }
}
