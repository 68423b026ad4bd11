#!/usr/bin/env bash
# Builds the fuzzers and runs them one after the other; `make fuzz` calls it.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=.build-fuzz
fixtures=Tests/Fixtures
targets=(forms tokenizers pictures entries)

usage() {
    cat <<TEXT
fuzz.sh: throws made-up bytes at what takes bytes from outside

    Tools/fuzz/fuzz.sh [--seconds N] [TARGET...]     build, then fuzz N seconds a target (900)
    Tools/fuzz/fuzz.sh --keep [TARGET...]            add to $fixtures/fuzz what reaches new code
    Tools/fuzz/fuzz.sh --repeat TARGET FILE          run one input

Targets: ${targets[*]}; all of them where none is named.
Everything is in $build: corpus/TARGET (grows from run to run) and findings/TARGET. A target ends
at its first finding. The exit status is 1 if there was one.
TEXT
}

seconds=900
mode=fuzz
while (($#)); do
    case $1 in
        -h | --help) usage && exit 0 ;;
        --seconds) seconds=${2:?--seconds takes a number} && shift 2 ;;
        --keep | --repeat) mode=${1#--} && shift ;;
        -*) usage >&2 && exit 2 ;;
        *) break ;;
    esac
done
if [[ ! $seconds =~ ^[1-9][0-9]*$ ]]; then
    echo "fuzz: the seconds are '$seconds', not a whole number above 0" >&2
    exit 2
fi
file=
if [[ $mode == repeat ]]; then
    (($# == 2)) || { usage >&2 && exit 2; }
    file=$2
    set -- "$1"
fi
(($#)) || set -- "${targets[@]}"
for target in "$@"; do
    [[ " ${targets[*]} " == *" $target "* ]] || { usage >&2 && exit 2; }
done

# AddressSanitizer would end the program where C code asks for too much memory and copes with getting none.
export ASAN_OPTIONS=allocator_may_return_null=1:${ASAN_OPTIONS:-}
# The fuzzer reports crashes itself; Swift's reporter would take minutes.
export SWIFT_BACKTRACE=enable=no
PATH=$PATH:$(dirname "$(command -v swift)") # for llvm-symbolizer

# SwiftPM has to know of the fuzzer, which brings a `main` of its own; of several sanitizers it hands the Swift
# compiler the last one only.
build_fuzzer() {
    FOVEA_FUZZ=1 swift build -c release --scratch-path $build --product "fuzz-$1" \
        --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address
}

# Large enough for the limits that inputs should reach, small enough to be quick.
longest() {
    case $1 in
        forms) echo 12288 ;;
        tokenizers) echo 8192 ;;
        pictures) echo 16384 ;;
        entries) echo 4096 ;;
    esac
}

# run_fuzzer TARGET ARGUMENT...: an input may take 10 seconds and 2 GB, and half of that in one piece.
run_fuzzer() {
    local target=$1 leaks=0
    shift
    # Only C leaks by itself, and a pointer in a Swift enumeration may carry bits that hide what it points to.
    [[ $target != pictures ]] || leaks=1
    ASAN_OPTIONS=detect_leaks=$leaks:$ASAN_OPTIONS $build/release/fuzz-"$target" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=1024 \
        -max_len="$(longest "$target")" "$@"
}

# What a target starts from, beside what earlier runs found: folders, one a line.
seeds() {
    echo "$fixtures/fuzz/$1"
    case $1 in
        pictures) echo "$fixtures/imaging/files" ;;
        tokenizers)
            rm -rf "$build/seeds"
            Tools/fuzz/seeds.py "$build/seeds"
            echo "$build/seeds"
            ;;
    esac
}

fuzz() {
    local target=$1 corpus=$build/corpus/$1 findings=$build/findings/$1 folders before status=0
    mkdir -p "$corpus" "$findings"
    mapfile -t folders < <(seeds "$target")
    before=$(find "$findings" -type f | sort)
    printf '==> %s: fuzzing for %s seconds\n' "$target" "$seconds"
    run_fuzzer "$target" -max_total_time="$seconds" -dict="Tools/fuzz/dictionaries/$target.dict" \
        -artifact_prefix="$findings/" -print_final_stats=1 "$corpus" "${folders[@]}" \
        >"$build/$target.log" 2>&1 || status=$?
    # Ctrl-C, which libFuzzer ends with a status of its own.
    ((status != 72)) || exit 130
    awk '/^stat::number_of_executed_units/ { print "    " $2 " inputs" }' "$build/$target.log"
    ((status)) || return 0
    report "$target" "$(comm -13 <(echo "$before") <(find "$findings" -type f | sort))"
    return 1
}

report() {
    local target=$1 input=$2
    if [[ -z $input ]]; then
        tail -n 20 "$build/$target.log"
        echo "$target: the fuzzer failed; its whole output is in $build/$target.log"
        return
    fi
    grep -E '^(SUMMARY|ERROR|==.*ERROR)|Fatal error' "$build/$target.log" | head -n 5 || true
    cat <<TEXT
$target: FOUND $input; the whole report is in $build/$target.log
    again:    Tools/fuzz/fuzz.sh --repeat $target $input
    smaller:  $build/release/fuzz-$target -minimize_crash=1 -runs=20000 -artifact_prefix=$build/smaller- $input
    then:     copy it to $fixtures/fuzz/$target/ under a name that says what it does, fix what it shows,
              and see 'make test' pass, which runs every file there
TEXT
}

keep() {
    local target=$1 all=$build/merged/$1 folders known
    mapfile -t folders < <(seeds "$target")
    rm -rf "$all"
    mkdir -p "$all" "$build/corpus/$target"
    # What the fixtures reach is no news: the merge starts with them.
    for folder in "${folders[@]}"; do cp "$folder"/* "$all/"; done
    known=$(ls "$all")
    run_fuzzer "$target" -merge=1 "$all" "$build/corpus/$target" 2>"$build/$target-merge.log"
    comm -13 <(sort <<<"$known") <(ls "$all" | sort) | while read -r name; do
        cp "$all/$name" "$fixtures/fuzz/$target/"
    done
    du -sh --apparent-size "$fixtures/fuzz/$target"
}

failed=0
for target in "$@"; do
    build_fuzzer "$target"
    case $mode in
        fuzz) fuzz "$target" || failed=1 ;;
        keep) keep "$target" ;;
        repeat) run_fuzzer "$target" "$file" || failed=1 ;;
    esac
done
exit $failed
