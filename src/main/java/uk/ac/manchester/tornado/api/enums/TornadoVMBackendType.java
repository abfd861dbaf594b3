package uk.ac.manchester.tornado.api.enums;

/** The kind of a backend: the language its kernels are translated to. */
public enum TornadoVMBackendType {
    OPENCL,
    METAL,
    PTX,
    CUDA,
    SPIRV,
    JAVA,
    VIRTUAL
}
