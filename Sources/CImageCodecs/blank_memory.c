#include "blank_memory.h"

#include <stdlib.h>  // defines __GLIBC__

#if defined(__GLIBC__)
#include <malloc.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int users = 0;

// mallopt(3): new memory is filled with the complement of the value's low byte,
// freed memory with the byte itself; 0 ends both.
static const int zero_new_memory = 0xFF;

void fovea_begin_blank_memory(void) {
    pthread_mutex_lock(&lock);
    if (users++ == 0) mallopt(M_PERTURB, zero_new_memory);
    pthread_mutex_unlock(&lock);
}

void fovea_end_blank_memory(void) {
    pthread_mutex_lock(&lock);
    if (--users == 0) mallopt(M_PERTURB, 0);
    pthread_mutex_unlock(&lock);
}

#else

void fovea_begin_blank_memory(void) {}
void fovea_end_blank_memory(void) {}

#endif
