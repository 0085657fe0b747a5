#include "chaos/src/run_record.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

#include "chaos/src/option_text.h"
#include "chaos/src/plan.h"
#include "chaos/src/script_text.h"
#include "pool/os/error.h"
#include "pool/os/proc.h"

namespace revenant::chaos {
namespace {

using nlohmann::ordered_json;

std::string iso8601_now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

// The first "model name" of /proc/cpuinfo; other architectures name theirs otherwise or not at all.
std::string cpu_name() {
  const std::string text = os::read_small_file("/proc/cpuinfo").value_or("");
  const auto label = text.find("model name");
  if (label == std::string::npos) return "unknown";
  const auto colon = text.find(": ", label);
  const auto newline = text.find('\n', label);
  if (colon == std::string::npos || colon > newline) return "unknown";
  return text.substr(colon + 2, newline - colon - 2);
}

ordered_json describe_machine() {
  utsname name{};
  ::uname(&name);
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGESIZE);
  return {
      {"kernel", fmt::format("{} {} {}", name.sysname, name.release, name.machine)},
      {"cpu", cpu_name()},
      {"cores", ::sysconf(_SC_NPROCESSORS_ONLN)},
      {"memory_bytes", static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes)}};
}

ordered_json describe_options(const RunOptions& options) {
  ordered_json faults = ordered_json::array();
  for (const Fault& fault : options.faults) faults.push_back(to_string(fault));
  ordered_json schedules = ordered_json::array();
  for (const Schedule& schedule : options.schedules) schedules.push_back(to_string(schedule));
  ordered_json script = ordered_json::array();
  for (const ScriptedFault& fault : options.script) script.push_back(to_string(fault));
  ordered_json json = {
      {"tasks", options.tasks},
      {"op", to_string(options.operation)},
      {"op_ms", options.operation_time.count()},
      {"payload", to_string(options.payload)},
      {"outstanding", options.outstanding},
      {"faults", faults},
      {"schedule",
       options.schedules.empty() ? std::string() : to_string(options.schedules.front())},
      {"schedules", schedules},
      {"at", script},
      {"faults_min", faults_demanded(options)},
      {"claim", to_string(options.claim)},
      {"executions", to_string(options.executions)},
      {"recover_within_ms", options.recover_within.count()},
      {"stall_after_ms", options.stall_after.count()},
      {"ready_within_ms", options.ready_within.count()},
      {"workers", to_string(options.workers, options.worker_regex)},
      {"target", options.command},
  };
  if (options.target_kind == TargetKind::attached) json["attach"] = options.attach_to;
  if (options.target_kind != TargetKind::speaks_protocol) json["protocol"] = false;
  if (options.probe && !options.probe->command.empty()) json["probe"] = options.probe->command;
  if (options.probe && !options.probe->tcp.empty()) json["probe_tcp"] = options.probe->tcp;
  if (options.duration) json["duration_ms"] = options.duration->count();
  if (options.faults_max) json["faults_max"] = *options.faults_max;
  if (options.rate) json["rate_per_s"] = *options.rate;
  return json;
}

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

}  // namespace

void write_run_record(const std::string& path, const RunOptions& options, const std::string& name) {
  const ordered_json record = {
      {"version", 1},  // of this file's form
      {"revenant", REVENANT_VERSION},
      {"command_line", options.command_line.empty() ? options.command : options.command_line},
      {"name", name},
      {"started", iso8601_now()},
      {"options", describe_options(options)},
      {"seed", options.seed},
      {"machine", describe_machine()},
  };
  // Arguments may hold any bytes.
  const std::string text =
      record.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "we"));
  if (!file) os::throw_errno(path);
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
      std::fflush(file.get()) != 0) {
    os::throw_errno(path);
  }
}

}  // namespace revenant::chaos
