// A target that is faster than any pool: it answers echo by turning the line around, in its main
// process. It is wrong by the protocol (operations belong into workers) and right for one purpose:
// to see how much the harness itself can carry.
//
//   mirror WORKERS
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

// {"type":"task","id":17,"op":"echo","arg":"…"} becomes {"type":"result","id":17,"value":"…"}.
void answer(std::string_view line, std::string& out) {
  const auto id = line.find("\"id\":") + 5;
  const auto comma = line.find(',', id);
  const auto argument = line.find("\"arg\":", comma) + 6;
  out += R"({"type":"result",)";
  out += line.substr(id - 5, comma - id + 5);
  out += ",\"value\":";
  out += line.substr(argument);
  out += '\n';
}

void write_all(std::string& out) {
  for (std::size_t at = 0; at < out.size();) {
    const ssize_t wrote = ::write(STDOUT_FILENO, out.data() + at, out.size() - at);
    if (wrote <= 0) std::exit(1);
    at += static_cast<std::size_t>(wrote);
  }
  out.clear();
}

}  // namespace

int main(int argc, char** argv) {
  const long workers = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 2;
  for (long i = 0; i < workers; ++i) {
    if (::fork() == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::poll(nullptr, 0, -1);
      ::_exit(0);
    }
  }
  std::puts(R"({"type":"ready","name":"mirror","ops":["echo"]})");
  std::fflush(stdout);
  std::vector<char> buffer(1 << 20);
  std::string rest;
  std::string out;
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got <= 0) break;
    rest.append(buffer.data(), static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
      answer(std::string_view(rest).substr(begin, end - begin), out);
      begin = end + 1;
    }
    rest.erase(0, begin);
    write_all(out);
  }
}
