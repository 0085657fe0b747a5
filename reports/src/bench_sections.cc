#include "reports/src/bench_sections.h"

#include <fmt/format.h>

#include <vector>

#include "reports/src/floor_names.h"
#include "reports/src/number_text.h"

namespace revenant::reports {
namespace {

constexpr const char* kNoFloor = "\u2013";

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

PageData texts(const std::vector<std::string>& all, std::size_t from) {
  PageData list = PageData::list();
  for (std::size_t i = from; i < all.size(); ++i) list.push_back(PageData{"text", all[i]});
  return list;
}

PageData table_data(const Table& table, bool has_charts) {
  PageData rows = PageData::list();
  for (const auto& cells : table.rows) {
    PageData row;
    row["head"] = cells.front();
    row["cells"] = texts(cells, 1);
    rows.push_back(row);
  }
  PageData data;
  data["head"] = table.columns.front();
  data["columns"] = texts(table.columns, 1);
  data["fold"] = fold_data(table.rows.size(), has_charts);
  data["rows"] = std::move(rows);
  return data;
}

void add_section(PageData& list, const BenchSection& section, const std::string& id,
                 const std::string& title, const std::vector<std::string>& charts,
                 const std::vector<Table>& tables, const std::vector<std::string>& footnotes = {}) {
  PageData drawn = PageData::list();
  for (const std::string& name : charts) {
    PageData chart;
    chart["chart"] = chart_data(section.drawing, name);
    chart["several"] = charts.size() > 1;
    drawn.push_back(chart);
  }
  PageData filled = PageData::list();
  for (const Table& table : tables) {
    if (!table.rows.empty()) filled.push_back(table_data(table, !section.drawing.charts.empty()));
  }
  if (filled.empty()) return;
  PageData data;
  data["id"] = id;
  data["title"] = title;
  data["charts"] = std::move(drawn);
  data["tables"] = std::move(filled);
  data["footnotes"] = sentences_data(footnotes);
  list.push_back(data);
}

std::string argument_text(const Benchmark& benchmark, const char* name,
                          std::string (*text)(double)) {
  const auto value = benchmark.argument(name);
  return value ? text(*value) : kNoFloor;
}

std::string counter_text(const Benchmark& benchmark, const char* name,
                         std::string (*text)(double)) {
  const auto value = benchmark.counter(name);
  return value && value->median > 0 ? text(value->median) : kNoFloor;
}

Table kill_table(const Figures& figures) {
  Table table{{"workers", "spares", "victim", "supervisor", "kills", "detected", "p99",
               "task's result", "p99"},
              {}};
  for (const Benchmark& each : figures.one_kill) {
    const auto kills = each.counter("kills");
    const double all = kills ? kills->median * static_cast<double>(kills->repetitions) : 0;
    table.rows.push_back(
        {argument_text(each, "workers", number_text), argument_text(each, "spares", number_text),
         argument_text(each, "victim_mib", mib_text),
         argument_text(each, "supervisor_mib", mib_text), all > 0 ? number_text(all) : kNoFloor,
         counter_text(each, "detect_p50", time_text), counter_text(each, "detect_p99", time_text),
         counter_text(each, "task_p50", time_text), counter_text(each, "task_p99", time_text)});
  }
  return table;
}

Table sized_floor_table(const Figures& figures) {
  Table table{{"floor", "resident", "median", "p99"}, {}};
  for (const Benchmark& each : figures.sized_floors) {
    const char* const size = each.argument("victim_mib") ? "victim_mib" : "caller_mib";
    table.rows.push_back({floor_label(each.family.substr(each.family.find('/') + 1)),
                          argument_text(each, size, mib_text), counter_text(each, "p50", time_text),
                          counter_text(each, "p99", time_text)});
  }
  return table;
}

Table goodput_table(const Figures& figures) {
  Table table{{"kills per second", "tasks", "theory", "share", "a task", "a kill costs"}, {}};
  for (const Benchmark& each : figures.goodput) {
    const auto measured = each.counter("items_per_second");
    const auto theory = each.counter("theory_per_second");
    const bool both = measured && theory && theory->median > 0;
    table.rows.push_back({argument_text(each, "kills_per_second", number_text),
                          counter_text(each, "items_per_second", rate_text),
                          counter_text(each, "theory_per_second", rate_text),
                          both ? percent_text(measured->median / theory->median) : kNoFloor,
                          counter_text(each, "task_us", time_text),
                          counter_text(each, "kill_cost_us", time_text)});
  }
  return table;
}

Table memory_table(const Figures& figures) {
  Table table{{"workers", "a worker", "of it private", "nursery", "supervisor"}, {}};
  for (const Benchmark& each : figures.memory) {
    table.rows.push_back({argument_text(each, "workers", number_text),
                          counter_text(each, "worker_kib", kib_text),
                          counter_text(each, "worker_private_kib", kib_text),
                          counter_text(each, "nursery_kib", kib_text),
                          counter_text(each, "supervisor_kib", kib_text)});
  }
  return table;
}

Table peer_speed_table(const Peers& peers) {
  Table table{{"pool", "work", "workers", "tasks", "this pool does", "interval"}, {}};
  for (const PeerSpeed& each : peers.speeds) {
    const std::string work = each.work == "wait" ? "1 ms asleep" : each.work;
    if (!each.error.empty()) {
      table.rows.push_back(
          {each.title, work, number_text(each.workers), each.error, kNoFloor, kNoFloor});
      continue;
    }
    const auto times = [](double ratio) { return ratio_text(ratio) + " \u00D7"; };
    table.rows.push_back(
        {each.title, work, number_text(each.workers), rate_text(each.per_s.median),
         each.is_own ? kNoFloor : times(each.ratio.median),
         each.is_own ? kNoFloor : ratio_text(each.ratio.low) + " to " + times(each.ratio.high)});
  }
  return table;
}

std::string afterwards(const PeerKill& kill) {
  if (!kill.program_ended.empty()) return "its program ends: " + kill.program_ended;
  if (!kill.survives) return "takes no more tasks, or loses them";
  return kill.workers_afterwards < 2 ? "goes on with one worker" : "goes on";
}

Table peer_kill_table(const Peers& peers) {
  Table table{{"SIGKILL of one of two busy workers", "completed", "failed", "unanswered",
               "next result", "of a new worker", "afterwards"},
              {}};
  const auto after = [](double ms) { return ms < 0 ? kNoFloor : time_text(1000 * ms); };
  for (const PeerKill& each : peers.kills) {
    if (!each.error.empty()) {
      table.rows.push_back(
          {each.title, kNoFloor, kNoFloor, kNoFloor, kNoFloor, kNoFloor, each.error});
      continue;
    }
    table.rows.push_back({each.title,
                          number_text(each.completed) + " of " + number_text(each.tasks),
                          number_text(each.failed), number_text(each.unanswered),
                          after(each.next_result_ms), after(each.new_worker_ms), afterwards(each)});
  }
  return table;
}

std::vector<std::string> peer_footnotes(const Peers& peers) {
  std::vector<std::string> notes;
  std::string versions;
  for (const auto& [arm, version] : peers.versions) {
    // The arms of one pool have one version.
    if (versions.find(version) == versions.npos)
      versions += (versions.empty() ? "" : "; ") + version;
  }
  if (!versions.empty()) notes.push_back(versions + ".");
  for (const auto& [arm, reason] : peers.absent)
    notes.push_back("Left out: " + arm + ": " + reason);
  return notes;
}

}  // namespace

PageData bench_sections(const BenchSection& section, const std::string& id) {
  const Figures& figures = section.figures;
  const Peers& peers = section.bench.peers;
  PageData list = PageData::list();
  add_section(list, section, id + "-peers", "Beside the pools that people use", {"peers"},
              {peer_speed_table(peers), peer_kill_table(peers)}, peer_footnotes(peers));
  add_section(list, section, id + "-kill", "One kill",
              {"kill-workers", "kill-victim", "kill-supervisor"},
              {kill_table(figures), sized_floor_table(figures)});
  add_section(list, section, id + "-goodput", "Goodput under kills", {"goodput"},
              {goodput_table(figures)});
  add_section(list, section, id + "-memory", "Memory", {"memory"}, {memory_table(figures)});
  return list;
}

}  // namespace revenant::reports
