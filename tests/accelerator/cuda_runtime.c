/* The CUDA runtime of a machine without a GPU: one device, whose memory is main memory.
 *
 * Loaded before PyTorch's CUDA build, it lets all run that PyTorch does on the host: dispatch,
 * device checks, allocation, copies, autograd. Kernels do nothing: what they should have written
 * is 0, as all new memory is.
 */
#include <cuda_runtime_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define OUT(pointer, value) do { if (pointer) *(pointer) = (value); } while (0)
#define DONE(name, ...) cudaError_t name(__VA_ARGS__) { return cudaSuccess; }
#define LAUNCH(name, ...) cudaError_t name(__VA_ARGS__) { launched = 1; return cudaSuccess; }
#define GIVES(name, pointer, value, ...) \
    cudaError_t name(__VA_ARGS__) { OUT(pointer, value); return cudaSuccess; }

int launched; /* whether a kernel should have written something */
static int opaque;
#define HANDLE ((void *)&opaque)

/* ---- memory: what belongs to the device, and what is pinned, is known by its address ---- */

#define MEMORY ((size_t)8 << 30)

struct block { char *start; size_t size; enum cudaMemoryType type; struct block *next; };
static struct block *blocks;
static size_t used;
static int reads;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static cudaError_t allocate(void **pointer, size_t size, enum cudaMemoryType type) {
    cudaError_t error = cudaErrorMemoryAllocation;
    size_t counted = type == cudaMemoryTypeDevice ? size : 0;
    size += size == 0;
    pthread_mutex_lock(&lock);
    if (used + counted <= MEMORY) {
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        void *start = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
        if (start != MAP_FAILED) {
            struct block *block = malloc(sizeof *block);
            *block = (struct block){start, size, type, blocks};
            blocks = block;
            used += counted;
            *pointer = start;
            error = cudaSuccess;
        }
    }
    pthread_mutex_unlock(&lock);
    return error;
}

static cudaError_t release(void *pointer) {
    pthread_mutex_lock(&lock);
    struct block **place = &blocks;
    while (*place && (*place)->start != (char *)pointer)
        place = &(*place)->next;
    if (*place) {
        struct block *block = *place;
        *place = block->next;
        if (block->type == cudaMemoryTypeDevice)
            used -= block->size < used ? block->size : used;
        munmap(block->start, block->size);
        free(block);
    }
    pthread_mutex_unlock(&lock);
    return cudaSuccess;
}

cudaError_t cudaMalloc(void **p, size_t size) { return allocate(p, size, cudaMemoryTypeDevice); }
cudaError_t cudaFree(void *p) { return release(p); }
cudaError_t cudaHostAlloc(void **p, size_t size, unsigned flags) { return allocate(p, size, cudaMemoryTypeHost); }
cudaError_t cudaFreeHost(void *p) { return release(p); }
DONE(cudaHostRegister, void *p, size_t size, unsigned flags)
DONE(cudaHostUnregister, void *p)

cudaError_t cudaPointerGetAttributes(struct cudaPointerAttributes *found, const void *pointer) {
    *found = (struct cudaPointerAttributes){cudaMemoryTypeUnregistered, -2};
    pthread_mutex_lock(&lock);
    for (struct block *block = blocks; block; block = block->next) {
        size_t offset = (const char *)pointer - block->start;
        if (offset < block->size) {
            void *host = block->type == cudaMemoryTypeHost ? (void *)pointer : NULL;
            *found = (struct cudaPointerAttributes){block->type, 0, (void *)pointer, host};
        }
    }
    pthread_mutex_unlock(&lock);
    return cudaSuccess;
}

cudaError_t cudaMemGetInfo(size_t *available, size_t *total) {
    OUT(available, MEMORY - used);
    OUT(total, MEMORY);
    return cudaSuccess;
}

/* How often the host has read memory of the device since kernels should have written there. */
int reads_of_device_memory(void) { return reads; }

cudaError_t cudaMemcpy2DAsync(void *to, size_t to_pitch, const void *from, size_t from_pitch, size_t width,
                              size_t height, enum cudaMemcpyKind kind, cudaStream_t stream) {
    reads += launched && kind == cudaMemcpyDeviceToHost;
    for (size_t row = 0; row < height; row++)
        memmove((char *)to + row * to_pitch, (const char *)from + row * from_pitch, width);
    return cudaSuccess;
}
cudaError_t cudaMemcpyAsync(void *to, const void *from, size_t size, enum cudaMemcpyKind kind, cudaStream_t stream) {
    return cudaMemcpy2DAsync(to, 0, from, 0, size, 1, kind, stream);
}
cudaError_t cudaMemcpy(void *to, const void *from, size_t size, enum cudaMemcpyKind kind) {
    return cudaMemcpyAsync(to, from, size, kind, NULL);
}
cudaError_t cudaMemcpyPeerAsync(void *to, int there, const void *from, int here, size_t size, cudaStream_t stream) {
    return cudaMemcpy(to, from, size, cudaMemcpyDeviceToDevice);
}
cudaError_t cudaMemsetAsync(void *p, int value, size_t size, cudaStream_t stream) {
    memset(p, value, size);
    return cudaSuccess;
}
cudaError_t cudaMemset(void *p, int value, size_t size) { return cudaMemsetAsync(p, value, size, NULL); }
cudaError_t cudaGetSymbolAddress(void **p, const void *symbol) { return cudaMalloc(p, 1 << 20); }
DONE(cudaMemcpyToSymbol, const void *symbol, const void *from, size_t size, size_t offset, enum cudaMemcpyKind kind)

/* ---- the device: one of compute capability 9.0 ---- */

cudaError_t cudaGetDeviceCount(int *count) {
    const char *visible = getenv("CUDA_VISIBLE_DEVICES");
    *count = !visible || *visible;
    return *count ? cudaSuccess : cudaErrorNoDevice;
}
GIVES(cudaGetDevice, device, 0, int *device)
GIVES(cudaDriverGetVersion, version, CUDART_VERSION, int *version)
GIVES(cudaRuntimeGetVersion, version, CUDART_VERSION, int *version)
GIVES(cudaDeviceCanAccessPeer, can, 0, int *can, int device, int peer)
cudaError_t cudaSetDevice(int device) { return device == 0 ? cudaSuccess : cudaErrorInvalidDevice; }
cudaError_t cudaDeviceGetStreamPriorityRange(int *least, int *greatest) {
    OUT(least, 0);
    OUT(greatest, -5);
    return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(struct cudaDeviceProp *properties, int device) {
    *properties = (struct cudaDeviceProp){
        .name = "no GPU",
        .totalGlobalMem = MEMORY,
        .sharedMemPerBlock = 48 << 10,
        .sharedMemPerBlockOptin = 227 << 10,
        .sharedMemPerMultiprocessor = 228 << 10,
        .regsPerBlock = 1 << 16,
        .regsPerMultiprocessor = 1 << 16,
        .warpSize = 32,
        .maxThreadsPerBlock = 1024,
        .maxThreadsDim = {1024, 1024, 64},
        .maxGridSize = {0x7fffffff, 65535, 65535},
        .totalConstMem = 64 << 10,
        .major = 9,
        .textureAlignment = 512,
        .multiProcessorCount = 100,
        .maxThreadsPerMultiProcessor = 2048,
        .maxBlocksPerMultiProcessor = 32,
        .l2CacheSize = 50 << 20,
        .unifiedAddressing = 1,
        .concurrentKernels = 1,
        .canMapHostMemory = 1,
    };
    return cudaSuccess;
}

cudaError_t cudaDeviceGetAttribute(int *value, enum cudaDeviceAttr attribute, int device) {
    struct cudaDeviceProp of;
    cudaGetDeviceProperties(&of, device);
    switch (attribute) {
    case cudaDevAttrMaxThreadsPerBlock: *value = of.maxThreadsPerBlock; break;
    case cudaDevAttrMaxBlockDimX: *value = of.maxThreadsDim[0]; break;
    case cudaDevAttrMaxGridDimX: *value = of.maxGridSize[0]; break;
    case cudaDevAttrMaxGridDimY: *value = of.maxGridSize[1]; break;
    case cudaDevAttrMaxGridDimZ: *value = of.maxGridSize[2]; break;
    case cudaDevAttrMaxSharedMemoryPerBlock: *value = of.sharedMemPerBlock; break;
    case cudaDevAttrMaxSharedMemoryPerBlockOptin: *value = of.sharedMemPerBlockOptin; break;
    case cudaDevAttrMaxSharedMemoryPerMultiprocessor: *value = of.sharedMemPerMultiprocessor; break;
    case cudaDevAttrMaxRegistersPerBlock: *value = of.regsPerBlock; break;
    case cudaDevAttrWarpSize: *value = of.warpSize; break;
    case cudaDevAttrMultiProcessorCount: *value = of.multiProcessorCount; break;
    case cudaDevAttrMaxThreadsPerMultiProcessor: *value = of.maxThreadsPerMultiProcessor; break;
    case cudaDevAttrComputeCapabilityMajor: *value = of.major; break;
    case cudaDevAttrL2CacheSize: *value = of.l2CacheSize; break;
    default: *value = 0;
    }
    return cudaSuccess;
}

/* ---- streams and events: all has happened by the time anybody asks ---- */

GIVES(cudaStreamCreate, s, HANDLE, cudaStream_t *s)
GIVES(cudaStreamCreateWithFlags, s, HANDLE, cudaStream_t *s, unsigned flags)
GIVES(cudaStreamCreateWithPriority, s, HANDLE, cudaStream_t *s, unsigned flags, int priority)
DONE(cudaStreamDestroy, cudaStream_t s)
DONE(cudaStreamQuery, cudaStream_t s)
DONE(cudaStreamSynchronize, cudaStream_t s)
DONE(cudaStreamWaitEvent, cudaStream_t s, cudaEvent_t event, unsigned flags)
GIVES(cudaStreamGetPriority, priority, 0, cudaStream_t s, int *priority)
GIVES(cudaStreamIsCapturing, status, cudaStreamCaptureStatusNone, cudaStream_t s, enum cudaStreamCaptureStatus *status)
cudaError_t cudaStreamGetCaptureInfo(cudaStream_t s, enum cudaStreamCaptureStatus *status, unsigned long long *id,
                                     cudaGraph_t *graph, const cudaGraphNode_t **nodes,
                                     const cudaGraphEdgeData **edges, size_t *count) {
    OUT(id, 0);
    OUT(count, 0);
    return cudaStreamIsCapturing(s, status);
}
cudaError_t cudaStreamAddCallback(cudaStream_t s, cudaStreamCallback_t callback, void *data, unsigned flags) {
    callback(s, cudaSuccess, data);
    return cudaSuccess;
}
cudaError_t cudaLaunchHostFunc(cudaStream_t s, cudaHostFn_t function, void *data) {
    function(data);
    return cudaSuccess;
}
DONE(cudaThreadExchangeStreamCaptureMode, enum cudaStreamCaptureMode *mode)
GIVES(cudaEventCreate, e, HANDLE, cudaEvent_t *e)
GIVES(cudaEventCreateWithFlags, e, HANDLE, cudaEvent_t *e, unsigned flags)
DONE(cudaEventDestroy, cudaEvent_t e)
DONE(cudaEventQuery, cudaEvent_t e)
DONE(cudaEventRecord, cudaEvent_t e, cudaStream_t s)
DONE(cudaEventRecordWithFlags, cudaEvent_t e, cudaStream_t s, unsigned flags)
DONE(cudaEventSynchronize, cudaEvent_t e)
GIVES(cudaEventElapsedTime, ms, 0.0f, float *ms, cudaEvent_t start, cudaEvent_t end)

/* ---- kernels: nothing is done, and nothing goes wrong unless a program asks for it ---- */

static cudaError_t error;
void fail_from_now_on(int code) { error = code; }
cudaError_t cudaGetLastError(void) { return error; }
cudaError_t cudaPeekAtLastError(void) { return error; }
cudaError_t cudaDeviceSynchronize(void) { return error; }

LAUNCH(cudaLaunchKernel, const void *f, dim3 grid, dim3 block, void **args, size_t shared, cudaStream_t s)
LAUNCH(cudaLaunchCooperativeKernel, const void *f, dim3 grid, dim3 block, void **args, size_t shared, cudaStream_t s)
LAUNCH(cudaLaunchKernelExC, const cudaLaunchConfig_t *config, const void *f, void **args)
DONE(cudaFuncSetAttribute, const void *f, enum cudaFuncAttribute attribute, int value)
DONE(cudaKernelSetAttributeForDevice, cudaKernel_t k, enum cudaFuncAttribute attribute, int value, int device)
GIVES(cudaOccupancyMaxActiveBlocksPerMultiprocessor, blocks, 2, int *blocks, const void *f, int size, size_t shared)
GIVES(cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags, blocks, 2, int *blocks, const void *f, int size,
      size_t shared, unsigned flags)
cudaError_t cudaFuncGetAttributes(struct cudaFuncAttributes *attributes, const void *f) {
    *attributes = (struct cudaFuncAttributes){
        .maxThreadsPerBlock = 1024,
        .numRegs = 32,
        .ptxVersion = 90,
        .binaryVersion = 90,
        .maxDynamicSharedSizeBytes = 48 << 10,
    };
    return cudaSuccess;
}

/* What nvcc lets a program call: its kernels are made known, launched in two steps, and found. */

void **__cudaRegisterFatBinary(void *binary) { static void *handle; return &handle; }
void __cudaRegisterFatBinaryEnd(void **handle) {}
void __cudaUnregisterFatBinary(void **handle) {}
void __cudaRegisterFunction(void **handle, const char *host, char *device, const char *name, int limit, void *thread,
                            void *id, void *block, void *grid, int *size) {}
void __cudaRegisterVar(void **handle, char *host, char *device, const char *name, int is_extern, size_t size,
                       int is_constant, int is_global) {}
char __cudaInitModule(void **handle) { return 0; }
GIVES(__cudaGetKernel, kernel, HANDLE, cudaKernel_t *kernel, const void *f)
LAUNCH(__cudaLaunchKernel, cudaKernel_t k, dim3 grid, dim3 block, void **args, size_t shared, cudaStream_t s)
unsigned __cudaPushCallConfiguration(dim3 grid, dim3 block, size_t shared, void *stream) { return 0; }
cudaError_t __cudaPopCallConfiguration(dim3 *grid, dim3 *block, size_t *shared, void *stream) {
    *grid = *block = (dim3){1, 1, 1};
    *shared = 0;
    *(void **)stream = NULL;
    return cudaSuccess;
}

/* ---- the driver, as far as kernels that are compiled while PyTorch runs need it ---- */

cudaError_t cudaGetDriverEntryPointByVersion(const char *symbol, void **function, unsigned version,
                                             unsigned long long flags, enum cudaDriverEntryPointQueryResult *status) {
    OUT(function, NULL);
    OUT(status, cudaDriverEntryPointSymbolNotFound);
    return cudaSuccess;
}
DONE(cuInit, unsigned flags)
GIVES(cuDriverGetVersion, version, CUDART_VERSION, int *version)
GIVES(cuDeviceGet, device, 0, int *device, int ordinal)
GIVES(cuDeviceGetCount, count, 1, int *count)
GIVES(cuDeviceGetAttribute, value, 0, int *value, int attribute, int device)
GIVES(cuCtxGetCurrent, context, HANDLE, void **context)
DONE(cuCtxSetCurrent, void *context)
GIVES(cuDevicePrimaryCtxGetState, active, 1, int device, unsigned *flags, int *active)
GIVES(cuDevicePrimaryCtxRetain, context, HANDLE, void **context, int device)
GIVES(cuModuleLoad, module, HANDLE, void **module, const char *file)
GIVES(cuModuleLoadData, module, HANDLE, void **module, const void *image)
GIVES(cuModuleLoadDataEx, module, HANDLE, void **module, const void *image, unsigned n, void *options, void *values)
DONE(cuModuleUnload, void *module)
GIVES(cuModuleGetFunction, function, HANDLE, void **function, void *module, const char *name)
GIVES(cuFuncGetAttribute, value, 0, int *value, int attribute, void *function)
DONE(cuFuncSetAttribute, void *function, int attribute, int value)
DONE(cuFuncSetCacheConfig, void *function, int config)
LAUNCH(cuLaunchKernel, void *function)
LAUNCH(cuLaunchCooperativeKernel, void *function)
GIVES(cuOccupancyMaxActiveBlocksPerMultiprocessor, blocks, 2, int *blocks, void *f, int size, size_t shared)
GIVES(cuGetErrorString, text, "none", int error, const char **text)
#define NEVER(name) int name(void) { return cudaErrorNotSupported; }
NEVER(cuPointerGetAttribute)
NEVER(cuLinkCreate_v2)
NEVER(cuLinkAddData_v2)
NEVER(cuLinkComplete)
NEVER(cuTensorMapEncodeTiled)
