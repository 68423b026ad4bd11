/// What to do so that this process can use a device's node: it depends on what
/// contains the process.
struct NodeAccess {
    let host: HostFacts
    let identity: ProcessIdentity

    /// How to hand nodes to a container that does not have them.
    ///
    /// - Parameters:
    ///   - nodes: what to pass, such as `/dev/dri`.
    ///   - example: one device, where `nodes` has a folder: Proxmox passes
    ///     single ones.
    ///   - options: what else the container has to be started with, in the
    ///     words of `docker run`.
    func pass(_ nodes: [String], example: String? = nil, options: [String] = []) -> String {
        let flags = (nodes.map { "--device \($0)" } + options).joined(separator: " ")
        switch host.container {
        case .docker:
            let list = nodes.map { "\($0):\($0)" }.joined(separator: ", ")
            return "Start the container with `\(flags)` (in a compose file: `devices: [\(list)]`)."
        case .podman:
            return "Start the container with `\(flags)`."
        case .lxc:
            let devices =
                nodes.count == 1 ? [example ?? nodes[0]] : nodes.map { $0 == "/dev/dri" ? example ?? $0 : $0 }
            let settings = devices.enumerated().map { "--dev\($0) \($1),gid=\(renderGroup)" }
            return
                "On the Proxmox host: `pct set <id> \(settings.joined(separator: " "))`, then"
                + " restart the container."
        case .kubernetes:
            return
                "Give the pod \(nodes.joined(separator: " and ")): by the maker's device plugin, or"
                + " as a hostPath volume of a privileged container."
        case .none, .other:
            return "Give this container \(nodes.joined(separator: " and "))."
        }
    }

    /// What keeps this process from using a node that it sees, and the next
    /// step; `nil` where nothing does.
    func obstacle(_ node: DeviceNode) -> (id: String, message: String, nextStep: String)? {
        guard !node.isUsable else { return nil }
        if node.status.isRefused {
            return (
                "device-rules",
                "The kernel refuses to open \(node.path): this container's device rules leave it out.",
                host.container == .lxc
                    ? pass([node.path])
                    : "Pass \(node.path) with `--device \(node.path)`, not as a volume."
            )
        }
        if node.isUnmapped {
            return (
                "unmapped",
                "\(node.path) belongs to nobody:nogroup (65534) here: its owner has no number in"
                    + " this unprivileged container.",
                host.container == .podman
                    ? "Start the container with `--group-add keep-groups`."
                    : host.container == .docker
                        ? "Run the container without user namespaces (`--userns=host`)." : pass([node.path])
            )
        }
        let group = host.groupNames[node.status.group] ?? "\(node.status.group)"
        let mode = String(node.status.mode, radix: 8)
        return (
            "group",
            "User \(identity.user) may not use \(node.path): mode \(mode), group \(group).",
            join(group: node.status.group, name: host.groupNames[node.status.group])
        )
    }

    /// How to put this process into a group.
    private func join(group: UInt32, name: String?) -> String {
        switch host.container {
        case .docker:
            "Start the container with `--group-add \(group)` (in a compose file: `group_add:"
                + " [\"\(group)\"]`)."
        case .podman:
            "Start the container with `--group-add keep-groups`."
        case .kubernetes:
            "Add \(group) to the pod's `securityContext.supplementalGroups`."
        case .none, .lxc, .other:
            "Run `sudo usermod -aG \(name ?? "\(group)") $USER` and log in again."
        }
    }

    /// The group that render nodes should have in this container.
    private var renderGroup: String {
        host.group(named: "render").map { "\($0)" } ?? "<the render group's number in the container>"
    }
}
