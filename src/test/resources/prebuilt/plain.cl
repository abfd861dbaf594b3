/* void wrong(int a) */
__kernel void add(__global const int *a, __global const int *b, __global int *c) {
    int i = get_global_id(0);
    c[i] = a[i] + b[i];
}

__kernel void saxpy(float factor, __global const float *x, __global float *y, int count) {
    int i = get_global_id(0);
    if (i < count) {
        y[i] = factor * x[i] + y[i];
    }
}
