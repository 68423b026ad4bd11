#!/usr/bin/env bash
# Starts a service of its own, asks it about a folder of photos and shows what it found.
#
#   Tools/demo/demo.sh [PHOTOS_DIR]
#
# Without a folder: the sample photos, and what they show is checked. Called by `make demo`, which builds first.
set -euo pipefail

# A folder is named from where the caller is.
photos=${1:-}
# Not every shell expands `make demo PHOTOS=~/Pictures`.
photos=${photos/#"~/"/"$HOME/"}
photos=${photos:+$(realpath -- "$photos")}
cd "$(dirname "$0")/../.."

models=${XDG_CACHE_HOME:-$HOME/.cache}/fovea/demo-models
out=demo
log=$out/server.log
arguments=(--photos "${photos:-Samples}" --report "$out/report.html")
if [[ -z $photos ]]; then
    arguments+=(--expectations Samples/expectations.json)
fi

fail() {
    printf 'demo: %s\n' "$1" >&2
    if [[ -s $log ]]; then
        printf 'The last lines of %s:\n' "$log" >&2
        tail -n 20 "$log" >&2
    fi
    exit 1
}

client=
server=
# Asks a program to go, and makes it after 10 seconds.
stop() {
    local pid=$1
    kill -TERM "$pid" 2>/dev/null || return 0
    for ((i = 0; i < 100; i++)); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
}
stop_all() {
    [[ -z $client ]] || stop "$client"
    [[ -z $server ]] || stop "$server"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    while true; do
        port=$((20000 + RANDOM % 12000))
        is_open "$port" || break
    done
    echo "$port"
}

# By hand, so that no curl is needed.
ping_server() {
    local answer
    answer=$(
        exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$port" || exit 0
        printf 'GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
        timeout 5 cat <&3 | tr -d '\0'
    ) || true
    [[ $answer == *pong* ]]
}

mkdir -p "$out"
rm -f "$log"
for program in fovea fovea-demo; do
    [[ -x .build/release/$program ]] || fail ".build/release/$program is not there: run 'make build'"
done
[[ -d $models ]] || fail "$models is not there: run 'make setup'"

port=$(free_port)
IMMICH_HOST=127.0.0.1 IMMICH_PORT=$port MACHINE_LEARNING_CACHE_FOLDER=$models \
    .build/release/fovea serve >"$log" 2>&1 &
server=$!

tries=0
until ping_server; do
    kill -0 "$server" 2>/dev/null || fail "the service ended at its start"
    ((++tries < 150)) || fail "the service did not answer within 30 seconds"
    sleep 0.2
done

# A proxy cannot reach this machine's loopback. In the background, because the shell acts on signals while it
# waits, but not while a program runs in the foreground.
no_proxy=127.0.0.1 NO_PROXY=127.0.0.1 \
    .build/release/fovea-demo --url "http://127.0.0.1:$port" "${arguments[@]}" &
client=$!
status=0
wait "$client" || status=$?
client=
if ! kill -0 "$server" 2>/dev/null; then
    server=
    fail "the service ended before it was asked to"
fi
exit "$status"
