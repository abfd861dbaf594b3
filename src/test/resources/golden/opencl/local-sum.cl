#pragma OPENCL FP_CONTRACT ON

__kernel void k_localSum(__global const float *x, __global float *sums) {
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
