// membarrier(2): a full fence in other processes, issued by the one that seldom needs it.
//
// Two sides that each write a word and then read the other's need a full fence between the two, or
// both may miss the other's write. Where one side does so millions of times a second and the other
// once in a while, the second can issue the fence for both: when fence_processes() has returned,
// every registered process that was running has passed a full fence in the meantime. The first side
// then needs no more than an order that the compiler keeps. It costs an interrupt to every
// processor that runs a registered process: tens of microseconds on a virtual machine.
//
// Any process and thread may call these; async-signal-safe. Linux 4.16.
#pragma once

namespace revenant::os {

// Whether this kernel has it; no system call filter in the way so far.
[[nodiscard]] bool can_fence_processes() noexcept;

// The calling process takes part from now on. Children made by fork inherit it where the kernel
// copies it; calling it again costs a system call. False: it takes no part, and has to fence.
[[nodiscard]] bool register_for_fences() noexcept;

// A full fence here and in every registered process. False, with nothing promised, if the kernel
// refuses.
[[nodiscard]] bool fence_processes() noexcept;

}  // namespace revenant::os
