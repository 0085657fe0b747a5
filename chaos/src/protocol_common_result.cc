// The fast way of parse_message(): nearly every line of a run is a result of one shape, and the
// harness must not be slower than the pool that it judges.
#include <bit>
#include <cstring>

#include "chaos/src/digest.h"
#include "chaos/src/protocol_message.h"

namespace revenant::chaos {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept
      : at_(text.data()), end_(text.data() + text.size()) {}

  bool literal(std::string_view expected) noexcept {
    if (static_cast<std::size_t>(end_ - at_) < expected.size()) return false;
    if (std::memcmp(at_, expected.data(), expected.size()) != 0) return false;
    at_ += expected.size();
    return true;
  }

  // A key with its colon, and the blanks that some writers put behind.
  bool key(std::string_view quoted) noexcept {
    if (!literal(quoted)) return false;
    blanks();
    if (!literal(":")) return false;
    blanks();
    return true;
  }

  void blanks() noexcept {
    while (at_ < end_ && *at_ == ' ') ++at_;
  }

  [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
  [[nodiscard]] char peek() const noexcept { return at_ < end_ ? *at_ : '\0'; }

  // At most 15 digits, so below 2^53, and no leading zero, as JSON has it. The caller sees to it
  // that what follows is no fraction or exponent.
  bool number(std::uint64_t& value) noexcept {
    const char* const begin = at_;
    value = 0;
    while (at_ < end_ && *at_ >= '0' && *at_ <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(*at_ - '0');
      if (++at_ - begin > 15) return false;
    }
    return at_ > begin && (at_ - begin == 1 || *begin != '0');
  }

  // Printable ASCII without a backslash, so that its bytes are its value.
  bool plain_string(std::string_view& value) noexcept {
    if (!literal("\"")) return false;
    const char* const begin = at_;
    skip_plain_words();
    while (at_ < end_ && *at_ != '"') {
      const auto byte = static_cast<unsigned char>(*at_);
      if (byte < 0x20 || byte >= 0x80 || byte == '\\') return false;
      ++at_;
    }
    value = {begin, static_cast<std::size_t>(at_ - begin)};
    return literal("\"");
  }

 private:
  static constexpr std::uint64_t each(unsigned char byte) noexcept {
    return byte * 0x0101010101010101ULL;
  }
  // Non-zero if a byte of the word is zero, exactly so in the lowest such byte.
  static std::uint64_t zero_bytes(std::uint64_t word) noexcept {
    return (word - each(1)) & ~word & each(0x80);
  }

  // Eight bytes at a time, up to the word that holds something special.
  void skip_plain_words() noexcept {
    while (end_ - at_ >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at_, sizeof word);
      const std::uint64_t special = (word & each(0x80)) | zero_bytes(word ^ each('"')) |
                                    zero_bytes(word ^ each('\\')) |
                                    ((word - each(0x20)) & ~word & each(0x80));
      if (special != 0) return;
      at_ += 8;
    }
  }

  const char* at_;
  const char* end_;
};

bool scan_value(Scanner& scan, Digest& value) noexcept {
  if (scan.peek() == '"') {
    std::string_view text;
    if (!scan.plain_string(text)) return false;
    value = digest_of_string(text);
    return true;
  }
  std::uint64_t number = 0;
  if (!scan.number(number)) return false;
  value = digest_of_number(number);
  return true;
}

// `,"worker":17` and `,"attempts":1`, each at most once and in this order.
bool scan_optional_fields(Scanner& scan, TaskResult& result) noexcept {
  constexpr std::uint64_t kPidMax = 1U << 30;
  constexpr std::uint64_t kAttemptsMax = 1U << 30;
  std::uint64_t number = 0;
  if (!scan.literal(",")) return true;
  scan.blanks();
  if (scan.key("\"worker\"")) {
    if (!scan.number(number) || number == 0 || number > kPidMax) return false;
    result.worker = static_cast<pid_t>(number);
    scan.blanks();
    if (!scan.literal(",")) return true;
    scan.blanks();
  }
  if (!scan.key("\"attempts\"") || !scan.number(number) || number > kAttemptsMax) return false;
  result.attempts = static_cast<unsigned>(number);
  scan.blanks();
  return true;
}

}  // namespace

bool parse_common_result(std::string_view line, TaskResult& result) noexcept {
  Scanner scan(line);
  TaskResult found;
  if (!scan.literal("{") || !scan.key("\"type\"") || !scan.literal("\"result\",")) return false;
  scan.blanks();
  if (!scan.key("\"id\"") || !scan.number(found.id) || !scan.literal(",")) return false;
  scan.blanks();
  if (!scan.key("\"value\"") || !scan_value(scan, found.value)) return false;
  scan.blanks();
  if (!scan_optional_fields(scan, found)) return false;
  if (!scan.literal("}") || !scan.at_end()) return false;
  result = found;
  return true;
}

}  // namespace revenant::chaos
