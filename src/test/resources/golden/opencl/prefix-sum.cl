#pragma OPENCL FP_CONTRACT ON

__kernel void k_prefixSum(__global const int *x, __global int *y) {
    __local int sums[32];
    int id = (int)get_local_id(0);
    sums[id] = x[(int)get_global_id(0)];
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int round = 0; round < 5; round++) {
        int before = 0;
        if (id >= 1 << round) {
            before = sums[(int)((uint)id - (uint)(1 << round))];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        sums[id] = (int)((uint)sums[id] + (uint)before);
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    y[(int)get_global_id(0)] = sums[id];
}
