//! Memory of one call.
//!
//! An instance lives for one call, and most of what it takes are some thousand blocks of less than a kilobyte, which come and go
//! together. A list of free blocks for each size gives and takes one in a few instructions, where the allocator of the standard
//! library looks for the best place and joins neighbours. The first [`ARENA`] bytes are there when the instance begins, so that a
//! usual run never asks its host for more memory.
//!
//! What is large, or comes when the arena is used up, is that allocator's: it gives pages back for other sizes, and the largest
//! inputs stay within the memory that an instance may have.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::ptr::null_mut;

/// Bytes that an instance begins with. They are zero, and so no part of the file.
const ARENA: usize = 256 << 10;
/// Largest block that the arena gives.
const LARGEST_IN_ARENA: usize = 32 << 10;
/// Largest block of a chunk behind the arena.
const LARGEST_IN_CHUNK: usize = 1 << 10;
/// What is taken at once for small blocks when the arena is used up.
const CHUNK: usize = 64 << 10;
/// Of every block that is not the standard library's. WebAssembly has no type that needs more.
const ALIGN: usize = 16;
/// Sizes of blocks: multiples of 16 to 128, and then four to each power of two, so that a block is at most a quarter larger
/// than what is asked for.
const CLASSES: usize = class(LARGEST_IN_ARENA) + 1;

#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: Memory = Memory::new();

struct Memory {
    /// The first free block of each size; it holds the address of the next one.
    free: [Cell<*mut u8>; CLASSES],
    /// What was never given, of the arena or of the last chunk. Zero before the first block.
    next: Cell<usize>,
    end: Cell<usize>,
    arena: Arena,
}

#[repr(align(16))]
struct Arena(UnsafeCell<[u8; ARENA]>);

// SAFETY: the component has one thread.
unsafe impl Sync for Memory {}

// SAFETY: a block is of exactly one owner: it was never given before, or it was given back with its class, which its size tells.
// A block of the arena or of a chunk is told from one of the standard library's by its address and its size alone, see `is_ours`.
unsafe impl GlobalAlloc for Memory {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() <= LARGEST_IN_ARENA && layout.align() <= ALIGN {
            let class = class(layout.size());
            if let Some(free) = self.free.get(class) {
                let block = free.get();
                if !block.is_null() {
                    // SAFETY: a free block holds the address of the next.
                    free.set(unsafe { block.cast::<*mut u8>().read() });
                    return block;
                }
                return self.take(layout, size_of_class(class));
            }
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if self.is_ours(block, layout)
            && let Some(free) = self.free.get(class(layout.size()))
        {
            // SAFETY: the block is the caller's no more, and no class is smaller than an address.
            unsafe { block.cast::<*mut u8>().write(free.get()) };
            free.set(block);
            return;
        }
        // SAFETY: it is not ours, so it was taken there.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let is_ours = self.is_ours(block, layout);
        if !is_ours && size > LARGEST_IN_CHUNK {
            // SAFETY: it is not ours, and what is larger than a chunk's blocks and outside of the arena never is.
            return unsafe { System.realloc(block, layout, size) };
        }
        if is_ours && size <= LARGEST_IN_ARENA {
            let (before, after) = (size_of_class(class(layout.size())), size_of_class(class(size)));
            if before == after {
                return block;
            }
            // The last block that was given can grow where it is, as a text does that is written piece by piece.
            let begin = block as usize;
            let in_place = self.is_in_arena(begin) || size <= LARGEST_IN_CHUNK;
            if in_place && begin + before == self.next.get() && begin + after <= self.end.get() {
                self.next.set(begin + after);
                return block;
            }
        }
        // SAFETY: the size is the caller's and the alignment was good before.
        let layout_after = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        // SAFETY: two blocks, both as long as the shorter of them at least; the old one is given back once.
        unsafe {
            let new = self.alloc(layout_after);
            if !new.is_null() {
                new.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            new
        }
    }
}

impl Memory {
    const fn new() -> Self {
        Self {
            free: [const { Cell::new(null_mut()) }; CLASSES],
            next: Cell::new(0),
            end: Cell::new(0),
            arena: Arena(UnsafeCell::new([0; ARENA])),
        }
    }

    /// A block that was never given, `size` bytes of the class of `layout`.
    #[inline(never)]
    fn take(&self, layout: Layout, size: usize) -> *mut u8 {
        if self.next.get() == 0 {
            self.next.set(self.arena.0.get() as usize);
            self.end.set(self.next.get() + ARENA);
        }
        let begin = self.next.get();
        if size <= self.end.get() - begin && (size <= LARGEST_IN_CHUNK || self.is_in_arena(begin)) {
            self.next.set(begin + size);
            return begin as *mut u8;
        }
        if size > LARGEST_IN_CHUNK {
            // SAFETY: the size is the caller's, and is not zero.
            return unsafe { System.alloc(layout) };
        }
        // SAFETY: neither the size nor the alignment is zero.
        let chunk = unsafe { System.alloc(Layout::from_size_align_unchecked(CHUNK, ALIGN)) };
        if !chunk.is_null() {
            self.next.set(chunk as usize + size);
            self.end.set(chunk as usize + CHUNK);
        }
        chunk
    }

    #[inline]
    fn is_ours(&self, block: *mut u8, layout: Layout) -> bool {
        layout.align() <= ALIGN && (layout.size() <= LARGEST_IN_CHUNK || self.is_in_arena(block as usize))
    }

    #[inline]
    fn is_in_arena(&self, address: usize) -> bool {
        address.wrapping_sub(self.arena.0.get() as usize) < ARENA
    }
}

/// Where blocks of a size are kept. The size is not zero.
const fn class(size: usize) -> usize {
    if size <= 128 {
        return size.div_ceil(16) - 1;
    }
    let last = size - 1;
    let power = last.ilog2() as usize;
    8 + (power - 7) * 4 + ((last >> (power - 2)) & 3)
}

/// The bytes of each of its blocks.
const fn size_of_class(class: usize) -> usize {
    if class < 8 {
        return (class + 1) * 16;
    }
    (5 + (class - 8) % 4) << (5 + (class - 8) / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_holds_its_sizes_and_is_at_most_a_quarter_larger() {
        for size in 1..=LARGEST_IN_ARENA {
            let (class, block) = (class(size), size_of_class(class(size)));
            assert!(class < CLASSES && size <= block && block.is_multiple_of(ALIGN), "{size}: {block}");
            assert!(block <= (size + size / 4).max(size + ALIGN - 1), "{size}: {block}");
            assert!(class == 0 || size_of_class(class - 1) < size, "{size}: {block}");
        }
    }

    /// Each block is filled with a byte of its own, which must still be there when it is given back.
    #[test]
    fn no_two_blocks_overlap() {
        let memory = Box::new(Memory::new());
        let mut blocks: Vec<(*mut u8, Layout, u8)> = Vec::new();
        let mut random = 88_172_645_463_325_252_u64;
        let mut draw = |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random >> 33).unwrap_or_default() % below
        };
        let check = |block: *mut u8, length: usize, mark: u8| {
            // SAFETY: the block is this long, and was filled.
            let bytes = unsafe { std::slice::from_raw_parts(block, length) };
            assert!(bytes.iter().all(|byte| *byte == mark), "a block of {length} was written by another");
        };
        let fill = |block: *mut u8, length: usize, mark: u8| {
            assert!(!block.is_null() && (block as usize).is_multiple_of(ALIGN.min(8)));
            // SAFETY: the block is this long.
            unsafe { block.write_bytes(mark, length) };
        };
        for step in 0..20_000_usize {
            let mark = u8::try_from(step % 251).unwrap_or_default();
            // Mostly small, sometimes beyond each of the bounds.
            let size = 1 + match draw(20) {
                0 => draw(100 << 10),
                1..4 => draw(3 << 10),
                _ => draw(300),
            };
            match draw(5) {
                0 | 1 => {
                    let layout = Layout::from_size_align(size, 1 << draw(6)).unwrap();
                    // SAFETY: the size is not zero.
                    let block = unsafe { memory.alloc(layout) };
                    assert!((block as usize).is_multiple_of(layout.align()));
                    fill(block, size, mark);
                    blocks.push((block, layout, mark));
                }
                2 | 3 if !blocks.is_empty() => {
                    // Mostly the last one, which may grow where it is.
                    let index = if draw(2) == 0 { blocks.len() - 1 } else { draw(blocks.len()) };
                    let (block, layout, before) = blocks[index];
                    // SAFETY: the block is in use and of this layout.
                    let new = unsafe { memory.realloc(block, layout, size) };
                    check(new, size.min(layout.size()), before);
                    fill(new, size, mark);
                    blocks[index] = (new, Layout::from_size_align(size, layout.align()).unwrap(), mark);
                }
                _ if blocks.len() > 200 || step > 15_000 => {
                    if blocks.is_empty() {
                        continue;
                    }
                    let (block, layout, mark) = blocks.swap_remove(draw(blocks.len()));
                    check(block, layout.size(), mark);
                    // SAFETY: the block is in use and of this layout.
                    unsafe { memory.dealloc(block, layout) };
                }
                _ => {}
            }
        }
        for (block, layout, mark) in blocks {
            check(block, layout.size(), mark);
            // SAFETY: as above.
            unsafe { memory.dealloc(block, layout) };
        }
    }
}
