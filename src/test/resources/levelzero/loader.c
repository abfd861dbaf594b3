/*
 * Stands in for the loader of Level Zero: one device whose memory is the host's and whose only
 * kernel adds its second argument to the elements of its first, one a work-item along x. The
 * header of Level Zero checks the signatures, asserts check what a caller must fill in.
 */
#include <assert.h>
#include <level_zero/ze_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int any; /* what handles point to that stand for one thing */
static int live; /* objects made and not yet destroyed */

typedef struct {
    int *elements;
    int summand;
    uint32_t group[3];
} Kernel;

ze_result_t zeInit(ze_init_flags_t flags) {
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDriverGet(uint32_t *count, ze_driver_handle_t *drivers) {
    if (drivers) drivers[0] = (ze_driver_handle_t)&any;
    *count = 1;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDriverGetProperties(ze_driver_handle_t driver, ze_driver_properties_t *p) {
    assert(p->stype == ZE_STRUCTURE_TYPE_DRIVER_PROPERTIES);
    p->driverVersion = 0x1234;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDeviceGet(ze_driver_handle_t driver, uint32_t *count, ze_device_handle_t *devices) {
    if (devices) devices[0] = (ze_device_handle_t)&any;
    *count = 1;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDeviceGetProperties(ze_device_handle_t device, ze_device_properties_t *p) {
    assert(p->stype == ZE_STRUCTURE_TYPE_DEVICE_PROPERTIES);
    p->type = ZE_DEVICE_TYPE_GPU;
    p->vendorId = 0x8086;
    p->flags = ZE_DEVICE_PROPERTY_FLAG_INTEGRATED;
    p->coreClockRate = 1500;
    p->maxMemAllocSize = 1 << 28;
    p->numEUsPerSubslice = 8;
    p->numSubslicesPerSlice = 4;
    p->numSlices = 2;
    strcpy(p->name, "Stand-in");
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDeviceGetComputeProperties(
        ze_device_handle_t device, ze_device_compute_properties_t *p) {
    assert(p->stype == ZE_STRUCTURE_TYPE_DEVICE_COMPUTE_PROPERTIES);
    p->maxTotalGroupSize = 512;
    p->maxGroupSizeX = 256;
    p->maxGroupSizeY = 128;
    p->maxGroupSizeZ = 64;
    p->maxSharedLocalMemory = 65536;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDeviceGetModuleProperties(
        ze_device_handle_t device, ze_device_module_properties_t *p) {
    assert(p->stype == ZE_STRUCTURE_TYPE_DEVICE_MODULE_PROPERTIES);
    p->spirvVersionSupported = ZE_MAKE_VERSION(1, 4);
    p->flags = ZE_DEVICE_MODULE_FLAG_FP64;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDeviceGetMemoryProperties(
        ze_device_handle_t device, uint32_t *count, ze_device_memory_properties_t *p) {
    if (p) {
        assert(p->stype == ZE_STRUCTURE_TYPE_DEVICE_MEMORY_PROPERTIES);
        p->totalSize = 1 << 30;
    }
    *count = 1;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeDeviceGetCommandQueueGroupProperties(
        ze_device_handle_t device, uint32_t *count, ze_command_queue_group_properties_t *p) {
    if (p) {
        assert(p[1].stype == ZE_STRUCTURE_TYPE_COMMAND_QUEUE_GROUP_PROPERTIES);
        p[0].flags = ZE_COMMAND_QUEUE_GROUP_PROPERTY_FLAG_COPY;
        p[1].flags = ZE_COMMAND_QUEUE_GROUP_PROPERTY_FLAG_COMPUTE;
    }
    *count = 2;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeContextCreate(
        ze_driver_handle_t driver, const ze_context_desc_t *desc, ze_context_handle_t *context) {
    assert(desc->stype == ZE_STRUCTURE_TYPE_CONTEXT_DESC);
    *context = (ze_context_handle_t)&any;
    live++;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeContextDestroy(ze_context_handle_t context) {
    live--;
    printf("live: %d\n", live);
    fflush(stdout);
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeCommandListCreateImmediate(
        ze_context_handle_t context,
        ze_device_handle_t device,
        const ze_command_queue_desc_t *desc,
        ze_command_list_handle_t *list) {
    assert(desc->stype == ZE_STRUCTURE_TYPE_COMMAND_QUEUE_DESC && desc->ordinal == 1);
    assert(desc->mode == ZE_COMMAND_QUEUE_MODE_SYNCHRONOUS);
    *list = malloc(1);
    live++;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeCommandListDestroy(ze_command_list_handle_t list) {
    free(list);
    live--;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeMemAllocDevice(
        ze_context_handle_t context,
        const ze_device_mem_alloc_desc_t *desc,
        size_t size,
        size_t alignment,
        ze_device_handle_t device,
        void **pointer) {
    assert(desc->stype == ZE_STRUCTURE_TYPE_DEVICE_MEM_ALLOC_DESC);
    *pointer = memset(malloc(size), 7, size);
    live++;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeMemFree(ze_context_handle_t context, void *pointer) {
    free(pointer);
    live--;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeCommandListAppendMemoryCopy(
        ze_command_list_handle_t list,
        void *target,
        const void *source,
        size_t size,
        ze_event_handle_t signal,
        uint32_t waits,
        ze_event_handle_t *events) {
    memcpy(target, source, size);
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeCommandListAppendMemoryFill(
        ze_command_list_handle_t list,
        void *target,
        const void *pattern,
        size_t patternSize,
        size_t size,
        ze_event_handle_t signal,
        uint32_t waits,
        ze_event_handle_t *events) {
    assert(patternSize == 1);
    memset(target, *(const char *)pattern, size);
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeModuleCreate(
        ze_context_handle_t context,
        ze_device_handle_t device,
        const ze_module_desc_t *desc,
        ze_module_handle_t *module,
        ze_module_build_log_handle_t *log) {
    assert(desc->stype == ZE_STRUCTURE_TYPE_MODULE_DESC);
    assert(desc->format == ZE_MODULE_FORMAT_IL_SPIRV);
    *log = (ze_module_build_log_handle_t)&any;
    live++;
    if (desc->inputSize < 4 || *(const uint32_t *)desc->pInputModule != 0x07230203) {
        return ZE_RESULT_ERROR_MODULE_BUILD_FAILURE;
    }
    *module = (ze_module_handle_t)&any;
    live++;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeModuleDestroy(ze_module_handle_t module) {
    live--;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeModuleBuildLogGetString(
        ze_module_build_log_handle_t log, size_t *size, char *text) {
    *size = sizeof "no magic number";
    if (text) strcpy(text, "no magic number");
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeModuleBuildLogDestroy(ze_module_build_log_handle_t log) {
    live--;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeKernelCreate(
        ze_module_handle_t module, const ze_kernel_desc_t *desc, ze_kernel_handle_t *kernel) {
    assert(desc->stype == ZE_STRUCTURE_TYPE_KERNEL_DESC && !strcmp(desc->pKernelName, "k_add"));
    *kernel = calloc(1, sizeof(Kernel));
    live++;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeKernelDestroy(ze_kernel_handle_t kernel) {
    free(kernel);
    live--;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeKernelGetProperties(ze_kernel_handle_t kernel, ze_kernel_properties_t *p) {
    assert(p->stype == ZE_STRUCTURE_TYPE_KERNEL_PROPERTIES);
    p->numKernelArgs = 2;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeKernelSetArgumentValue(
        ze_kernel_handle_t kernel, uint32_t index, size_t size, const void *value) {
    Kernel *own = (Kernel *)kernel;
    assert(size == (index == 0 ? sizeof own->elements : sizeof own->summand));
    memcpy(index == 0 ? (void *)&own->elements : (void *)&own->summand, value, size);
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeKernelSetGroupSize(
        ze_kernel_handle_t kernel, uint32_t x, uint32_t y, uint32_t z) {
    uint32_t group[3] = {x, y, z};
    memcpy(((Kernel *)kernel)->group, group, sizeof group);
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeKernelSuggestGroupSize(
        ze_kernel_handle_t kernel,
        uint32_t globalX,
        uint32_t globalY,
        uint32_t globalZ,
        uint32_t *x,
        uint32_t *y,
        uint32_t *z) {
    *x = 16;
    *y = 4;
    *z = 1;
    return ZE_RESULT_SUCCESS;
}

ze_result_t zeCommandListAppendLaunchKernel(
        ze_command_list_handle_t list,
        ze_kernel_handle_t kernel,
        const ze_group_count_t *groups,
        ze_event_handle_t signal,
        uint32_t waits,
        ze_event_handle_t *events) {
    Kernel *own = (Kernel *)kernel;
    printf(
            "groups: %u %u %u of %u %u %u\n",
            groups->groupCountX, groups->groupCountY, groups->groupCountZ,
            own->group[0], own->group[1], own->group[2]);
    for (uint32_t i = 0; i < groups->groupCountX * own->group[0]; i++) {
        own->elements[i] += own->summand;
    }
    return ZE_RESULT_SUCCESS;
}
