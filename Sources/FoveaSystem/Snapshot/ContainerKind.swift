/// What contains a process. It decides how a device is handed to it.
public enum ContainerKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing, or nothing that shows.
    case none
    case docker
    case podman
    /// LXC, such as a Proxmox container.
    case lxc
    case kubernetes
    /// A container of another kind.
    case other
}

extension ContainerKind {
    /// Goes by the marks that the runtimes leave:
    ///
    /// - Kubernetes sets `KUBERNETES_SERVICE_HOST` in every pod and names
    ///   control groups `kubepods`.
    /// - Docker leaves `/.dockerenv`, Podman `/run/.containerenv`.
    /// - systemd's Container Interface has managers set `container` for the
    ///   first process, which systemd passes on in `/run/systemd/container`.
    init(reading source: some SystemSource) {
        let groups = (source.text("/proc/1/cgroup") ?? "") + (source.text("/proc/self/cgroup") ?? "")
        let first = source.text("/proc/1/environ")?.split(separator: "\0")
            .first { $0.hasPrefix("container=") }?.dropFirst("container=".count)
        let manager =
            source.text("/run/systemd/container")?.trimmingSpaces ?? first.map(String.init)
            ?? source.environment["container"] ?? ""
        self =
            if source.environment["KUBERNETES_SERVICE_HOST"] != nil || groups.contains("kubepods") {
                .kubernetes
            } else if source.status("/.dockerenv") != nil || groups.contains("/docker") || manager == "docker"
            {
                .docker
            } else if source.status("/run/.containerenv") != nil || manager == "podman" {
                .podman
            } else if manager.hasPrefix("lxc") || groups.contains("/lxc") {
                .lxc
            } else if !manager.isEmpty, manager != "wsl" {
                .other
            } else {
                .none
            }
    }
}
