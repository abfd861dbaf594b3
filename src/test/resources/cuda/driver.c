/*
 * Stands in for NVIDIA's driver (libcuda): one device whose memory is the host's, whose commands
 * wait in their streams until somebody waits for them, and whose kernels are run by a function that
 * the test sets. Addresses of the device are no addresses of the host, so that a mix-up is found.
 * Where the toolkit's header is at hand, it checks the signatures; asserts check what a caller must
 * keep to. CUDA_STAND_IN has the driver's version, and a colon and the compute capability, as in
 * 12040:90; CUDA_STAND_IN_MEMORY the bytes of the device.
 */
#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(WITH_HEADER)
#include <cuda.h>
#undef cuEventElapsedTime
#else
typedef int CUresult;
typedef int CUdevice;
typedef unsigned long long CUdeviceptr;
typedef int CUdevice_attribute;
typedef int CUfunction_attribute;
typedef int CUjit_option;
typedef struct CUctx_st *CUcontext;
typedef struct CUstream_st *CUstream;
typedef struct CUevent_st *CUevent;
typedef struct CUmod_st *CUmodule;
typedef struct CUfunc_st *CUfunction;
enum {
    CUDA_SUCCESS = 0, CUDA_ERROR_INVALID_VALUE = 1, CUDA_ERROR_OUT_OF_MEMORY = 2,
    CUDA_ERROR_NOT_INITIALIZED = 3, CUDA_ERROR_NO_DEVICE = 100, CUDA_ERROR_INVALID_CONTEXT = 201,
    CUDA_ERROR_INVALID_PTX = 218, CUDA_ERROR_UNSUPPORTED_PTX_VERSION = 222,
    CUDA_ERROR_NOT_FOUND = 500, CUDA_ERROR_ILLEGAL_ADDRESS = 700, CUDA_ERROR_LAUNCH_TIMEOUT = 702,
    CU_STREAM_NON_BLOCKING = 1, CU_EVENT_DEFAULT = 0, CU_EVENT_DISABLE_TIMING = 2,
    CU_JIT_ERROR_LOG_BUFFER = 5, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6
};
#endif

#define MOST_PARAMETERS 64
#define FIRST_NUMBER (1 << 20) /* of an allocation; others belong to the test's interpreter */

typedef struct {
    char *text;
} Module;

typedef struct {
    Module *module;
    char *entry;
    int count;
    int sizes[MOST_PARAMETERS];
} Function;

typedef struct Command {
    enum { COPY, FILL, LAUNCH, RECORD } kind;
    void *target;
    const void *source;
    size_t bytes;
    uint8_t value;
    Function *function;
    unsigned groups[6];
    uint64_t parameters[MOST_PARAMETERS];
    struct Event *event;
    struct Command *next;
} Command;

typedef struct Stream {
    Command *first, *last;
    struct Stream *next;
} Stream;

typedef struct Event {
    int timed;
    uint64_t time; /* 0 until it happens */
    Stream *stream;
} Event;

typedef struct {
    char *memory;
    size_t bytes;
} Allocation;

typedef int (*Interpreter)(
        const char *text, const char *entry, const unsigned *groups, const uint64_t *parameters);

static Interpreter interpreter;
static Stream *streams;
static Allocation *allocations;
static int allocationCount;
static size_t used;
static int live; /* what was made and not yet released */
static int launches;
static uint64_t ticks;
static int isReady;
static int retained;
static CUresult lost; /* what every call says after a kernel failed */
static __thread int current;
static int any;

void standInSetInterpreter(Interpreter function) { interpreter = function; }

int standInLive(void) { return live; }

int standInLaunches(void) { return launches; }

void standInLose(int result) { lost = (CUresult)result; }

/* The host's address of an allocation, by its number, and its size. */
void *standInMemory(uint64_t number, uint64_t *bytes) {
    uint64_t index = number - FIRST_NUMBER;
    if (index >= (uint64_t)allocationCount || !allocations[index].memory) return NULL;
    *bytes = allocations[index].bytes;
    return allocations[index].memory;
}

static void *host(CUdeviceptr address, size_t bytes) {
    uint64_t size = 0;
    char *memory = standInMemory(address >> 40, &size);
    uint64_t offset = address & ((1ULL << 40) - 1);
    return memory && offset + bytes <= size ? memory + offset : NULL;
}

static size_t total(void) {
    const char *text = getenv("CUDA_STAND_IN_MEMORY");
    return text ? strtoull(text, NULL, 10) : (size_t)1 << 30;
}

static int version(void) {
    const char *text = getenv("CUDA_STAND_IN");
    return text ? atoi(text) : 12040;
}

static int capability(void) {
    const char *text = getenv("CUDA_STAND_IN");
    text = text ? strchr(text, ':') : NULL;
    return text ? atoi(text + 1) : 90;
}

static int usable(void) { return isReady && current && retained > 0; }

#define CHECK_READY() if (lost) return lost; if (!usable()) return CUDA_ERROR_INVALID_CONTEXT

static CUresult run(Command *c) {
    switch (c->kind) {
    case COPY:
        memcpy(c->target, c->source, c->bytes);
        return CUDA_SUCCESS;
    case FILL:
        memset(c->target, c->value, c->bytes);
        return CUDA_SUCCESS;
    case RECORD:
        c->event->time = ++ticks;
        return CUDA_SUCCESS;
    case LAUNCH:
        launches++;
        if (!interpreter) return CUDA_SUCCESS;
        int result = interpreter(
                c->function->module->text, c->function->entry, c->groups, c->parameters);
        return result ? CUDA_ERROR_ILLEGAL_ADDRESS : CUDA_SUCCESS;
    }
    return CUDA_ERROR_INVALID_VALUE;
}

/* Runs the commands of a stream up to the one that records an event, or all. */
static CUresult drain(Stream *stream, Event *until) {
    while (stream->first) {
        Command *c = stream->first;
        stream->first = c->next;
        if (!stream->first) stream->last = NULL;
        ticks += 10;
        if (!lost) lost = run(c);
        int found = c->kind == RECORD && c->event == until;
        free(c);
        if (found) break;
    }
    return lost;
}

static CUresult drainAll(void) {
    for (Stream *s = streams; s; s = s->next) drain(s, NULL);
    return lost;
}

static Command *add(CUstream stream, int kind) {
    Stream *s = (Stream *)stream;
    Command *c = calloc(1, sizeof *c);
    c->kind = kind;
    if (s->last) s->last->next = c; else s->first = c;
    s->last = c;
    return c;
}

CUresult cuInit(unsigned int flags) {
    assert(flags == 0);
    isReady = capability() > 0;
    return isReady ? CUDA_SUCCESS : CUDA_ERROR_NO_DEVICE;
}

CUresult cuDriverGetVersion(int *v) {
    *v = version();
    return CUDA_SUCCESS;
}

CUresult cuDeviceGetCount(int *count) {
    *count = 1;
    return isReady ? CUDA_SUCCESS : CUDA_ERROR_NOT_INITIALIZED;
}

CUresult cuDeviceGet(CUdevice *device, int index) {
    assert(index == 0);
    *device = 7;
    return CUDA_SUCCESS;
}

CUresult cuDeviceGetName(char *name, int length, CUdevice device) {
    assert(device == 7);
    snprintf(name, length, "Stand-in");
    return CUDA_SUCCESS;
}

CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
    assert(device == 7);
    *bytes = total();
    return CUDA_SUCCESS;
}

CUresult cuDeviceGetAttribute(int *value, CUdevice_attribute attribute, CUdevice device) {
    assert(device == 7);
    switch ((int)attribute) {
    case 1: *value = 1024; break;
    case 2: *value = 1024; break;
    case 3: *value = 1024; break;
    case 4: *value = 64; break;
    case 8: *value = 49152; break;
    case 13: *value = 1980000; break;
    case 16: *value = 132; break;
    case 18: *value = 0; break;
    case 75: *value = capability() / 10; break;
    case 76: *value = capability() % 10; break;
    default: return CUDA_ERROR_INVALID_VALUE;
    }
    return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
    if (!isReady) return CUDA_ERROR_NOT_INITIALIZED;
    assert(device == 7);
    *context = (CUcontext)&any;
    retained++;
    live++;
    return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
    assert(device == 7 && retained > 0);
    retained--;
    live--;
    return CUDA_SUCCESS;
}

CUresult cuCtxSetCurrent(CUcontext context) {
    assert(context == (CUcontext)&any);
    current = 1;
    return CUDA_SUCCESS;
}

CUresult cuStreamCreate(CUstream *stream, unsigned int flags) {
    CHECK_READY();
    assert(flags == CU_STREAM_NON_BLOCKING);
    Stream *s = calloc(1, sizeof *s);
    s->next = streams;
    streams = s;
    *stream = (CUstream)s;
    live++;
    return CUDA_SUCCESS;
}

CUresult cuStreamDestroy_v2(CUstream stream) {
    Stream **at = &streams;
    while (*at != (Stream *)stream) {
        assert(*at);
        at = &(*at)->next;
    }
    drain(*at, NULL);
    *at = (*at)->next;
    free(stream);
    live--;
    return lost;
}

CUresult cuStreamSynchronize(CUstream stream) {
    CHECK_READY();
    return drain((Stream *)stream, NULL);
}

CUresult cuEventCreate(CUevent *event, unsigned int flags) {
    CHECK_READY();
    Event *e = calloc(1, sizeof *e);
    e->timed = flags == CU_EVENT_DEFAULT;
    assert(e->timed || flags == CU_EVENT_DISABLE_TIMING);
    *event = (CUevent)e;
    live++;
    return CUDA_SUCCESS;
}

CUresult cuEventDestroy_v2(CUevent event) {
    drainAll();
    free(event);
    live--;
    return lost;
}

CUresult cuEventRecord(CUevent event, CUstream stream) {
    CHECK_READY();
    Event *e = (Event *)event;
    e->time = 0;
    e->stream = (Stream *)stream;
    add(stream, RECORD)->event = e;
    return CUDA_SUCCESS;
}

CUresult cuEventSynchronize(CUevent event) {
    CHECK_READY();
    Event *e = (Event *)event;
    if (e->stream && !e->time) drain(e->stream, e);
    return lost;
}

CUresult cuEventElapsedTime(float *millis, CUevent first, CUevent second) {
    CHECK_READY();
    Event *a = (Event *)first, *b = (Event *)second;
    if (!a->timed || !b->timed || !a->time || !b->time) return CUDA_ERROR_INVALID_VALUE;
    *millis = (float)((double)(b->time - a->time) * 1e-3);
    return CUDA_SUCCESS;
}

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
    CHECK_READY();
    assert(bytes > 0);
    if (used + bytes > total()) return CUDA_ERROR_OUT_OF_MEMORY;
    allocations = realloc(allocations, (allocationCount + 1) * sizeof *allocations);
    Allocation *a = &allocations[allocationCount];
    a->memory = memset(aligned_alloc(256, (bytes + 255) / 256 * 256), 0x5a, bytes);
    a->bytes = bytes;
    *address = (CUdeviceptr)(FIRST_NUMBER + allocationCount++) << 40;
    used += bytes;
    live++;
    return CUDA_SUCCESS;
}

CUresult cuMemFree_v2(CUdeviceptr address) {
    if (lost) { live--; return lost; }
    CHECK_READY();
    uint64_t index = (address >> 40) - FIRST_NUMBER;
    assert(index < (uint64_t)allocationCount && allocations[index].memory && address << 24 == 0);
    CUresult result = drainAll();
    free(allocations[index].memory);
    used -= allocations[index].bytes;
    allocations[index].memory = NULL;
    live--;
    return result;
}

CUresult cuMemAllocHost_v2(void **memory, size_t bytes) {
    CHECK_READY();
    *memory = memset(malloc(bytes), 0x5a, bytes);
    live++;
    return CUDA_SUCCESS;
}

CUresult cuMemFreeHost(void *memory) {
    drainAll();
    free(memory);
    live--;
    return lost;
}

CUresult cuMemGetInfo_v2(size_t *free, size_t *all) {
    CHECK_READY();
    *free = total() - used;
    *all = total();
    return CUDA_SUCCESS;
}

CUresult cuMemsetD8Async(CUdeviceptr target, unsigned char value, size_t bytes, CUstream stream) {
    CHECK_READY();
    if (!host(target, bytes)) return CUDA_ERROR_INVALID_VALUE;
    Command *c = add(stream, FILL);
    c->target = host(target, bytes);
    c->bytes = bytes;
    c->value = value;
    return CUDA_SUCCESS;
}

static CUresult copy(void *target, const void *source, size_t bytes, CUstream stream) {
    CHECK_READY();
    if (!target || !source || !bytes) return CUDA_ERROR_INVALID_VALUE;
    Command *c = add(stream, COPY);
    c->target = target;
    c->source = source;
    c->bytes = bytes;
    return CUDA_SUCCESS;
}

CUresult cuMemcpyHtoDAsync_v2(
        CUdeviceptr target, const void *source, size_t bytes, CUstream stream) {
    return copy(host(target, bytes), source, bytes, stream);
}

CUresult cuMemcpyDtoHAsync_v2(void *target, CUdeviceptr source, size_t bytes, CUstream stream) {
    return copy(target, host(source, bytes), bytes, stream);
}

CUresult cuMemcpyDtoDAsync_v2(
        CUdeviceptr target, CUdeviceptr source, size_t bytes, CUstream stream) {
    return copy(host(target, bytes), host(source, bytes), bytes, stream);
}

/* The newest version of PTX that a driver takes, times ten. */
static int newestPtx(void) {
    int v = version();
    return v >= 13000 ? 90 : v >= 12080 ? 87 : v >= 12000 ? 80 + v % 1000 / 10
            : v >= 11000 ? 70 + v % 1000 / 10 : 63;
}

CUresult cuModuleLoadDataEx(
        CUmodule *module, const void *image, unsigned int count, CUjit_option *options,
        void **values) {
    CHECK_READY();
    const char *text = image;
    char *log = NULL;
    size_t room = 0;
    for (unsigned int i = 0; i < count; i++) {
        if ((int)options[i] == CU_JIT_ERROR_LOG_BUFFER) log = values[i];
        if ((int)options[i] == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES) room = (size_t)values[i];
        assert((int)options[i] != 0 || (size_t)values[i] == 64); /* most registers */
    }
    int major, minor, target;
    const char *place = strstr(text, ".target sm_");
    if (sscanf(text, ".version %d.%d", &major, &minor) != 2 || !place) {
        if (log) snprintf(log, room, "ptxas fatal   : Missing .version directive");
        return CUDA_ERROR_INVALID_PTX;
    }
    if (major * 10 + minor > newestPtx()) return CUDA_ERROR_UNSUPPORTED_PTX_VERSION;
    sscanf(place, ".target sm_%d", &target);
    if (target > capability()) return CUDA_ERROR_INVALID_PTX;
    Module *m = calloc(1, sizeof *m);
    m->text = strdup(text);
    *module = (CUmodule)m;
    live++;
    return CUDA_SUCCESS;
}

CUresult cuModuleUnload(CUmodule module) {
    drainAll();
    free(((Module *)module)->text);
    free(module); /* its functions are kept: few, and commands point to them */
    live--;
    return lost;
}

CUresult cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
    CHECK_READY();
    char head[512];
    snprintf(head, sizeof head, ".entry %s(", name);
    const char *at = strstr(((Module *)module)->text, head);
    if (!at) return CUDA_ERROR_NOT_FOUND;
    Function *f = calloc(1, sizeof *f);
    f->module = (Module *)module;
    f->entry = strdup(name);
    const char *end = strchr(at, ')');
    for (at = strstr(at, ".param"); at && at < end; at = strstr(at + 1, ".param")) {
        const char *type = strchr(at + 1, '.');
        f->sizes[f->count++] = atoi(type + 2) / 8;
    }
    *function = (CUfunction)f;
    return CUDA_SUCCESS;
}

CUresult cuFuncGetAttribute(int *value, CUfunction_attribute attribute, CUfunction function) {
    assert((int)attribute == 0); /* most threads of a block */
    *value = 1024;
    return CUDA_SUCCESS;
}

CUresult cuLaunchKernel(
        CUfunction function, unsigned int countX, unsigned int countY, unsigned int countZ,
        unsigned int sizeX, unsigned int sizeY, unsigned int sizeZ, unsigned int shared,
        CUstream stream, void **parameters, void **extra) {
    CHECK_READY();
    assert(!extra);
    if (!countX || countY > 65535 || countZ > 65535 || sizeX * sizeY * sizeZ - 1 >= 1024) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    unsigned groups[6] = {countX, countY, countZ, sizeX, sizeY, sizeZ};
    Command *c = add(stream, LAUNCH);
    c->function = (Function *)function;
    memcpy(c->groups, groups, sizeof groups);
    for (int i = 0; i < c->function->count; i++) {
        memcpy(&c->parameters[i], parameters[i], c->function->sizes[i]);
    }
    return CUDA_SUCCESS;
}
