#pragma OPENCL FP_CONTRACT ON

__kernel void k_transpose(__global const short *x, __global short *y) {
    __local short square[64];
    square[(int)((uint)(int)get_local_id(1) * 8u + (uint)(int)get_local_id(0))] = x[(int)((uint)(int)get_global_id(1) * 64u + (uint)(int)get_global_id(0))];
    barrier(CLK_LOCAL_MEM_FENCE);
    y[(int)(((uint)(int)get_group_id(0) * 8u + (uint)(int)get_local_id(1)) * 32u + ((uint)(int)get_group_id(1) * 8u + (uint)(int)get_local_id(0)))] = square[(int)((uint)(int)get_local_id(0) * 8u + (uint)(int)get_local_id(1))];
}
