#ifndef FOVEA_BLANK_MEMORY_H
#define FOVEA_BLANK_MEMORY_H

/// From here to the matching end, memory that is allocated anywhere in the
/// process is zero, and what is freed is overwritten: for decoders that hand out
/// what they allocated without writing to all of it. Slows every allocation
/// down. Calls may nest and come from any thread; without glibc they do nothing.
void fovea_begin_blank_memory(void);
void fovea_end_blank_memory(void);

#endif
