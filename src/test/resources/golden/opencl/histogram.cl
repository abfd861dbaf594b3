#pragma OPENCL FP_CONTRACT ON

static void tv_trap(volatile __global int *status, int site, int value) {
    if (atomic_cmpxchg(status, 0, site) == 0) {
        status[1] = value;
        status[2] = (int)(get_global_id(0) + get_global_size(0)
            * (get_global_id(1) + get_global_size(1) * get_global_id(2)));
    }
}

__kernel void k_histogram(__global const char *x, __global int *counts, __global int *status) {
    if (get_global_id(0) < 1000) {
        const int at = (int)get_global_id(0);
        int bin = (int)x[at];
        if (!((bin >= 0) & (bin < 10))) {
            tv_trap(status, 1, bin);
            return;
        }
        int old = atomic_add(counts + bin, 1);
    }
}
