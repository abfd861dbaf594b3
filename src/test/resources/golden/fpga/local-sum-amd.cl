#pragma OPENCL FP_CONTRACT ON

__kernel
__attribute__((reqd_work_group_size(64, 1, 1)))
__attribute__((xcl_zero_global_work_offset))
void k_localSum_124893178549(__global const float *restrict x, __global float *restrict sums) {
    __local float part[64];
    int id = (int)get_local_id(0);
    part[id] = x[(int)get_global_id(0)];
    int stride = 32;
    while (true) {
        if (stride <= 0) {
            break;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        if (id < stride) {
            part[id] = part[id] + part[(int)((uint)id + (uint)stride)];
        }
        stride = stride >> 1;
    }
    if (id == 0) {
        sums[(int)get_group_id(0)] = part[0];
    }
}
