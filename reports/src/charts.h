// The charts there are, each made from what was read. Nothing where there is nothing to draw.
//
// Pure: no file is touched here. The columns of the data files are in reports/FORMAT.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/src/chart.h"
#include "reports/src/figures.h"
#include "reports/src/moments.h"
#include "reports/src/peers_file.h"
#include "reports/src/run_folder.h"
#include "reports/src/timeline.h"

namespace revenant::reports {

// `note` goes into the picture itself (Chart::note): whose figures these are.
std::optional<Chart> timeline_chart(const Timeline& timeline, const std::string& note);
// `name` makes the files of several moments their own: "moment-1".
inline std::string moment_name(std::size_t place) { return "moment-" + std::to_string(place + 1); }
std::optional<Chart> moment_chart(const Moment& moment, const std::string& name,
                                  const std::string& note);
std::optional<Chart> recovery_latency_chart(const RecoverySamples& samples,
                                            const std::string& note);
// Of several runs; nothing for less than two that have recoveries. The first kRunsInChartMax.
inline constexpr std::size_t kRunsInChartMax = 24;
std::optional<Chart> recovery_by_run_chart(const std::vector<const RunFolder*>& all);
std::optional<Chart> throughput_chart(const Figures& figures, const std::string& note);
std::optional<Chart> recovery_over_workers_chart(const Figures& all, const std::string& note);
std::optional<Chart> throughput_over_payload_chart(const Figures& figures, const std::string& note);
std::optional<Chart> kill_over_workers_chart(const Figures& figures, const std::string& note);
std::optional<Chart> kill_over_victim_chart(const Figures& figures, const std::string& note);
std::optional<Chart> kill_over_supervisor_chart(const Figures& figures, const std::string& note);
std::optional<Chart> goodput_chart(const Figures& figures, const std::string& note);
std::optional<Chart> memory_chart(const Figures& figures, const std::string& note);
std::optional<Chart> peers_chart(const Peers& peers, const std::string& note);
std::optional<Chart> floors_chart(const Figures& figures, const std::string& note);

}  // namespace revenant::reports
