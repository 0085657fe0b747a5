// Memory that is about to be filled, in large pages where the kernel has them to give.
//
// The first touch of a page is a fault, and a dear one on a virtual machine whose page tables the
// host keeps shadows of. With huge pages it is one for 512.
//
// Any thread may call it; async-signal-safe.
#pragma once

#include <cstddef>

namespace revenant::os {

// A hint for the whole huge pages that lie within private anonymous memory (malloc's): those not
// touched so far. Nothing where there are fewer than two, or where the kernel does not want it.
void prefer_huge_pages(void* memory, std::size_t bytes) noexcept;

}  // namespace revenant::os
