#!/bin/bash
# Proves CUDA on a machine with an NVIDIA GPU: run it beside the parts that bundle.sh made.
#
#     prove.sh [STEP ...]    steps: doctor verify against throughput memory workers; all by default
#
# Everything it prints is meant for Benchmarks/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if [[ ! -e root/bin/fovea ]]; then
    sha256sum --quiet --check SHA256SUMS
    mkdir -p root
    cat part-* | tar --extract --xz --directory root
fi
cd root
steps=("$@")
((${#steps[@]})) || steps=(doctor verify against throughput memory workers)

# Wheels of NVIDIA's libraries, as a PyTorch brings them.
nvidia=$(python3 -c 'import nvidia; print(list(nvidia.__path__)[0])' 2>/dev/null || true)
folders=$({ find "${nvidia:-/nowhere}" -type d -name lib 2>/dev/null || true; } | paste -sd:)
export LD_LIBRARY_PATH=$PWD/lib:${folders:+$folders:}${LD_LIBRARY_PATH:-}
export FOVEA_LIBRARY_FOLDER=$PWD/lib MACHINE_LEARNING_CACHE_FOLDER=$PWD/models
export FOVEA_ONNXRUNTIME
FOVEA_ONNXRUNTIME=$(echo "$PWD"/lib/cuda13-*/libonnxruntime.so.*)
fovea=$PWD/bin/fovea

serve() { # serve PORT [OPTION ...]
    "$fovea" serve --port "$@" >"serve-$1.log" 2>&1 &
    pids+=($!)
    for _ in $(seq 100); do
        curl --silent --fail --output /dev/null "localhost:$1/ping" && return
        sleep 0.1
    done
    cat "serve-$1.log"
    return 1
}
stop() {
    ((${#pids[@]})) && kill "${pids[@]}" 2>/dev/null && wait "${pids[@]}" 2>/dev/null || true
    pids=()
}
pids=()
trap stop EXIT

# Models that cost what real ones do, whose random weights are made here.
real_models() {
    if [[ ! -d models/clip/random-ViT-B-32 ]]; then
        echo "there are no models of real cost in these parts"
        return 1
    fi
    python3 fill.py models || {
        echo "models of real cost need numpy"
        return 1
    }
}

for step in "${steps[@]}"; do
    printf '\n== %s\n' "$step"
    case $step in
        doctor)
            nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv || true
            "$fovea" devices
            "$fovea" doctor --device cuda:0 || true
            ;;
        verify) "$fovea" verify --device cuda:0 || true ;;
        against)
            # The same service on its processor is what the recorded answers are compared with elsewhere.
            serve 3901 --devices cpu
            "$fovea" verify --device cuda:0 --against http://localhost:3901 || true
            stop
            ;;
        throughput)
            serve 3902 --devices cuda:0
            python3 load.py --url http://localhost:3902 --photos samples --seconds 20 --clients 8 image face ocr text
            stop
            real_models || continue
            serve 3905 --devices cuda:0
            for clients in 8 64; do
                python3 load.py --url http://localhost:3905 --photos samples --seconds 20 --clients "$clients" \
                    --clip random-ViT-B-32 --faces random-buffalo image face
            done
            stop
            # Against the engine with nothing around it on the same GPU, with as many rows a run as serve it best.
            "$fovea" bench --bare --device cuda:0 --task clip-image --task faces --clip random-ViT-B-32 \
                --faces random-buffalo --clients 8,64 --pictures samples || true
            ;;
        memory)
            serve 3903 --devices cuda:0
            python3 load.py --url http://localhost:3903 --photos samples --requests 5000 --clients 8 --vram mixed
            stop
            ;;
        workers)
            serve 3904 --devices cuda:0,cuda:0
            python3 load.py --url http://localhost:3904 --photos samples --seconds 10 --clients 8 image
            curl --silent localhost:3904/health
            nvidia-smi --query-compute-apps=pid,used_memory --format=csv
            stop
            ;;
        *) echo "there is no step $step" >&2 && exit 2 ;;
    esac
done
