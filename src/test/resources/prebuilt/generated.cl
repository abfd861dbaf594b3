// The parameters and the layout of arrays are those of TornadoVM's code generator.
__kernel void add(__global long *_kernel_context, __constant uchar *_constant_region,
        __local uchar *_local_region, __global int *_atomics,
        __global uchar *a, __global uchar *b, __global uchar *c) {
    int i = get_global_id(0);
    *((__global int *) (c + 16L + ((long) i << 2))) =
            *((__global int *) (a + 16L + ((long) i << 2)))
            + *((__global int *) (b + 16L + ((long) i << 2)));
}

__kernel void count(__global long *_kernel_context, __constant uchar *_constant_region,
        __local uchar *_local_region, __global int *_atomics,
        __global uchar *a) {
    int i = get_global_id(0);
    *((__global int *) (a + 16L + ((long) i << 2))) = atomic_inc(&_atomics[0]);
}
