#pragma OPENCL FP_CONTRACT ON

static void tv_trap(__global int *status, int site, int value) {
    status[0] = site;
    status[1] = value;
    status[2] = 0;
}

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((xcl_zero_global_work_offset))
void k_histogram_6c0bfb509c0d(__global const char *restrict x, __global int *restrict counts, __global int *restrict status) {
    __attribute__((xcl_pipeline_loop(1)))
    for (int at = 0; at < 1000; at++) {
        int bin = (int)x[at];
        if (!((bin >= 0) & (bin < 10))) {
            tv_trap(status, 1, bin);
            return;
        }
        int at_2 = bin;
        int operand = 1;
        int old = counts[at_2];
        counts[at_2] = (int)((uint)old + (uint)operand);
    }
}
