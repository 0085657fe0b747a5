#include "pool/target/program/bundle.h"

#include <cstring>

#include "pool/os/check.h"

namespace revenant::target {
namespace {

struct BundleHeader {
  std::uint32_t journal;
  std::uint32_t tasks;
};

}  // namespace

void write_bundle(std::string& payload, std::uint32_t journal, std::span<const std::uint64_t> ids,
                  std::span<const std::string_view> messages) {
  const BundleHeader header{journal, static_cast<std::uint32_t>(ids.size())};
  payload.assign(reinterpret_cast<const char*>(&header), sizeof header);
  payload.append(reinterpret_cast<const char*>(ids.data()), ids.size_bytes());
  for (const auto& message : messages) payload.append(message);
}

void read_bundle(std::string_view payload, Bundle& bundle) {
  BundleHeader header{};
  REVENANT_CHECK(payload.size() >= sizeof header, "the pool hands on what was submitted");
  std::memcpy(&header, payload.data(), sizeof header);
  payload.remove_prefix(sizeof header);
  const std::size_t ids_bytes = header.tasks * sizeof(std::uint64_t);
  REVENANT_CHECK(payload.size() >= ids_bytes, "the pool hands on what was submitted");
  bundle.journal = header.journal;
  bundle.ids.resize(header.tasks);
  std::memcpy(bundle.ids.data(), payload.data(), ids_bytes);
  bundle.messages = payload.substr(ids_bytes);
}

}  // namespace revenant::target
