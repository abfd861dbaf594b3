package uk.ac.manchester.tornado.api.profiler;

/** Sums over a graph's last execution; times in nanoseconds, sizes in bytes. */
public interface ProfilerInterface {
    long getCompileTime();

    long getDataTransferDispatchTime();

    long getDataTransfersTime();

    long getDeviceKernelTime();

    long getDeviceReadTime();

    long getDeviceWriteTime();

    long getDriverInstallTime();

    long getKernelDispatchTime();

    String getProfileLog();

    long getTornadoCompilerTime();

    long getTotalBytesCopyIn();

    long getTotalBytesCopyOut();

    long getTotalBytesTransferred();

    long getTotalDeviceMemoryUsage();

    long getTotalTime();
}
