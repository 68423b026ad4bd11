#include "log.hpp"

#include <armnn/Logging.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

namespace fovea {

namespace {

std::atomic<fovea_armnn_log> receiver{nullptr};

class Sink : public armnn::LogSink {
public:
    Sink(armnn::LogSeverity level, int32_t severity)
        : prefix(armnn::LevelToString(level) + ": "), severity(severity) {}

    void Consume(const std::string &line) override {
        auto log = receiver.load();
        if (!log) return;
        // The severity travels beside the text.
        const bool prefixed = line.compare(0, prefix.size(), prefix) == 0;
        log(severity, line.c_str() + (prefixed ? prefix.size() : 0));
    }

private:
    std::string prefix;
    int32_t severity;
};

template <armnn::LogSeverity Level>
void divert(int32_t severity) {
    armnn::SimpleLogger<Level>::Get().AddSink(std::make_shared<Sink>(Level, severity));
}

}  // namespace

void sendLog(fovea_armnn_log log) {
    receiver.store(log);
    static std::once_flag once;
    std::call_once(once, [] {
        armnn::ConfigureLogging(false, false, armnn::LogSeverity::Warning);
        divert<armnn::LogSeverity::Warning>(FOVEA_ARMNN_LOG_WARNING);
        divert<armnn::LogSeverity::Error>(FOVEA_ARMNN_LOG_ERROR);
        divert<armnn::LogSeverity::Fatal>(FOVEA_ARMNN_LOG_ERROR);
    });
}

}  // namespace fovea
