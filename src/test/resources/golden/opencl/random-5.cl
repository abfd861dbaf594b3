#pragma OPENCL FP_CONTRACT OFF

static int tv_int_float(float x) {
    return x != x ? (int)(0) : convert_int_sat(x);
}

static int tv_div_int(int x, int y) {
    return y == 0 ? 0 : y == -1 ? as_int((uint)(0) - as_uint(x)) : x / y;
}

static float tv_at_most_float(float x, float c) {
    return x >= c ? c : x;
}

static float tv_at_least_float(float x, float c) {
    return x <= c ? c : x;
}

static float tv_min_float(float x, float y) {
    float r = x >= y ? y : x;
    r = y != y ? y : r;
    return x == y ? as_float(as_int(x) | as_int(y)) : r;
}

static float tv_max_float(float x, float y) {
    float r = x <= y ? y : x;
    r = y != y ? y : r;
    return x == y ? as_float(as_int(x) & as_int(y)) : r;
}

static int tv_rem_int(int x, int y) {
    return y == 0 ? 0 : y == -1 ? (int)(0) : x % y;
}

__kernel void k_random(__global int *ints, __global float *floats) {
    int scratch[8];
    for (int z = 0; z < 8; z++) {
        scratch[z] = 0;
    }
    int id = (int)get_global_id(0);
    int n2 = (int)((uint)tv_int_float(100.25f) + (uint)(1 >= id ? id : 33));
    float x3 = as_float(0x7f800000u);
    int n = (int)((uint)(id | id) * (uint)id);
    float x5 = 1.0f;
    int n6 = min(n, id) | tv_div_int(n, id == 0 ? 3 : id);
    float x = tv_at_most_float(x5, 0.001f) * x3;
    if (tv_at_least_float(x, -2.1474836E9f) > x3) {
        return;
    }
    int count8 = 0;
    while (true) {
        count8 = (int)((uint)count8 + 1u);
        if (count8 > 3) {
            break;
        }
        int n9 = tv_int_float(x5 - x5);
        float x_2 = 2.5f;
        continue;
        n9 = scratch[(int)(char)n6 & 7];
        if (scratch[id & 7] != id) {
            int n11 = tv_int_float(32767.5f) | scratch[n6 & 7];
            float x12 = x5;
            const int i_bound = 0 + -4;
            for (int i = 0; i > i_bound; i -= 3) {
                id = tv_int_float(x5);
            }
        }
        n9 = tv_int_float((float)(-1985229329 & n));
    }
    if (((tv_int_float(x) <= scratch[(tv_min_float(x, x) == x5 - 65519.9f ? n2 : n2) & 7]) & (-2.1474836E9f == x3)) | ((int)(char)id != scratch[n & 7])) {
        floats[(int)((uint)(int)get_global_id(0) * 8u + (uint)(-2147483647 & 7))] = 65520.0f * x5;
    }
    ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)(tv_div_int(-1, n6 == 0 ? 3 : n6) & 7))] = tv_at_most_float(x5, -2.1474836E9f) >= ((float)64 != tv_max_float(x5, x3) ? x3 : x5) ? tv_int_float(-3.7f + x) : scratch[(-248792245 | 32767) & 7];
    int n14 = -7;
    float x15 = -55.349514f;
    floats[(int)((uint)(int)get_global_id(0) * 8u + (uint)(tv_int_float(x15) & 7))] = tv_at_most_float((float)n * (x15 + 0.5f), as_float(0x7f800000u));
    x = (as_float(0xff800000u) >= x5 ? x3 : x15) == -1.4E-45f ? x15 : tv_at_least_float(x, 57.095264f);
    ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)(max(100, n) & 7))] = (int)(65536u + (uint)n2 >> (scratch[1639144584 & 7] & 31)) << (n6 & 31);
    ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)(n2 & 7))] = (int)(char)tv_int_float(tv_at_least_float(x3, 1.6777216E7f));
    if ((0.5f != tv_at_least_float(x3, 3.7f)) & (n2 != (int)((uint)id * (uint)n2))) {
        x = tv_max_float((64 >= n6) & (-128 == (int)(2u - (uint)n)) ? ((float)64 <= x ? x : x3) : x3 - x3, x5);
        int count = 0;
        while (true) {
            count = (int)((uint)count + 1u);
            if (count > 3) {
                break;
            }
            x5 = !(x5 > (float)-7) & (1.0E-20f + x > tv_at_least_float(x3, -2.147484E9f)) ? x3 : x3 / x5;
            if (x3 > (float)128) {
                continue;
            }
        }
        if (1.2E-38f != tv_at_most_float(x3, 14.048882f)) {
            if (n2 == id << 30) {
                int n17 = -32768;
                float x18 = (float)(int)(char)id;
                x5 = 2.1474835E9f * x5;
                ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)(max(n, 100) & 7))] = (int)((uint)((float)n != (float)n ? (int)(char)65 : tv_int_float(1.0f)) + (uint)n2);
                n2 = (int)(char)scratch[2147483647 & 7];
                x = x;
            } else {
                n6 = -7;
            }
            ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)((tv_max_float(x, x5) != (float)n6 ? -2 : id) & 7))] = scratch[(127.5f != -2.5f ? n : id) & 7];
        }
        const int i_bound_2 = (2 / (255 == 0 ? 3 : 255) & 7) + -4;
#pragma unroll
        for (int i_2 = 2 / (255 == 0 ? 3 : 255) & 7; i_2 > i_bound_2; i_2--) {
            n6 = (tv_div_int(3, id == 0 ? 3 : id) & 3) << ((max(64, n6) ^ (65535 ^ n6)) & 31);
        }
    }
    for (int z_2 = 0; z_2 < 8; z_2++) {
        scratch[z_2] = 0;
    }
    floats[(int)((uint)(int)get_global_id(0) * 8u + (uint)(id & id & 7))] = x5;
    floats[(int)((uint)(int)get_global_id(0) * 8u + (uint)((int)(char)65536 & 7))] = x5;
    n2 = (int)(char)((scratch[127 * 31 & 7] <= 127 * 64 ? -248792245 : -2147483647) ^ tv_int_float(x3));
    id = scratch[(int)((uint)-1985229329 * (uint)n6) & 7];
    int n20 = (x5 / x5 > ((float)n < tv_at_least_float(-129.0f, 0.001f) ? x5 : 0.001f)) | ((float)n > -40.86107f) ? tv_div_int(n, n6 == 0 ? 3 : n6) : tv_rem_int(234785527, n6 == 0 ? 3 : n6);
    float x21 = 1.6777216E7f;
    ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)((int)((uint)n20 >> 0) & 7))] = !((256 >> 7 < (n6 ^ n6)) & (x21 + x3 == x21)) ? (int)(65535u * ((uint)n6 + (uint)n2)) : (x21 != x * x21 ? n6 : 2147483647) >> 4;
    if (-1985229329 <= n) {
        int n_2 = scratch[-33 & 7];
        float x23 = (x < tv_at_most_float(x, -55.349514f)) | (14.048882f >= (id > tv_int_float(-40.86107f) ? x5 : x3)) ? (x5 <= x3 / x ? -3.7f : -1.4E-45f) : 6.0E-8f;
        floats[(int)((uint)(int)get_global_id(0) * 8u + (uint)(((x3 < x5 ? 65504.0f : x23) > -3.7f ? n2 : -7) & 7))] = ((n_2 <= n6) & (x5 < 0.001f) ? 1.6777216E7f : 0.5f) * tv_at_least_float(-1.0f, -2.1474836E9f);
        if (x5 < tv_max_float(x, x23)) {
            ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)(tv_div_int(1938135004, n_2 == 0 ? 3 : n_2) & 7))] = (int)((uint)tv_rem_int(tv_int_float(x) < tv_rem_int(n2, n_2 == 0 ? 3 : n_2) ? n_2 : 33, -32768 == 0 ? 3 : -32768) + 1938135004u * (uint)id);
        }
        if (!((scratch[n & 7] != (int)(char)65536) | (255 <= (int)(char)n2))) {
            int n24 = min(33, 127);
            float x_3 = x;
            if (tv_int_float(x3) != tv_int_float(x)) {
                int n26 = n_2;
                float x27 = x_3;
                floats[(int)((uint)(int)get_global_id(0) * 8u + (uint)((int)((uint)n2 * (uint)id) & 7))] = (float)(int)((uint)n26 >> (tv_int_float(127.5f) & 31));
                x3 = 1.0f;
                n26 = min(tv_int_float((float)id), !(x27 - x_3 <= (float)n24) ? n26 & n6 : n26 ^ -1);
            }
            scratch[n_2 & 7] = !(min(305419896, n24) > n6) ? (int)((uint)n24 + (uint)n) : 33 <= (int)(char)n_2 ? n_2 : n6;
        } else {
            x3 = x5;
            ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)((int)(char)n6 & 7))] = (int)((uint)(n / (255 == 0 ? 3 : 255)) * (uint)(x3 <= x ? -1255373459 : 32767) + (uint)((n6 == tv_div_int(id, n == 0 ? 3 : n)) & ((float)n_2 <= x5) ? (int)((uint)n - (uint)n) : n_2));
            x23 = (-1.4E-45f > tv_min_float(as_float(0x7fc00000u), x3)) & (((float)127 < -1.0f) & ((x == x23 ? x23 : x3) < 32768.0f)) ? ((n2 << (n_2 & 31) <= (65536 | n6) ? x : x23) >= x ? -47.493332f : (int)(char)2 < tv_int_float(x) ? 6.1E-5f : 9.2E18f) : x3 + x3;
        }
    } else {
        int n_3 = (int)(char)id * (int)(char)id;
        float x29 = 65520.0f;
        scratch[n & 7] = (int)(char)tv_int_float(x29);
    }
    ints[(int)((uint)(int)get_global_id(0) * 8u + (uint)(1639144584 & 7))] = 1639144584;
}
