// How values become the bytes of a payload and back: for map(), and for whoever wants it.
//
// Both ends are processes of one program on one machine, made by fork from the same binary: the
// bytes are the machine's own and no format to be stored. Readers nevertheless trust no length that
// they read, since a worker runs anybody's code. Any process, any thread; nothing is kept between
// calls.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace revenant {

// Specialise it for a type of your own:
//   static void append(const T& value, std::string& bytes);     writes `value` behind what is there
//   static bool take(std::string_view& bytes, T& value);        reads one value from the front and
//                 removes what it has read; false if `bytes` does not begin with a whole value
template <typename T>
struct Codec;

// A type whose bytes are its value. Views and pointers look like it and are not: what they point to
// would stay behind.
template <typename T>
concept PlainValue = std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T> &&
                     !std::is_pointer_v<T> &&
                     !std::is_member_pointer_v<T> && !std::is_null_pointer_v<T> &&
                     !std::is_convertible_v<T, std::string_view>;

template <typename T>
concept Encodable = requires(const T& value, T& place, std::string& bytes, std::string_view& view) {
  Codec<T>::append(value, bytes);
  { Codec<T>::take(view, place) } -> std::same_as<bool>;
};

template <PlainValue T>
struct Codec<T> {
  static void append(const T& value, std::string& bytes) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  static bool take(std::string_view& bytes, T& value) {
    if (bytes.size() < sizeof value) return false;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return true;
  }
};

// Its length, then its bytes.
template <>
struct Codec<std::string> {
  static void append(std::string_view value, std::string& bytes) {
    Codec<std::uint64_t>::append(value.size(), bytes);
    bytes.append(value);
  }
  static bool take(std::string_view& bytes, std::string& value) {
    std::string_view view;
    if (!take_view(bytes, view)) return false;
    value.assign(view);
    return true;
  }
  // As take(), without a copy: `value` lies in what `bytes` lies in.
  static bool take_view(std::string_view& bytes, std::string_view& value) {
    std::string_view rest = bytes;
    std::uint64_t size = 0;
    if (!Codec<std::uint64_t>::take(rest, size) || size > rest.size()) return false;
    value = rest.substr(0, size);
    bytes = rest.substr(size);
    return true;
  }
};

// How many, then one after another.
template <Encodable T>
struct Codec<std::vector<T>> {
  static void append(const std::vector<T>& values, std::string& bytes) {
    Codec<std::uint64_t>::append(values.size(), bytes);
    if constexpr (kInOneCopy) {
      bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (const T& value : values) Codec<T>::append(value, bytes);
    }
  }
  static bool take(std::string_view& bytes, std::vector<T>& values) {
    std::uint64_t count = 0;
    values.clear();
    // An element takes a byte at least; how much memory they need is seen as they are read.
    if (!Codec<std::uint64_t>::take(bytes, count) || count > bytes.size()) return false;
    if constexpr (kInOneCopy) {
      if (count > bytes.size() / sizeof(T)) return false;
      values.resize(count);
      if (count != 0) std::memcpy(values.data(), bytes.data(), count * sizeof(T));
      bytes.remove_prefix(count * sizeof(T));
    } else {
      for (std::uint64_t i = 0; i < count; ++i) {
        T value{};
        if (!Codec<T>::take(bytes, value)) return false;
        values.push_back(std::move(value));
      }
    }
    return true;
  }

 private:
  // std::vector<bool> has no array of its elements.
  static constexpr bool kInOneCopy = PlainValue<T> && !std::is_same_v<T, bool>;
};

// The bytes of one value alone.
template <Encodable T>
[[nodiscard]] std::string encode(const T& value) {
  std::string bytes;
  Codec<T>::append(value, bytes);
  return bytes;
}

// False unless `bytes` is one whole value and nothing else; `value` may be changed nevertheless.
template <Encodable T>
[[nodiscard]] bool decode(std::string_view bytes, T& value) {
  return Codec<T>::take(bytes, value) && bytes.empty();
}

}  // namespace revenant
