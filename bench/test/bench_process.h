// `revenant bench` in a process of its own: the library that it uses keeps its state in globals.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/src/peer_process.h"

namespace revenant::bench {

// Started by the constructor in a new, empty folder, which the destructor removes; killed with it.
// What it prints is kept in files.
class BenchProcess {
 public:
  using Command = std::function<int(int argc, char** argv)>;

  // Runs `revenant bench`, or what else is given, with argv[0] "revenant bench".
  explicit BenchProcess(std::vector<std::string> arguments);
  BenchProcess(std::vector<std::string> arguments, const Command& command);
  BenchProcess(const BenchProcess&) = delete;
  BenchProcess& operator=(const BenchProcess&) = delete;
  ~BenchProcess();

  [[nodiscard]] const os::Process& process() const noexcept { return peer_->process(); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

  // Waits for its end, four minutes at most: kTooLong then. Else its exit code; kLeftADescriptor or
  // kLeftAChild where it had more descriptors or children afterwards than before.
  [[nodiscard]] int wait();
  static constexpr int kTooLong = -1;
  static constexpr int kKilled = -2;
  static constexpr int kLeftADescriptor = 101;
  static constexpr int kLeftAChild = 102;

  [[nodiscard]] std::string output() const;
  [[nodiscard]] std::string errors() const;

 private:
  std::string folder_;
  std::vector<std::string> arguments_;
  std::unique_ptr<PeerProcess> peer_;
};

}  // namespace revenant::bench
